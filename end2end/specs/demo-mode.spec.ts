import { expect, test } from '../fixtures/test';

test.use({ mode: 'demo' });

test('demo mode says what it is and asks nobody to sign in', async ({ page, sessions }) => {
  await page.goto('/login');
  await expect(sessions.heading).toHaveText('No sessions yet');
  await expect(page.getByRole('note')).toHaveText('Demo mode: no sign-in, reachable from this machine only.');
  await expect(page.getByRole('button', { name: 'Sign out' })).toHaveCount(0);
});
