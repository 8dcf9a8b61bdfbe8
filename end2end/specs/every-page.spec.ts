// Each page, once, with an ear on it: fixtures/quiet.ts fails a test for any message, error, refused or failed request.

import { send } from '../fixtures/collector';
import { ON_WINDOWS } from '../fixtures/people';
import { expect, test } from '../fixtures/test';

test('every page of the dashboard is quiet', async ({ page, request, pulse, sessions, session }) => {
  await page.goto('/');
  await expect(sessions.heading).toHaveText('No sessions yet');
  await send(request, pulse.dashboard, '203.0.113.40', { url: 'http://shop.example/lamps', title: 'Lamps' });
  await sessions.open();
  await sessions.openSession(sessions.rows);
  const { pathname } = new URL(page.url());

  await page.goto(pathname);
  await expect(session.timeline, 'also when it is loaded by itself').toBeVisible();
  await page.getByRole('link', { name: 'All sessions' }).click();
  await expect(sessions.rows).toHaveCount(1);
  await page.goBack();
  await expect(session.timeline).toBeVisible();
  await page.goForward();
  await expect(sessions.rows).toHaveCount(1);
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page.getByRole('button', { name: 'Sign in' })).toBeVisible();
});

test('addresses that lead nowhere say so', async ({ page, quiet, sessions }) => {
  quiet.except('the server says 404', /dashboard: (404: GET |console error: Failed to load .* 404 )/);
  for (const path of ['/nowhere', '/sites/1/sessions/0199a000-0000-7000-8000-000000000000', '/sites/7/sessions', '/sites/x/sessions']) {
    const answer = await page.goto(path);
    await expect(sessions.heading, path).toHaveText('Not found');
    expect(answer?.status(), path).toBe(404);
  }
});

test('every page of the demo site is quiet @visitor', async ({ pulse, visit, sessions }) => {
  const { shop } = await visit(ON_WINDOWS);
  const paths = [
    '/',
    '/collection',
    '/collection/floor',
    '/configure',
    '/pricing',
    '/journal',
    '/journal/light-for-reading',
    '/journal/oak-and-brass',
    '/journal/lamps-worth-repairing',
    '/contact',
    '/sign-up',
    '/sign-up/thanks',
  ];
  for (const path of paths) {
    await Promise.all([shop.page.waitForResponse(`${pulse.dashboard}/api/collect`), shop.open(path)]);
    await expect(shop.page.getByRole('heading', { level: 1 }), path).toBeVisible();
  }
  await sessions.open();
  await expect(sessions.row(`${paths.length} pages`)).toHaveCount(1);
});
