import { ON_A_PHONE, ON_WINDOWS } from '../fixtures/people';
import { expect, test } from '../fixtures/test';

/** Milliseconds from a visitor's first page view to its row in the dashboard. */
const SOON = 2_000;

test('a visit shows within two seconds of its first page @hydrated', async ({ page, sessions, visit }) => {
  await sessions.open();
  await expect(sessions.heading).toHaveText('No sessions yet');
  await expect(sessions.live).toHaveText('Live');
  let loads = 0;
  page.on('framenavigated', () => loads++);

  const { shop } = await visit(ON_WINDOWS);
  const [request] = await Promise.all([
    shop.page.waitForRequest('**/api/collect'),
    shop.open('/'),
    expect(sessions.row('Desktop · Windows · Chrome')).toBeVisible(),
  ]);
  const shown = Date.now();
  // The row can be there before Playwright has heard of the answer, and until then no time is known.
  await request.response();
  expect(request.timing().startTime).toBeGreaterThan(0);
  expect(shown - request.timing().startTime).toBeLessThan(SOON);

  await shop.follow(shop.menu('Journal'), 'Journal');
  await expect(sessions.row('now on /journal')).toHaveCount(1);
  await expect(sessions.rows).toHaveCount(1);
  expect(loads, 'the dashboard was not loaded again').toBe(0);
});

test('two visitors are two sessions', async ({ sessions, visit, refresh, expectSessions }) => {
  const [atADesk, inATrain] = await Promise.all([visit(ON_WINDOWS), visit(ON_A_PHONE)]);
  await atADesk.shop.open('/pricing');
  await inATrain.shop.open('/contact');
  await expectSessions(2);
  await expect(sessions.row(ON_WINDOWS.described)).toContainText('now on /pricing');
  await expect(sessions.row(ON_A_PHONE.described)).toContainText('now on /contact');

  await inATrain.leave();
  await expect
    .poll(async () => {
      await refresh();
      return sessions.row(ON_A_PHONE.described).textContent();
    })
    .toContain('last on /contact');
  await expect(sessions.row(ON_WINDOWS.described)).toContainText('now on /pricing');
});

test('two people behind one address with different browsers are two sessions', async ({ visit, expectSessions }) => {
  const neighbours = [ON_WINDOWS, { ...ON_A_PHONE, address: ON_WINDOWS.address }];
  for (const { shop } of await Promise.all(neighbours.map(visit))) await shop.open('/');
  await expectSessions(2);
});

test('a browser that a program drives is left out, unless machines are shown', async ({ page, sessions, visit, refresh }) => {
  const { shop } = await visit({ ...ON_WINDOWS, driven: true });
  await Promise.all([shop.page.waitForResponse('**/api/collect'), shop.open('/')]);
  await sessions.open();
  await expect(sessions.heading).toHaveText('No sessions yet');
  await page.getByRole('link', { name: 'Show machines' }).click();
  await refresh();
  await expect(sessions.rows).toHaveCount(1);
  await expect(sessions.row('machine: driven by a program')).toBeVisible();
});

test('the demo site is one click away from an empty list', async ({ page, pulse, sessions }) => {
  await sessions.open();
  await expect(sessions.heading).toHaveText('No sessions yet');
  await expect(page.getByText(`<script defer src="${pulse.dashboard}/pulse.js" data-site="1"></script>`)).toBeVisible();
  const demo = page.getByRole('link', { name: 'Open the demo site' });
  const [shop] = await Promise.all([page.waitForEvent('popup'), demo.click()]);
  await expect(shop.getByRole('link', { name: 'open the dashboard' })).toBeVisible();
  expect(shop.url()).toBe(`${pulse.shop}/`);
});
