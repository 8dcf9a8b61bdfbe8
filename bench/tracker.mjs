// What the tracker costs a page: how long the listeners at the window take for a click, at a quarter of this machine's
// speed and at all of it, and how long the script takes when it is loaded. In turns with the same page without it, and
// with one listener that computes for what is 1 ms at a quarter of the speed, the yardstick. The browser slows a page down
// by stopping it now and then, and so makes some clicks longer whatever listens: also the yardstick's, and by how much
// changes from hour to hour. So every visit clicks the same clicks, the first one, the second one and so on; what one of
// them costs is its median over all visits, and the p95 of those, as a share of the yardstick's, is what the tracker costs.
// The p95 of all single times stands beside it.
// A long task is one of 50 ms. They are counted on a short page: at this speed a long one alone is a long task to read.
//   PULSE_CHROMIUM=/usr/bin/chromium node bench/tracker.mjs http://127.0.0.1:3000
import { createServer } from 'node:http';
import { chromium } from '@playwright/test';
import { share } from './measuring.mjs';

const [pulse] = process.argv.slice(2);
const SLOWER = 4;
const ROUNDS = 15;
const CLICKS = 120;
const LOADS = 10;

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
const page = (head, sections = 250) => `<!doctype html><html lang="en"><head><title>Page</title>${head}</head><body>
  ${'<section><div><p>Words <a href="#a">and links</a></p></div></section>'.repeat(sections)}
  <main><div><div><button aria-label="Count">0</button></div></div></main>
  <script>document.querySelector('button').onclick = (e) => { e.target.textContent++ }</script></body></html>`;

const script = (source) => `<script defer src="${source}" data-site="1" data-pulse-local></script>`;
const pages = { without: page(''), with: page(script(`${pulse}/pulse.js`)), yardstick: page('') };
/** Scripts that are deferred run one after the other: the tracker between two that look at the clock. */
const shortPages = {
  'short-without': page(script('/clock.js') + script('/clock.js?'), 10),
  'short-with': page(script('/clock.js') + script(`${pulse}/pulse.js`) + script('/clock.js?'), 10),
};
const names = { without: 'page without the tracker', with: 'page with the tracker', yardstick: 'yardstick' };

const server = createServer((request, answer) => {
  const body = { ...pages, ...shortPages }[request.url.slice(1)];
  // Pages that are isolated from others have the finer clock.
  const isolated = { 'cross-origin-opener-policy': 'same-origin', 'cross-origin-embedder-policy': 'require-corp' };
  if (request.url.startsWith('/clock.js')) {
    return answer.writeHead(200, { 'content-type': 'text/javascript', ...isolated }).end('(window.at ??= []).push(performance.now())');
  }
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

/** How long the script took, and how many tasks were long. */
const load = async (name) => {
  const tab = await browser.newPage();
  const session = await tab.context().newCDPSession(tab);
  await tab.addInitScript(watch);
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
  await tab.goto(`${origin}/${name}`);
  await tab.waitForTimeout(500);
  const loaded = await tab.evaluate(() => ({ long: window.long, took: window.at[1] - window.at[0] }));
  await tab.close();
  return loaded;
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
  if (name === 'yardstick') {
    await session.send('Emulation.setCPUThrottlingRate', { rate: 1 });
    await tab.evaluate(listenForOneSlowMillisecond);
    await session.send('Emulation.setCPUThrottlingRate', { rate });
  }
  const times = await tab.evaluate(click, CLICKS);
  await tab.close();
  return times;
};

const costs = {};
for (const rate of [SLOWER, 1]) {
  const all = Object.fromEntries(Object.keys(pages).map((name) => [name, []]));
  for (let round = 0; round < ROUNDS; round++) for (const name in pages) all[name].push(await visit(name, rate));
  for (const [name, visits] of Object.entries(all)) {
    const times = visits.flat();
    const [median, p95] = [0.5, 0.95].map((part) => share(times, part));
    const clicks = Array.from({ length: CLICKS }, (_, nth) => share(visits.map((visit) => visit[nth]), 0.5));
    const ofClicks = share(clicks, 0.95);
    if (rate === SLOWER) costs[name] = { ofClicks, p95 };
    const more = rate === 1 ? `   p95 x ${SLOWER} ${(p95 * SLOWER).toFixed(2)} ms` : '';
    const what = `a click, ${names[name]}, ${rate === 1 ? 'full speed' : `${rate}x slower`}`;
    console.log(`${what.padEnd(46)} ${median.toFixed(2).padStart(8)} ms median ${p95.toFixed(2).padStart(8)} ms p95 of single times ${ofClicks.toFixed(2).padStart(8)} ms p95 of clicks${more}`);
  }
}
const loads = Object.fromEntries(Object.keys(shortPages).map((name) => [name, []]));
for (let round = 0; round < LOADS; round++) for (const name in shortPages) loads[name].push(await load(name));
for (const [name, visits] of Object.entries(loads)) {
  const took = visits.map((visit) => visit.took).sort((a, b) => a - b);
  const long = visits.reduce((sum, visit) => sum + visit.long, 0);
  const what = `load, ${name.slice(6)} the tracker, ${SLOWER}x slower`;
  console.log(`${what.padEnd(46)} ${took[LOADS >> 1].toFixed(2).padStart(8)} ms median ${took[LOADS - 1].toFixed(2).padStart(8)} ms longest   long tasks ${long}`);
}
const shares = ['ofClicks', 'p95'].map((figure) => costs.with[figure] / costs.yardstick[figure]);
console.log(`a click, of the same with a listener of 1 ms: ${shares.map((part) => part.toFixed(2)).join(', of single times ')}`);
console.log(`a click within 1 ms, as measured: ${costs.with.ofClicks <= 1 ? 'yes' : 'no'}`);
await browser.close();
server.close();
