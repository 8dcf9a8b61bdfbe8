// Paths of one shape as one page: a rule is previewed, added, counted by and deleted, with and without scripts.

import type { APIRequestContext } from '@playwright/test';
import { expectFit } from '../fixtures/axe';
import { send } from '../fixtures/collector';
import type { Pulse } from '../fixtures/pulse';
import { expect, test } from '../fixtures/test';
import { Tabs } from '../pages/tabs';

const RULES = '/sites/1/pages/rules';

/** A visitor for each path. */
const visit = async (request: APIRequestContext, pulse: Pulse): Promise<void> => {
  for (const [nth, path] of ['/product/1', '/product/2', '/product/3/reviews', '/'].entries()) {
    await send(request, pulse.dashboard, `203.0.113.${10 + nth}`, { url: `http://shop.example${path}` });
  }
};

test('a rule is previewed, added, counted by, and deleted', async ({ page, request, pulse, sessions }) => {
  await visit(request, pulse);
  const tabs = new Tabs(page);
  await page.goto('/sites/1/pages');
  await expect(tabs.rows).toHaveCount(4);
  await page.getByRole('link', { name: 'Group paths' }).click();
  await expect(sessions.heading).toHaveText('Group paths');
  await expect(page.getByText('There is none yet')).toBeVisible();

  const pattern = page.getByRole('textbox', { name: 'Pattern' });
  const preview = page.getByRole('button', { name: 'Preview' });
  await pattern.fill('product');
  await preview.click();
  await expect(page.getByText('A pattern begins with a slash')).toBeVisible();
  await pattern.fill('/product/:id');
  await preview.click();
  await expect(page.getByRole('status').filter({ hasText: '/product/:id would join 2 paths' })).toBeVisible();
  await expect(page.getByRole('table', { name: 'Paths that would be joined' }).getByRole('rowheader')).toHaveText(['/product/1', '/product/2']);
  await expect(page.getByRole('table', { name: 'Paths that stay apart' }).getByRole('rowheader')).toHaveText(['/product/3/reviews']);

  await Promise.all([page.waitForEvent('load'), page.getByRole('button', { name: 'Add this rule' }).click()]);
  await expect(tabs.row('/product/:id')).toContainText('such as /product/1, /product/2');
  await page.getByRole('link', { name: '/product/:id', exact: true }).click();
  await expect(sessions.heading).toHaveText('/product/:id');
  await expect(page.getByText('Grouped by /product/:id')).toBeVisible();

  await page.goto('/sites/1/pages');
  await expect(tabs.rows).toHaveCount(3);
  await (await tabs.figure(tabs.row('/product/:id'), 'Sessions')).getByRole('link').click();
  await expect(sessions.conditions).toHaveText(['Page is /product/:id']);
  await expect(sessions.rows, 'with the paths that were opened').toHaveText([/\/product\/2/, /\/product\/1/]);

  await page.goto(RULES);
  await Promise.all([page.waitForEvent('load'), page.getByRole('button', { name: 'Delete the rule /product/:id' }).click()]);
  await expect(page.getByText('There is none yet')).toBeVisible();
  await page.goto('/sites/1/pages');
  await expect(tabs.rows).toHaveCount(4);
});

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in ${colorScheme} colours`, () => {
    test.use({ colorScheme });

    test('axe finds nothing in the rules, which fit a phone @hydrated', async ({ page, request, pulse, sessions }) => {
      await visit(request, pulse);
      for (const address of [RULES, `${RULES}?pattern=/product/:id`, `${RULES}?pattern=product`]) {
        await expectFit(page, address, sessions.heading);
      }
    });
  });
}
