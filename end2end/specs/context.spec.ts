// A session in the list that it was opened from: on to the sessions beside it, and back to the list as it stood.

import type { APIRequestContext } from '@playwright/test';
import { send } from '../fixtures/collector';
import type { Pulse } from '../fixtures/pulse';
import { expect, test } from '../fixtures/test';

/** More than a page of 50. */
const MANY = 60;

/** A session of its own for each path, each longer than the one before, and begun before it. */
const sendAll = async (request: APIRequestContext, pulse: Pulse, paths: string[]): Promise<void> => {
  await Promise.all(
    paths.map((path, i) =>
      send(request, pulse.dashboard, `203.0.113.${i + 1}`, { url: `http://shop.example${path}`, age: 2_000 * (i + 1) }),
    ),
  );
};

const lamps = (many: number): string[] => Array.from({ length: many }, (_, i) => `/lamps/${i + 1}`);

/** Lamps, the longest first. */
const LIST = '/sites/1/sessions?page.starts=/lamps&sort=duration';

test('a session leads on through the list that it was opened from, and back to it', async ({ page, request, pulse, sessions, session }) => {
  await sendAll(request, pulse, ['/lamps/oak', '/pricing', '/lamps/brass', '/lamps/ash']);
  await page.goto(LIST);
  await sessions.expectPaths('/lamps/ash', '/lamps/brass', '/lamps/oak');

  await sessions.openSession(sessions.row('/lamps/ash'));
  await expect(page).toHaveURL(/\/sessions\/[0-9a-f-]{36}\?page\.starts=\/lamps&sort=duration$/);
  await expect(session.next).toBeVisible();
  await expect(session.previous, 'it is the first').toHaveCount(0);
  await session.next.click();
  await expect(session.pages).toContainText('/lamps/brass');
  await session.next.click();
  await expect(session.pages).toContainText('/lamps/oak');
  await expect(session.next, 'it is the last').toHaveCount(0);
  await session.previous.click();
  await expect(session.pages).toContainText('/lamps/brass');

  await expect(session.back).toHaveText('Sessions, filtered');
  await session.back.click();
  await expect(page).toHaveURL(LIST);
  await sessions.expectPaths('/lamps/ash', '/lamps/brass', '/lamps/oak');
  await expect(sessions.conditions).toHaveText(['Page starts with /lamps']);
});

test('what is shown of a timeline is shown of the sessions beside it too', async ({ page, request, pulse, sessions, session }) => {
  await sendAll(request, pulse, lamps(2));
  await sessions.open();
  await sessions.openSession(sessions.row('/lamps/1'));
  await page.goto(`${page.url()}?show=pages`);
  await session.next.click();
  await expect(session.pages).toContainText('/lamps/2');
  await expect(page).toHaveURL(/\/sessions\/[0-9a-f-]{36}\?show=pages$/);
});

test('the browser’s way back leads through the sessions to the list', async ({ page, request, pulse, sessions, session }) => {
  await sendAll(request, pulse, lamps(3));
  await page.goto(LIST);
  await sessions.openSession(sessions.row('/lamps/3'));
  await session.next.click();
  await expect(session.pages).toContainText('/lamps/2');
  await page.goBack();
  await expect(session.pages).toContainText('/lamps/3');
  await page.goBack();
  await expect(page).toHaveURL(LIST);
  await sessions.expectPaths('/lamps/3', '/lamps/2', '/lamps/1');
});

test('the usual list leaves the address of a session bare', async ({ page, request, pulse, sessions, session }) => {
  await sendAll(request, pulse, lamps(2));
  await sessions.open();
  await sessions.openSession(sessions.row('/lamps/1'));
  await expect(page).toHaveURL(/\/sessions\/[0-9a-f-]{36}$/);
  await session.next.click();
  await expect(session.pages).toContainText('/lamps/2');
  await session.back.click();
  await expect(page).toHaveURL('/sites/1/sessions');
});

