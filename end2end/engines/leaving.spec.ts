// What is said last, how true it is, and what stays behind.

import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from './test';

/** Half a second. */
const NEAR = 500;

/** Writes down in the page itself when it was hidden and shown, in milliseconds since it could run scripts. */
const watch = () => {
  const [loaded] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  const since = () => performance.now() - loaded!.domInteractive;
  const seen: Record<string, number> = {};
  addEventListener('visibilitychange', () => (seen[document.visibilityState] = since()));
  Object.assign(window, { tell: () => ({ ...seen, left: since() }) });
};

const tell = () => (window as unknown as { tell: () => Record<'hidden' | 'visible' | 'left', number> }).tell();

test('the time in front and the time out of sight are told within half a second', async ({ browse }) => {
  const { tab, site } = await browse({ '/': {}, '/next': {} });
  await tab.run(watch);
  await wait(1_000);
  await tab.lookElsewhere(() => wait(1_500));
  await wait(500);
  const truth = await tab.run(tell);
  await tab.open(`${site.origin}/next`);
  await expect.poll(() => site.last('/')?.state).toBe('left');

  const { open, spans } = site.last('/')!;
  // A page that is left is hidden for no time at all.
  const told = spans.filter(([ms]) => ms < open - 100);
  expect(told.map(([, phase]) => phase).join('')).toBe('aha');
  for (const [what, ms, true_] of [
    ['open', open, truth.left],
    ['hidden from', told[1]![0], truth.hidden],
    ['shown from', told[2]![0], truth.visible],
  ] as const) {
    expect.soft(Math.abs(ms - true_), `${what}: ${ms} for ${true_}`).toBeLessThan(NEAR);
  }
});

test('the time of a tab that is closed arrives, up to its end', async ({ browse }) => {
  const { tab, site } = await browse({ '/': {} });
  await tab.run(watch);
  await wait(1_000);
  const truth = await tab.run(tell);
  await tab.close();
  // The tab is hidden before it is gone, and `pagehide` is aborted now and then: see firefox.ts.
  await expect.poll(() => site.last('/')?.state).toMatch(/left|hidden/);
  expect(Math.abs(site.last('/')!.open - truth.left)).toBeLessThan(NEAR);
});

test('what happened just before another page was loaded arrives', async ({ browse }) => {
  const { tab, site } = await browse({ '/': { body: `<button onclick="pulse('Paid'); location = '/thanks'">Pay</button>` }, '/thanks': {} });
  await expect.poll(() => site.paths).toEqual(['/']);
  await tab.click('button');
  await expect.poll(() => site.paths).toEqual(['/', '/thanks']);
  await expect.poll(() => site.events).toEqual(['click Pay', 'custom Paid']);
  await expect.poll(() => site.last('/')?.state).toBe('left');
});

test('nothing stays in the browser', async ({ browse }) => {
  const { tab, site } = await browse({ '/': { body: '<button>Buy</button>' } });
  await tab.click('button');
  await expect.poll(() => site.events).toEqual(['click Buy']);
  expect(await tab.cookies()).toEqual([]);
  expect(await tab.run(() => [...Object.keys(localStorage), ...Object.keys(sessionStorage)])).toEqual([]);
});
