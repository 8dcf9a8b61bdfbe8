// Time as the tracker tells it against time as the page itself saw it. Nothing can be waited for but time here.

import { expect, test } from '../../fixtures/test';

/** Half a second. */
const NEAR = 500;

const SOON_IDLE = '<script defer src="{pulse}/pulse.js" data-site="1" data-pulse-local data-pulse-idle="5"></script>';

/** Writes down when the page was hidden, shown and moved over, in milliseconds since it could run scripts. */
const watch = () => {
  const began = (performance.getEntriesByType('navigation')[0] as PerformanceNavigationTiming).domInteractive;
  const seen: [string, number][] = [];
  const note = (what: string) => seen.push([what, performance.now() - began]);
  addEventListener('visibilitychange', () => note(document.visibilityState), true);
  addEventListener('pointermove', () => note('moved'), true);
  Object.assign(window, { seen, note });
};

type Watched = Window & { seen: [string, number][]; note: (what: string) => void };

test('active, idle and hidden stretches are told within half a second @visitor', async ({ browse }) => {
  test.slow();
  const { visitor, page, origin } = await browse({ '/': { head: SOON_IDLE }, '/next': {} });
  await page.evaluate(watch);
  await page.mouse.move(100, 100);
  await page.mouse.move(200, 200);
  // Idle from five seconds after the last move on.
  await page.waitForTimeout(8_000);
  await visitor.lookElsewhere(() => page.waitForTimeout(3_000));
  await page.waitForTimeout(2_000);
  await page.mouse.move(300, 300);
  await page.mouse.move(400, 400);
  await page.waitForTimeout(2_000);
  const seen = await page.evaluate(() => {
    (window as unknown as Watched).note('left');
    return (window as unknown as Watched).seen;
  });
  await page.goto(`${origin}/next`);

  const at = (what: string) => seen.filter(([kind]) => kind === what).map(([, time]) => time);
  const [hidden, shown, left] = [at('hidden')[0]!, at('visible')[0]!, at('left')[0]!];
  const moves = at('moved');
  const idle = moves.filter((time) => time < hidden).at(-1)! + 5_000;
  const back = moves.find((time) => time > shown)!;

  await expect.poll(() => visitor.sent().some(({ path, state }) => path === '/' && state === 'left')).toBe(true);
  const told = visitor.sent().find(({ path, state }) => path === '/' && state === 'left')!;
  // A page that is left is hidden for no time at all.
  const spans = told.spans!.filter(([from]) => from < told.open! - 100);
  const near = (truth: number) => ({ least: truth - NEAR, most: truth + NEAR });
  const truths: [string, number, { least: number; most: number }][] = [
    ['open', told.open!, near(left)],
    ['visible', told.visible!, near(left - (shown - hidden))],
    ['active', told.active!, near(idle + (left - back))],
    ...spans.slice(1).map(([from, phase], i): [string, number, { least: number; most: number }] => [
      `${phase} begins`,
      from,
      near([idle, hidden, shown, back][i]!),
    ]),
  ];
  expect(spans.map(([, phase]) => phase).join('')).toBe('aihia');
  for (const [what, time, { least, most }] of truths) {
    expect.soft(time, what).toBeGreaterThan(least);
    expect.soft(time, what).toBeLessThan(most);
  }
});
