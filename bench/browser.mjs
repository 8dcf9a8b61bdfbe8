// From a cold browser to a list that can be used: a new profile each time, nothing cached, over the loopback.
//   PULSE_CHROMIUM=/usr/bin/chromium node bench/browser.mjs http://127.0.0.1:3000 [PATH]
// The first byte, the first paint, when the list stands in the page, when the page answers keys (hydrated), the longest
// time during which it did nothing else, and every byte that came over the line, headers included.
import { chromium } from '@playwright/test';
import { share } from './measuring.mjs';

const [origin = 'http://127.0.0.1:3000', path = '/sites/1/sessions'] = process.argv.slice(2);
const ROUNDS = Number(process.env.RUNS ?? 9);
/** The marks of a page: the button that tells the keys has its place kept until it works. */
const HYDRATED = '.keys-button:not(.reserved)';

const watch = (hydrated) => {
  const marks = { longest: 0 };
  window.marks = marks;
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) marks.longest = Math.max(marks.longest, duration);
  }).observe({ type: 'longtask', buffered: true });
  const look = () => {
    if (document.querySelector('.sessions .session')) marks.listed ??= performance.now();
    if (document.querySelector(hydrated)) marks.hydrated ??= performance.now();
    if (!marks.hydrated) requestAnimationFrame(look);
  };
  look();
};

const visit = async (slower) => {
  const browser = await chromium.launch({ executablePath: process.env.PULSE_CHROMIUM });
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  const devtools = await page.context().newCDPSession(page);
  const kinds = new Map();
  const bytes = {};
  await devtools.send('Network.enable');
  devtools.on('Network.responseReceived', ({ requestId, type }) => kinds.set(requestId, type));
  devtools.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const kind = kinds.get(requestId) ?? 'Other';
    bytes[kind] = (bytes[kind] ?? 0) + encodedDataLength;
  });
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: slower });
  await page.addInitScript(watch, HYDRATED);
  await page.goto(origin + path);
  await page.waitForFunction(() => window.marks.hydrated !== undefined);
  const times = await page.evaluate(() => ({
    'first byte': performance.getEntriesByType('navigation')[0].responseStart,
    'first paint': performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN,
    'list there': window.marks.listed,
    hydrated: window.marks.hydrated,
    'longest task': window.marks.longest,
  }));
  await browser.close();
  return { times, bytes };
};

const median = (values) => share(values, 0.5);

for (const slower of [1, 4]) {
  const visits = [];
  for (let round = 0; round < ROUNDS; round++) visits.push(await visit(slower));
  console.log(slower === 1 ? 'Full speed, median of' : `Processor ${slower} times slower, median of`, ROUNDS);
  for (const name of Object.keys(visits[0].times)) {
    const ms = median(visits.map(({ times }) => times[name]));
    console.log(`  ${name.padEnd(16)} ${ms.toFixed(0).padStart(7)} ms`);
  }
  if (slower > 1) continue;
  for (const kind of Object.keys(visits[0].bytes)) {
    console.log(`  ${kind.padEnd(16)} ${(median(visits.map(({ bytes }) => bytes[kind] ?? 0)) / 1024).toFixed(1).padStart(7)} KB`);
  }
  const all = median(visits.map(({ bytes }) => Object.values(bytes).reduce((sum, part) => sum + part, 0)));
  console.log(`  ${'everything'.padEnd(16)} ${(all / 1024).toFixed(1).padStart(7)} KB`);
}
