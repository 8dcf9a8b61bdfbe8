// What owners do with one session, from its page: plain forms.

import { send } from '../fixtures/collector';
import { expect, test } from '../fixtures/test';

test.beforeEach(async ({ request, pulse }) => {
  for (const [i, path] of ['/lamps', '/pricing'].entries()) {
    await send(request, pulse.dashboard, `203.0.113.${70 + i}`, { url: `http://shop.example${path}`, age: 4_000 - 1_000 * i });
  }
});

test('a deletion can be taken back for ten seconds, then the session is gone', async ({
  page,
  quiet,
  refresh,
  sessions,
  session,
}) => {
  quiet.except('the server says 404 of what is gone', /dashboard: (404: (GET|POST) |console error: Failed to load .* 404 )/);
  await sessions.open();
  await sessions.openSession(sessions.row('/lamps'));
  const { pathname } = new URL(page.url());
  await session.delete.click();
  await expect(session.deletion).toContainText(/^This session will be deleted in \d+ seconds?, with every row /);
  await session.undo.click();
  await expect(session.delete).toBeVisible();
  await expect(session.deletion).toHaveCount(0);

  await session.delete.click();
  await expect(session.deletion).toBeVisible();
  await expect(page).toHaveURL(pathname);
  // Nobody clicks: with scripts the page says by itself that it is over.
  await expect(async () => {
    await refresh();
    await expect(sessions.heading).toHaveText('Not found', { timeout: 500 });
  }).toPass({ timeout: 20_000 });
  await page.getByRole('link', { name: 'Back to the list' }).click();
  await expect(async () => {
    await refresh();
    await sessions.expectPaths('/pricing');
  }).toPass({ timeout: 10_000 });
});

test('a session is marked as a machine’s, and as a person’s again', async ({ page, sessions, session }) => {
  await sessions.open();
  await sessions.openSession(sessions.row('/lamps'));
  const { pathname } = new URL(page.url());
  await session.markAsMachine.click();
  await expect(session.summary).toHaveText(/^Taken for a machine \(marked by hand\): /);
  await sessions.open();
  await sessions.expectPaths('/pricing');
  await expect(sessions.figure('Sessions')).toHaveText('1');

  await page.goto(pathname);
  await session.fact('Machine').getByRole('link', { name: 'Marked by hand' }).click();
  await sessions.expectPaths('/lamps');
  await sessions.openSession(sessions.rows);
  await session.markAsPerson.click();
  await expect(session.summary).toHaveText(/^Came directly /);
  await sessions.open();
  await sessions.expectPaths('/pricing', '/lamps');
  await expect(sessions.figure('Sessions')).toHaveText('2');
});
