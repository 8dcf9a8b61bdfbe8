// The list by keyboard, and the list while it is read: nothing moves under the pointer.

import type { APIRequestContext, Page } from '@playwright/test';
import { send } from '../fixtures/collector';
import type { Pulse } from '../fixtures/pulse';
import { expect, test } from '../fixtures/test';

/** More than a page of 50. */
const MANY = 60;

/** A session of its own for each path; they begin one after the other, so that the last one is the newest. */
const sendAll = async (request: APIRequestContext, pulse: Pulse, paths: string[]): Promise<void> => {
  await Promise.all(
    paths.map((path, i) =>
      send(request, pulse.dashboard, `203.0.113.${i + 1}`, {
        url: `http://shop.example${path}`,
        age: 4_000 + 500 * (paths.length - i),
      }),
    ),
  );
};

/** One more session, newer than all before. */
const arrive = (request: APIRequestContext, pulse: Pulse, path: string, address: string): Promise<string> =>
  send(request, pulse.dashboard, address, { url: `http://shop.example${path}`, age: 100 });

interface LayoutShift extends PerformanceEntry {
  value: number;
  sources: { node: Node | null }[];
}

/** Notes from now on what moves without having been moved by scrolling; gives what moved, in words. */
const watchShifts = async (page: Page): Promise<() => Promise<string[]>> => {
  const shifts = await page.evaluateHandle(() => {
    const shifts: string[] = [];
    new PerformanceObserver((list) => {
      for (const { value, sources } of list.getEntries() as LayoutShift[]) {
        shifts.push(`${value}: ${sources.map(({ node }) => node?.nodeName ?? '?').join(', ')}`);
      }
    }).observe({ type: 'layout-shift' });
    return shifts;
  });
  return () =>
    shifts.evaluate(async (shifts) => {
      // A shift is told after the frame that it happened in.
      for (let frames = 0; frames < 3; frames++) await new Promise(requestAnimationFrame);
      return [...shifts];
    });
};

const blur = (page: Page): Promise<void> => page.evaluate(() => (document.activeElement as HTMLElement).blur());

test('j and k move through the rows, and Enter opens one @hydrated', async ({ page, request, pulse, sessions, session }) => {
  await sendAll(request, pulse, ['/one', '/two', '/three']);
  await sessions.open();
  await expect(sessions.live).toHaveText('Live');
  await sessions.expectPaths('/three', '/two', '/one');
  await page.keyboard.press('j');
  await expect(sessions.link(0)).toBeFocused();
  await page.keyboard.press('k');
  await expect(sessions.link(0), 'there is none before').toBeFocused();
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await expect(sessions.link(2)).toBeFocused();
  await page.keyboard.press('j');
  await expect(sessions.link(2), 'there is none after').toBeFocused();
  await page.keyboard.press('k');
  await expect(sessions.link(1)).toBeFocused();
  await page.keyboard.press('Control+k');
  await expect(sessions.link(1), 'keys with Ctrl are the browser’s').toBeFocused();
  await page.keyboard.press('Enter');
  await expect(session.timeline).toBeVisible();
  await expect(session.pages).toContainText('/two');
});

test('n and p turn the pages @hydrated', async ({ page, request, pulse, sessions }) => {
  await sendAll(request, pulse, Array.from({ length: MANY }, (_, i) => `/page-${i + 1}`));
  await sessions.open();
  await expect(sessions.live).toHaveText('Live');
  await expect(sessions.rows).toHaveCount(50);
  const first = await sessions.addresses();
  await page.keyboard.press('n');
  await expect(sessions.rows).toHaveCount(MANY - 50);
  await page.keyboard.press('p');
  await expect.poll(() => sessions.addresses()).toEqual(first);
});

test('keys lead to the search and to a new condition, and are letters there @hydrated', async ({ page, request, pulse, sessions }) => {
  await sendAll(request, pulse, ['/one']);
  await sessions.open();
  await expect(sessions.live).toHaveText('Live');
  const search = page.getByRole('searchbox', { name: 'Search these sessions' });
  await page.keyboard.press('/');
  await expect(search).toBeFocused();
  await page.keyboard.type('jf/?');
  await expect(search).toHaveValue('jf/?');
  await expect(search).toBeFocused();

  await blur(page);
  const shifts = await watchShifts(page);
  await page.keyboard.press('f');
  await expect(page.getByRole('main').getByRole('combobox').first()).toBeFocused();
  expect(await shifts(), 'the form floats').toEqual([]);
});

