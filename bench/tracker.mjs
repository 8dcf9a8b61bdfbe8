// What the tracker costs a page: how long the listeners at the window take for a click, at a quarter of this machine's
// speed and at all of it, and whether anything at load takes 50 ms or more. In turns with the same page without it, and
// with one listener that computes for what is 1 ms at a quarter of the speed. The browser slows a page down by stopping it
// now and then, and so makes some clicks longer whatever listens: the tracker is compared with that listener, the yardstick.
//   PULSE_CHROMIUM=/usr/bin/chromium node bench/tracker.mjs http://127.0.0.1:3000
import { createServer } from 'node:http';
import { chromium } from '@playwright/test';

const [pulse] = process.argv.slice(2);
const SLOWER = 4;
const ROUNDS = 5;
const CLICKS = 120;

/** Computes for 0.25 ms at full speed; how many turns that is, the best of many tells. */
const listenForOneSlowMillisecond = () => {
  const compute = (turns) => {
    let sum = 0;
    for (let i = 0; i < turns; i++) sum = (sum * 31 + i) | 0;
    return sum;
  };
  const some = 20_000;
  let best = Infinity;
  for (let i = 0; i < 300; i++) {
    const before = performance.now();
    compute(some);
    best = Math.min(best, performance.now() - before);
  }
  const turns = Math.round((some * 0.25) / best);
  addEventListener('click', () => compute(turns), { capture: true, passive: true });
};

/** A page of a thousand elements, with a button deep inside that changes something. */
const page = (head) => `<!doctype html><html lang="en"><head><title>Page</title>${head}</head><body>
  ${'<section><div><p>Words <a href="#a">and links</a></p></div></section>'.repeat(250)}
  <main><div><div><button aria-label="Count">0</button></div></div></main>
  <script>document.querySelector('button').onclick = (e) => { e.target.textContent++ }</script></body></html>`;

const pages = {
  without: page(''),
  with: page(`<script defer src="${pulse}/pulse.js" data-site="1" data-pulse-local></script>`),
  yardstick: page(''),
};
const names = { without: 'page without the tracker', with: 'page with the tracker', yardstick: 'yardstick' };

const server = createServer((request, answer) => {
  const body = pages[request.url.slice(1)];
  // Pages that are isolated from others have the finer clock.
  const isolated = { 'cross-origin-opener-policy': 'same-origin', 'cross-origin-embedder-policy': 'require-corp' };
  answer.writeHead(body ? 200 : 204, { 'content-type': 'text/html; charset=utf-8', ...isolated }).end(body);
});
await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
const origin = `http://127.0.0.1:${server.address().port}`;

const browser = await chromium.launch({
  executablePath: process.env.PULSE_CHROMIUM,
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
});

/** Before any other script: counts the long tasks, and adds up the time in the window's click listeners. */
const watch = () => {
  window.long = 0;
  new PerformanceObserver((list) => (window.long += list.getEntries().length)).observe({ type: 'longtask', buffered: true });
  window.spent = 0;
  const add = window.addEventListener;
  window.addEventListener = function (type, run, options) {
    const timed = (event) => {
      const before = performance.now();
      run(event);
      window.spent += performance.now() - before;
    };
    return add.call(this, type, type === 'click' ? timed : run, options);
  };
};

const click = async (clicks) => {
  const times = [];
  for (let i = 0; i < clicks; i++) {
    window.spent = 0;
    document.querySelector('button').click();
    times.push(window.spent);
    await new Promise((rest) => setTimeout(rest, 30));
  }
  return times;
};

const visit = async (name, rate) => {
  const tab = await browser.newPage();
  const session = await tab.context().newCDPSession(tab);
  await tab.addInitScript(watch);
  await session.send('Emulation.setCPUThrottlingRate', { rate });
  await tab.goto(`${origin}/${name}`);
  await tab.waitForTimeout(1_000);
  const long = await tab.evaluate(() => window.long);
  if (name === 'yardstick') {
    await session.send('Emulation.setCPUThrottlingRate', { rate: 1 });
    await tab.evaluate(listenForOneSlowMillisecond);
    await session.send('Emulation.setCPUThrottlingRate', { rate });
  }
  const times = await tab.evaluate(click, CLICKS);
  await tab.close();
  return { long, times };
};

const within = {};
for (const rate of [SLOWER, 1]) {
  const all = Object.fromEntries(Object.keys(pages).map((name) => [name, []]));
  for (let round = 0; round < ROUNDS; round++) for (const name in pages) all[name].push(await visit(name, rate));
  for (const [name, visits] of Object.entries(all)) {
    const times = visits.flatMap((visit) => visit.times).sort((a, b) => a - b);
    const [median, p95] = [0.5, 0.95].map((share) => times[Math.floor(times.length * share)]);
    if (rate === SLOWER) within[name] = p95;
    const long = visits.reduce((sum, visit) => sum + visit.long, 0);
    const more = rate === 1 ? `   p95 x ${SLOWER} ${(p95 * SLOWER).toFixed(2)} ms` : `   tasks of 50 ms and more at load ${long}`;
    const what = `a click, ${names[name]}, ${rate === 1 ? 'full speed' : `${rate}x slower`}`;
    console.log(`${what.padEnd(46)} ${median.toFixed(2).padStart(8)} ms median ${p95.toFixed(2).padStart(8)} ms p95${more}`);
  }
}
console.log(`within 1 ms: ${within.with <= within.yardstick ? 'yes' : 'no'}`);
await browser.close();
server.close();
