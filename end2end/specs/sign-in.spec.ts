import { OWNER } from '../fixtures/pulse';
import { expect, test } from '../fixtures/test';
import { SetUpPage, SignInPage } from '../pages/account';

test.describe('an empty installation', () => {
  test.use({ mode: 'empty' });

  test('is set up through the printed link, once', async ({ page, pulse, sessions }) => {
    const setUp = new SetUpPage(page);
    const signIn = new SignInPage(page);

    await page.goto('/');
    await expect(setUp.heading, 'without an account everything leads here').toBeVisible();
    await setUp.create(OWNER);
    await expect(setUp.problem, 'without the link nobody makes an account').toContainText('This set-up link is wrong');

    await page.goto(pulse.setUpLink!);
    await setUp.create(OWNER, 'four lamps in the hell');
    await expect(setUp.problem).toContainText('The two passwords differ');
    await setUp.create(OWNER);
    await expect(sessions.heading).toHaveText('No sessions yet');

    await page.getByRole('button', { name: 'Sign out' }).click();
    await expect(signIn.heading).toBeVisible();
    await page.goto(pulse.setUpLink!);
    await expect(signIn.heading, 'the link has done its work').toBeVisible();
  });
});

test('whoever signed out is asked, and comes back to where they wanted to go', async ({ page, sessions, javaScriptEnabled }) => {
  const signIn = new SignInPage(page);
  await sessions.open();
  // A stream that opens while its viewer signs out is refused, which the console would say.
  if (javaScriptEnabled) await expect(sessions.live).toHaveText('Live');
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(signIn.heading).toBeVisible();

  await page.goto('/sites/1/sessions?before=0199a000-0000-7000-8000-000000000000');
  await expect(signIn.heading).toBeVisible();
  await signIn.signIn({ ...OWNER, password: 'five lamps in the hall' });
  await expect(signIn.problem).toHaveText('No account has this name and password. Check both and try again.');
  await signIn.signIn(OWNER);
  await expect(sessions.heading).toHaveText('No older sessions');
  expect(new URL(page.url()).search).toBe('?before=0199a000-0000-7000-8000-000000000000');
});

test('signing in leads to no other site', async ({ page, context, pulse, sessions }) => {
  await context.clearCookies();
  await page.goto('/login?next=//example.com/');
  await new SignInPage(page).signIn(OWNER);
  await expect(sessions.heading).toBeVisible();
  expect(new URL(page.url()).origin).toBe(pulse.dashboard);
});

test('a page that is open says so when its session has ended elsewhere @hydrated', async ({ page, context, quiet, sessions }) => {
  quiet.except('the server refuses whoever is not signed in', /dashboard: (401: |console error: Failed to load .* 401 )/);
  await page.goto('/sites/1/sessions?before=00000000-0000-7000-8000-000000000000');
  await expect(sessions.heading).toHaveText('No older sessions');
  await context.clearCookies();
  await page.getByRole('link', { name: 'To the newest sessions' }).click();
  await expect(sessions.heading).toHaveText('Signed out');
  await page.getByRole('link', { name: 'Sign in' }).click();
  await new SignInPage(page).signIn(OWNER);
  await expect(sessions.heading).toHaveText('No sessions yet');
});
