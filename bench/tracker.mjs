// What the tracker costs a page, at a quarter of this machine's speed, beside the same page without it: how long a click
// takes until every listener has run, and whether anything at load takes 50 ms or more.
//   PULSE_CHROMIUM=/usr/bin/chromium node bench/tracker.mjs http://127.0.0.1:3000
import { createServer } from 'node:http';
import { chromium } from '@playwright/test';

const [pulse] = process.argv.slice(2);
const CLICKS = 100;

/** A page of a thousand elements, with a button deep inside that changes something. */
const page = (head) => `<!doctype html><html lang="en"><head><title>Page</title>${head}</head><body>
  ${'<section><div><p>Words <a href="#a">and links</a></p></div></section>'.repeat(250)}
  <main><div><div><button aria-label="Count">0</button></div></div></main>
  <script>document.querySelector('button').onclick = (e) => { e.target.textContent++ }</script></body></html>`;

const pages = {
  '/without': page(''),
  '/with': page(`<script defer src="${pulse}/pulse.js" data-site="1" data-pulse-local></script>`),
};

const server = createServer((request, answer) => {
  const body = pages[new URL(request.url, 'http://page').pathname];
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

/** p95 of a click in milliseconds, and the tasks of 50 ms or more. */
const measure = async (path) => {
  const tab = await browser.newPage();
  const session = await tab.context().newCDPSession(tab);
  await session.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  await tab.addInitScript(() => {
    window.long = [];
    new PerformanceObserver((list) => window.long.push(...list.getEntries().map(({ duration }) => duration))).observe({ type: 'longtask', buffered: true });
  });
  await tab.goto(origin + path);
  await tab.waitForTimeout(2_000);
  const longAtLoad = await tab.evaluate(() => window.long.length);
  const p95 = await tab.evaluate(async (clicks) => {
    const button = document.querySelector('button');
    const times = [];
    for (let i = 0; i < clicks; i++) {
      const before = performance.now();
      button.click();
      times.push(performance.now() - before);
      await new Promise((rest) => setTimeout(rest, 50));
    }
    times.sort((a, b) => a - b);
    return times[Math.floor(clicks * 0.95)];
  }, CLICKS);
  await tab.close();
  return { longAtLoad, p95 };
};

for (const path of ['/without', '/with']) {
  const { longAtLoad, p95 } = await measure(path);
  console.log(`${`a click, page ${path.slice(1)} the tracker, 4x slower`.padEnd(44)} ${p95.toFixed(2).padStart(8)} ms p95   tasks of 50 ms and more at load ${longAtLoad}`);
}
await browser.close();
server.close();