test('the keys are told by ? and by a button @hydrated', async ({ page, request, pulse, sessions }) => {
  await sendAll(request, pulse, ['/one']);
  await sessions.open();
  await expect(sessions.live).toHaveText('Live');
  const dialog = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await page.keyboard.press('?');
  await expect(dialog).toBeVisible();
  await expect(dialog.getByRole('definition')).toHaveCount(10);
  await page.keyboard.press('j');
  await expect(dialog.getByRole('button', { name: 'Close' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();

  await page.getByRole('button', { name: 'Keyboard shortcuts' }).click();
  await expect(dialog).toBeVisible();
  await dialog.getByRole('button', { name: 'Close' }).click();
  await expect(dialog).toBeHidden();
});

test('single keys can be switched off, and stay so @hydrated', async ({ page, request, pulse, sessions }) => {
  await sendAll(request, pulse, ['/one']);
  await sessions.open();
  await expect(sessions.live).toHaveText('Live');
  const dialog = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  const open = page.getByRole('button', { name: 'Keyboard shortcuts' });
  const use = dialog.getByRole('checkbox', { name: 'Use single keys' });
  const search = page.getByRole('searchbox', { name: 'Search these sessions' });
  await page.keyboard.press('?');
  await expect(dialog.getByRole('button', { name: 'Close' })).toBeFocused();
  await expect(use).toBeChecked();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Space');
  await expect(use).not.toBeChecked();
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();

  await page.reload();
  await expect(sessions.live).toHaveText('Live');
  await expect(open, 'no key is told that does nothing').toHaveAccessibleName('Keyboard shortcuts');
  await blur(page);
  for (const key of ['/', '?', 'f', 'j']) await page.keyboard.press(key);
  await expect(dialog).toBeHidden();
  await expect(search).not.toBeFocused();
  await expect(sessions.link(0)).not.toBeFocused();

  await open.click();
  await expect(use).not.toBeChecked();
  await use.check();
  await dialog.getByRole('button', { name: 'Close' }).click();
  await page.keyboard.press('/');
  await expect(search).toBeFocused();
});

test('rows of one line are kept @hydrated', async ({ page, request, pulse, sessions }) => {
  await sendAll(request, pulse, ['/one']);
  await sessions.open();
  const dense = page.getByRole('button', { name: 'Dense' });
  const height = async () => (await sessions.rows.boundingBox())!.height;
  await expect(dense).toHaveAttribute('aria-pressed', 'false');
  expect(await height()).toBeGreaterThanOrEqual(44);
  await dense.click();
  await expect(dense).toHaveAttribute('aria-pressed', 'true');
  await expect.poll(height).toBeLessThan(34);
  await page.reload();
  await expect(dense).toHaveAttribute('aria-pressed', 'true');
  await dense.click();
  await expect.poll(height).toBeGreaterThanOrEqual(44);
});

test('new sessions wait while somebody reads further down @hydrated', async ({ page, request, pulse, sessions }) => {
  await sendAll(request, pulse, Array.from({ length: MANY }, (_, i) => `/page-${i + 1}`));
  await sessions.open();
  await expect(sessions.live).toHaveText('Live');
  await page.evaluate(() => scrollTo(0, 900));
  // The page learns of it with the next frame.
  await page.evaluate(() => new Promise(requestAnimationFrame));
  const shifts = await watchShifts(page);
  const before = await sessions.tops();

  await arrive(request, pulse, '/new', '198.51.100.1');
  await expect(sessions.arrivals).toHaveText('1 new session');
  await expect(sessions.arrivals).toBeInViewport();
  await arrive(request, pulse, '/newer', '198.51.100.2');
  await expect(sessions.arrivals).toHaveText('2 new sessions');
  expect(await sessions.tops()).toEqual(before);
  expect(await shifts()).toEqual([]);

  await sessions.arrivals.click();
  await expect(sessions.rows.nth(0)).toContainText('/newer');
  await expect(sessions.rows.nth(1)).toContainText(/\/new(?!er)/);
  await expect(sessions.rows.nth(0)).toBeInViewport();
  await expect(sessions.rows).toHaveCount(52);
  await expect(sessions.arrivals).toHaveCount(0);
});

test('new sessions go on top while nobody points at the list @hydrated', async ({ page, request, pulse, sessions }) => {
  await sendAll(request, pulse, ['/one', '/two']);
  await sessions.open();
  await expect(sessions.live).toHaveText('Live');
  await arrive(request, pulse, '/three', '198.51.100.1');
  await sessions.expectPaths('/three', '/two', '/one');
  await expect(sessions.arrivals).toHaveCount(0);

  await sessions.rows.nth(1).hover();
  await arrive(request, pulse, '/four', '198.51.100.2');
  await expect(sessions.arrivals).toHaveText('1 new session');
  await sessions.expectPaths('/three', '/two', '/one');

  await page.mouse.move(0, 0);
  await arrive(request, pulse, '/five', '198.51.100.3');
  await sessions.expectPaths('/five', '/four', '/three', '/two', '/one');
  await expect(sessions.arrivals).toHaveCount(0);
});
