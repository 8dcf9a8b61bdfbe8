// What goes on now, told while it changes.

import { ON_A_PHONE, ON_WINDOWS } from '../fixtures/people';
import { expect, test } from '../fixtures/test';

test('what goes on now comes and goes, and its pages are counted while visitors go from one to the other @hydrated', async ({
  page,
  sessions,
  visit,
  expectSessions,
}) => {
  const [atADesk, inATrain] = await Promise.all([visit(ON_WINDOWS), visit(ON_A_PHONE)]);
  await atADesk.shop.open('/pricing');
  await expectSessions(1);
  await page.goto('/sites/1/sessions?period=now');
  await expect(sessions.facet('Now on')).toBeVisible();
  await expect(sessions.value('Now on', '/pricing', 1)).toBeVisible();
  await expect(sessions.live).toHaveText('Live');

  await inATrain.shop.open('/pricing');
  await expect(sessions.value('Now on', '/pricing', 2)).toBeVisible();
  await expect(sessions.rows).toHaveCount(2);
  await atADesk.shop.follow(atADesk.shop.menu('Journal'), 'Journal');
  await expect(sessions.value('Now on', '/journal', 1)).toBeVisible();
  await expect(sessions.value('Now on', '/pricing', 1)).toBeVisible();

  await inATrain.leave();
  await expect(sessions.rows).toHaveCount(1);
  await expect(sessions.facet('Now on').getByRole('link', { name: '/pricing' })).toHaveCount(0);

  await sessions.value('Now on', '/journal', 1).click();
  await expect(page).toHaveURL(/exit=\/journal/);
  await sessions.expectPaths('now on /journal');
});

test('a page that is open now leads to the sessions that are on it', async ({ page, sessions, visit, expectSessions }) => {
  const { shop } = await visit(ON_WINDOWS);
  await shop.open('/pricing');
  await expectSessions(1);
  await page.goto('/sites/1/sessions?period=now');
  await sessions.value('Now on', '/pricing', 1).click();
  await expect(page).toHaveURL(/exit=\/pricing/);
  await expect(sessions.rows).toHaveCount(1);
});
