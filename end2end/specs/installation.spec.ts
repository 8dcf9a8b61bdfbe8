// Whether the script works, and what visitors are told.

import { expectFit } from '../fixtures/axe';
import { send } from '../fixtures/collector';
import { expect, test } from '../fixtures/test';

test('the owner sees what arrived and why the rest was refused', async ({ page, request, pulse, sessions }) => {
  await sessions.open();
  await page.getByRole('link', { name: 'See what arrived and what was refused' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Installation');
  await expect(page.getByText('Nothing of a visitor is stored yet')).toBeVisible();

  await send(request, pulse.dashboard, '203.0.113.50', { url: 'http://shop.example/lamps' });
  await request.post(`${pulse.dashboard}/api/collect`, {
    headers: { 'content-type': 'text/plain' },
    data: JSON.stringify({ site: 1, messages: [{ view: '1-2-3-4', url: 'ftp://shop.example/', age: 0 }] }),
  });
  await page.reload();
  await expect(page.getByText('The last sign of a visitor: ')).toBeVisible();
  const refused = page.getByRole('table').filter({ has: page.getByRole('columnheader', { name: 'Page on' }) });
  await expect(refused.getByRole('row')).toHaveCount(2);
  await expect(refused).toContainText('No web page');
  await expect(page.getByRole('navigation').getByRole('link', { name: 'Installation' })).toHaveAttribute('aria-current', 'true');
});

test('anybody can read what is stored of visitors', async ({ page, context }) => {
  await context.clearCookies();
  await page.goto('/privacy?site=1');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('What is stored of visitors');
  await expect(page.getByText('This site keeps sessions for 180 days')).toBeVisible();
  await expect(page.getByText('the path of the first page', { exact: true })).toBeVisible();
});

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in ${colorScheme} colours`, () => {
    test.use({ colorScheme });

    test('axe finds nothing on either page, and a phone needs no sideways scrolling @hydrated', async ({ page, sessions }) => {
      await sessions.open();
      for (const path of ['/sites/1/installation', '/privacy?site=1']) {
        await expectFit(page, path, page.getByRole('heading', { level: 1 }));
      }
    });
  });
}
