// What the selected sessions come to, and how they are narrowed by looking at them.

import type { APIRequestContext } from '@playwright/test';
import { findings } from '../fixtures/axe';
import { send } from '../fixtures/collector';
import type { Pulse } from '../fixtures/pulse';
import { expect, test } from '../fixtures/test';

/** Three visitors: two came to the lamps, one of them clicked; one came to the prices. */
const seed = async (request: APIRequestContext, { dashboard }: Pulse): Promise<void> => {
  await send(request, dashboard, '203.0.113.1', {
    url: 'http://shop.example/lamps',
    events: [{ event: 'custom', name: 'lamp_configured' }],
  });
  await send(request, dashboard, '203.0.113.2', { url: 'http://shop.example/lamps?utm_source=letter&utm_campaign=autumn' });
  await send(request, dashboard, '203.0.113.3', { url: 'http://shop.example/pricing' });
};

test('the figures are those of the sessions in the list', async ({ request, pulse, sessions }) => {
  await seed(request, pulse);
  await sessions.open();
  await expect(sessions.rows).toHaveCount(3);
  await expect(sessions.figure('Sessions')).toHaveText('3');
  await expect(sessions.figure('Page views')).toHaveText('3');
  await expect(sessions.figure('Pages a session')).toHaveText('1.0');
  await expect(sessions.figure('Median duration')).toHaveText('2 s');
  await expect(sessions.figure('Bounce rate'), 'no session is over yet').toHaveText('not known');
});

test('a site without sessions has neither figures nor facets', async ({ page, sessions }) => {
  await sessions.open();
  await expect(sessions.heading).toHaveText('No sessions yet');
  await expect(page.getByRole('region', { name: 'Overview' })).toHaveCount(0);
  await expect(page.getByRole('complementary', { name: 'Facets' })).toHaveCount(0);
});

test('a value of a facet narrows the list to as many sessions as it says', async ({ page, request, pulse, sessions }) => {
  await seed(request, pulse);
  await sessions.open();
  const lamps = sessions.value('Entry page', '/lamps', 2);
  await lamps.click();
  await expect(page).toHaveURL(/\?entry=\/lamps$/);
  await expect(sessions.rows).toHaveCount(2);
  await expect(sessions.figure('Sessions')).toHaveText('2');
  await expect(lamps).toHaveAttribute('aria-current', 'true');
  await expect(sessions.value('Entry page', '/pricing', 1), 'another value can still be chosen').toBeVisible();

  await sessions.value('Event', 'lamp_configured', 1).click();
  await expect(sessions.rows).toHaveCount(1);
  await expect(sessions.figure('Sessions')).toHaveText('1');

  await sessions.value('Entry page', '/lamps', 1).click();
  await expect(page).toHaveURL(/\?event=lamp_configured$/);
  await expect(sessions.rows).toHaveCount(1);
});

test('a value can be left out', async ({ page, request, pulse, sessions }) => {
  await seed(request, pulse);
  await sessions.open();
  const leave = sessions.facet('Entry page').getByRole('link', { name: 'not /lamps' });
  await leave.click();
  await expect(page).toHaveURL(/\?entry\.not=\/lamps$/);
  await expect(sessions.rows).toHaveCount(1);
  await expect(leave).toHaveAttribute('aria-current', 'true');
  await leave.click();
  await expect(sessions.rows).toHaveCount(3);
});

test('a bar leads to the sessions of its stretch', async ({ page, request, pulse, sessions }) => {
  await seed(request, pulse);
  await sessions.open();
  const bar = sessions.bars.last();
  const label = await bar.getAttribute('aria-label');
  const many = Number(/: (\d+) sessions?/.exec(label!)![1]);
  await bar.click();
  await expect(page).toHaveURL(/\?period=\d{4}-\d\d-\d\dT\d\d:\d\d\.\.\d{4}-\d\d-\d\dT\d\d:\d\d$/);
  await expect(sessions.rows).toHaveCount(many);
  await expect(sessions.figure('Sessions')).toHaveText(String(many));
});

test('several bars can be drawn over @hydrated', async ({ page, request, pulse, sessions }) => {
  await seed(request, pulse);
  await sessions.open();
  await expect(sessions.live).toHaveText('Live');
  const { x, y, width, height } = (await sessions.histogram.boundingBox())!;
  await page.mouse.move(x + width / 2, y + height / 2);
  await page.mouse.down();
  await page.mouse.move(x + width - 1, y + height / 2, { steps: 20 });
  await expect(page).not.toHaveURL(/period=/);
  await page.mouse.up();
  await expect(page).toHaveURL(/\?period=.*\.\./);
  await expect(sessions.rows).toHaveCount(3);
});

test('further facets and a search come when they are asked for @hydrated', async ({ page, request, pulse, sessions }) => {
  await seed(request, pulse);
  await sessions.open();
  await page.getByRole('complementary', { name: 'Facets' }).getByText('More', { exact: true }).click();
  await sessions.facet('Exit page').locator('summary').click();
  await sessions.value('Exit page', '/pricing', 1).click();
  await expect(sessions.rows).toHaveCount(1);
  await expect(sessions.value('Exit page', '/pricing', 1)).toHaveAttribute('aria-current', 'true');
});

test('a facet that fails leaves the others and the list @hydrated', async ({ page, quiet, request, pulse, sessions }) => {
  quiet.except('one facet is made to fail', /503/);
  await seed(request, pulse);
  await sessions.open();
  await expect(sessions.live).toHaveText('Live');
  let why = 'Unavailable';
  await page.route('**/api/facet', (route) =>
    route.request().postData()?.includes('"country"')
      ? route.fulfill({ status: 503, contentType: 'application/json', body: JSON.stringify(why) })
      : route.continue(),
  );
  await sessions.value('Entry page', '/lamps', 2).click();
  await expect(sessions.rows).toHaveCount(2);
  await expect(sessions.value('Entry page', '/pricing', 1)).toBeVisible();
  const failed = sessions.facet('Country').getByRole('status');
  await expect(failed).toContainText('Could not be read');
  why = 'TooSlow';
  await failed.getByRole('link', { name: 'Try again' }).click();
  await expect(failed).toContainText('This took too long');
  await page.unroute('**/api/facet');
  await failed.getByRole('link', { name: 'Try again' }).click();
  await expect(sessions.value('Country', 'Unknown country', 2)).toBeVisible();
  await expect(page).toHaveURL(/\?entry=\/lamps$/);
});

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in ${colorScheme} colours`, () => {
    test.use({ colorScheme });

    test('axe finds nothing in figures, bars and facets @hydrated', async ({ page, request, pulse, sessions }) => {
      await seed(request, pulse);
      await sessions.open();
      await sessions.value('Entry page', '/lamps', 2).click();
      await expect(sessions.rows).toHaveCount(2);
      expect(await findings(page)).toEqual([]);
    });
  });
}