test('on going back the list stands where it stood @hydrated', async ({ page, request, pulse, sessions, session }) => {
  await sendAll(request, pulse, lamps(40));
  await page.goto(LIST);
  await expect(sessions.live).toHaveText('Live');
  await expect(sessions.rows).toHaveCount(40);
  await page.evaluate(() => scrollTo(0, 900));
  const tops = await sessions.tops();
  // Well within the window, so that nothing has to scroll for the click.
  const at = tops.findIndex((top) => top > 250);
  const link = sessions.link(at);
  /** How far the row is from where it was. */
  const off = async (): Promise<number> => Math.abs((await sessions.tops())[at]! - tops[at]!);

  await sessions.openSession(sessions.rows.nth(at));
  expect(await page.evaluate(() => scrollY), 'a session begins at its top').toBe(0);
  await page.goBack();
  await expect.poll(off).toBeLessThan(2);
  await expect(link).toBeFocused();
  await expect(sessions.conditions).toHaveText(['Page starts with /lamps']);

  await page.goForward();
  await expect(session.timeline).toBeVisible();
  await session.next.click();
  await expect(session.pages).toContainText(`/lamps/${40 - at - 1}`);
  await session.back.click();
  await expect(page).toHaveURL(LIST);
  await expect.poll(off).toBeLessThan(2);
});

test('what came above a row meanwhile does not move it @hydrated', async ({ page, request, pulse, sessions, session }) => {
  await sendAll(request, pulse, lamps(40));
  await sessions.open();
  await expect(sessions.live).toHaveText('Live');
  await expect(sessions.rows).toHaveCount(40);
  await page.evaluate(() => scrollTo(0, 900));
  const tops = await sessions.tops();
  const at = tops.findIndex((top) => top > 250);
  const address = (await sessions.addresses())[at]!;
  await sessions.openSession(sessions.rows.nth(at));
  await send(request, pulse.dashboard, '198.51.100.1', { url: 'http://shop.example/new', age: 100 });

  await session.back.click();
  await expect(sessions.rows).toHaveCount(41);
  expect((await sessions.addresses())[at + 1]).toBe(address);
  await expect.poll(async () => Math.abs((await sessions.tops())[at + 1]! - tops[at]!)).toBeLessThan(2);
});

test('a session that was opened from a further page leads back to that page @hydrated', async ({ page, request, pulse, sessions, session }) => {
  await sendAll(request, pulse, lamps(MANY));
  await sessions.open();
  await sessions.older.click();
  await expect(sessions.rows).toHaveCount(MANY - 50);
  const further = page.url();
  const addresses = await sessions.addresses();
  await sessions.openSession(sessions.rows.nth(1));
  await session.previous.click();
  await expect(session.pages).toContainText('/lamps/51');
  await session.previous.click();
  await expect(session.pages, 'the last of the page above').toContainText('/lamps/50');
  await session.back.click();
  await expect(page).toHaveURL(further);
  await expect.poll(() => sessions.addresses()).toEqual(addresses);
});

test('j and k lead to the sessions beside one, and u to the list @hydrated', async ({ page, request, pulse, sessions, session }) => {
  await sendAll(request, pulse, lamps(3));
  await page.goto(LIST);
  await expect(sessions.live).toHaveText('Live');
  await page.keyboard.press('j');
  await expect(sessions.link(0)).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(session.next).toBeVisible();
  await page.keyboard.press('j');
  await expect(session.pages).toContainText('/lamps/2');
  await page.keyboard.press('j');
  await expect(session.pages).toContainText('/lamps/1');
  await page.keyboard.press('k');
  await expect(session.pages).toContainText('/lamps/2');
  await page.keyboard.press('u');
  await expect(page).toHaveURL(LIST);
  await expect(sessions.link(0), 'the list goes on where it was left').toBeFocused();
  await page.keyboard.press('j');
  await expect(sessions.link(1)).toBeFocused();
});
