// One session out of all, by what its visitor can name.

import { ON_WINDOWS } from '../fixtures/people';
import { expect, test } from '../fixtures/test';

test('the code that a visitor is shown leads to the session, and so does the session’s id', async ({ page, visit, sessions, expectSessions }) => {
  const { shop } = await visit(ON_WINDOWS);
  await shop.open('/contact');
  const shown = shop.page.locator('#reference');
  await expect(shown).toHaveText(/^[0-9A-Z]{3}-[0-9A-Z]{4}$/);
  const code = (await shown.textContent())!;

  await sessions.open();
  await expectSessions(1);
  const find = async (typed: string): Promise<void> => {
    await page.getByRole('searchbox', { name: 'Session id or reference code' }).fill(typed);
    await page.getByRole('button', { name: 'Find' }).click();
  };
  await find('K7F-3QX9');
  await expect(page.getByRole('heading', { name: 'No such session' })).toBeVisible();
  await expect(page.getByRole('searchbox')).toHaveValue('K7F-3QX9');

  // The code is told a moment after the page.
  await expect(async () => {
    await sessions.open();
    await find(code.toLowerCase().replace('-', ' '));
    await expect(page).toHaveTitle(/^Session of /, { timeout: 1_000 });
  }).toPass();
  await expect(page.getByText('Reference')).toBeVisible();
  const id = new URL(page.url()).pathname.split('/').at(-1)!;

  await sessions.open();
  await find(id);
  await expect(page).toHaveTitle(/^Session of /);
});
