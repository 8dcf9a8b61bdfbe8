// Pages, events, goals and paths: what all the sessions of a selection did, with and without scripts.

import type { APIRequestContext } from '@playwright/test';
import { expectFit } from '../fixtures/axe';
import { send, type SentEvent } from '../fixtures/collector';
import type { Pulse } from '../fixtures/pulse';
import { expect, test } from '../fixtures/test';
import { Tabs } from '../pages/tabs';

const signup = (plan: string): SentEvent => ({ event: 'custom', name: 'signup', props: { plan } });

/** What each visitor looked at, page after page. */
const VISITORS: [path: string, ...events: SentEvent[]][][] = [
  [['/'], ['/lamps', { event: 'click', name: 'Oak' }], ['/pricing'], ['/welcome', signup('pro')]],
  [['/'], ['/lamps'], ['/lamps'], ['/pricing']],
  [['/lamps'], ['/pricing', signup('free')]],
  [['/']],
];

const visit = async (request: APIRequestContext, pulse: Pulse): Promise<void> => {
  for (const [nth, pages] of VISITORS.entries()) {
    let session: string | undefined;
    for (const [at, [path, ...events]] of pages.entries()) {
      const url = `http://shop.example${path}`;
      session = await send(request, pulse.dashboard, `203.0.113.${10 + nth}`, { url, title: `At ${path}`, age: 50_000 - at * 5_000, events, session });
    }
  }
};

test('every figure of the pages leads to the sessions that it counts', async ({ page, request, pulse, sessions }) => {
  await visit(request, pulse);
  const tabs = new Tabs(page);
  await sessions.open();
  await tabs.open('Pages');
  await expect(tabs.rows).toHaveText([/^\/lamps.*At \/lamps/, /^\//, /^\/pricing/, /^\/welcome/]);
  const lamps = tabs.row('/lamps');
  await expect(await tabs.figure(lamps, 'Views')).toHaveText(/4$/);
  await expect(await tabs.figure(lamps, 'Entries')).toHaveText(/1$/);

  await page.getByRole('columnheader', { name: 'Exits' }).getByRole('link').click();
  await expect(page.getByRole('columnheader', { name: 'Exits' })).toHaveAttribute('aria-sort', 'descending');
  await page.getByRole('searchbox', { name: 'Find a page by path or title' }).fill('PRICING');
  await page.getByRole('button', { name: 'Find', exact: true }).click();
  await expect(tabs.rows).toHaveCount(1);
  await (await tabs.figure(tabs.row('/pricing'), 'Exits')).getByRole('link').click();
  await expect(sessions.conditions).toHaveText(['Exit page is /pricing']);
  await expect(sessions.rows).toHaveCount(2);

  await tabs.open('Pages');
  await expect(tabs.rows, 'the conditions stay').toHaveCount(3);
  await page.getByRole('link', { name: '/lamps', exact: true }).click();
  await expect(sessions.heading).toHaveText('/lamps');
  await expect(page.getByText('The session began here')).toBeVisible();
  await page.getByRole('link', { name: 'All pages' }).click();
  await expect(sessions.heading).toHaveText('Pages');
});

test('a goal is made of an event in two clicks, counts everywhere, and is deleted', async ({ page, request, pulse, sessions }) => {
  await visit(request, pulse);
  const tabs = new Tabs(page);
  await page.goto('/sites/1/events');
  await expect(tabs.row('signup')).toHaveCount(1);
  await page.getByRole('link', { name: 'signup' }).click();
  await expect(sessions.heading).toHaveText('signup');
  await page.locator('summary', { hasText: /^Make it a goal$/ }).click();
  await page.getByRole('textbox', { name: 'Name of the goal' }).first().fill('Signed up');
  await Promise.all([page.waitForEvent('load'), page.getByRole('button', { name: 'Save the goal' }).first().click()]);
  await expect(page.locator('summary', { hasText: 'Signed up' })).toBeVisible();

  await tabs.open('Sessions');
  await expect(sessions.rows).toHaveCount(4);
  await expect(sessions.rows.filter({ hasText: 'Signed up after' })).toHaveCount(2);
  await page.getByRole('link', { name: 'Converted', exact: true }).click();
  await expect(sessions.rows).toHaveCount(2);
  await tabs.open('Pages');
  await expect(await tabs.figure(tabs.row('/pricing'), 'Conversions')).toHaveText(/2 \(100.%\)$/);
  await tabs.open('Paths');
  await page.getByRole('link', { name: 'Back from the goal' }).click();
  await expect(page.getByText('back from the goal: 2 of 2 sessions')).toBeVisible();

  await page.locator('summary', { hasText: 'Signed up' }).click();
  await Promise.all([page.waitForEvent('load'), page.getByRole('button', { name: 'Delete the goal Signed up' }).click()]);
  await expect(page.locator('summary', { hasText: /^Goal$/ })).toBeVisible();
});

test('a value of a property selects sessions, and further values are beside the list', async ({ page, request, pulse, sessions }) => {
  await visit(request, pulse);
  const tabs = new Tabs(page);
  await page.goto('/sites/1/events/report?of=signup');
  await (await tabs.figure(tabs.row('pro'), 'Sessions')).getByRole('link').click();
  await expect(sessions.conditions).toHaveText(['plan of signup is pro']);
  await expect(sessions.rows).toHaveCount(1);
  await page.goto('/sites/1/sessions?event=signup');
  await expect(sessions.rows).toHaveCount(2);
  await page.getByRole('group').filter({ hasText: 'plan of signup' }).getByRole('link', { name: /^free/ }).click();
  await expect(sessions.rows).toHaveCount(1);
});

test('paths are followed step by step', async ({ page, request, pulse, sessions }) => {
  await visit(request, pulse);
  const tabs = new Tabs(page);
  await page.goto('/sites/1/paths');
  await expect(page.getByText('from the beginning: 4 of 4 sessions')).toBeVisible();
  const steps = page.getByRole('rowgroup').filter({ has: page.getByRole('cell') });
  await expect(steps).toHaveText([/^Step 1.*4 sessions.*1 ended here/, /^Step 2.*3 sessions/, /^Step 3.*2 sessions/, /^Step 4.*1 session/]);
  // Two of those who came in at the front page went on to the lamps.
  await steps.nth(1).getByRole('row').filter({ hasText: '/lamps' }).getByRole('cell').first().getByRole('link').click();
  await expect(sessions.conditions).toHaveText(['Step 2 from the beginning is /lamps']);
  await expect(sessions.rows).toHaveCount(2);

  await tabs.open('Paths');
  await page.getByRole('textbox', { name: 'Page', exact: true }).fill('/pricing');
  await page.getByRole('combobox', { name: 'Which way' }).selectOption({ label: 'Back from' });
  await page.getByRole('button', { name: 'Show', exact: true }).click();
  await expect(page.getByText('back from /pricing: 2 of 2 sessions')).toBeVisible();
  await page.getByRole('textbox', { name: 'Page', exact: true }).fill('/nowhere');
  await page.getByRole('button', { name: 'Show', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'No paths' })).toBeVisible();
  await page.getByRole('link', { name: 'Paths from the beginning' }).click();
  await expect(page.getByText('from the beginning: 2 of 2 sessions')).toBeVisible();
});

/** Each page of the tabs, with what it shows and with nothing to show. */
const ADDRESSES = [
  '/sites/1/pages',
  '/sites/1/pages?page=/none',
  '/sites/1/pages/report?of=/lamps',
  '/sites/1/pages/report?of=/none',
  '/sites/1/events',
  '/sites/1/events/report?of=signup',
  '/sites/1/events/report?of=click&kind=click',
  '/sites/1/paths',
  '/sites/1/paths?way=before&of=/pricing',
  '/sites/1/paths?way=after&of=/none',
];

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in ${colorScheme} colours`, () => {
    test.use({ colorScheme });

    test('axe finds nothing in the tabs, which fit a phone @hydrated', async ({ page, request, pulse, sessions }) => {
      await visit(request, pulse);
      for (const address of ADDRESSES) {
        await expectFit(page, address, sessions.heading);
      }
    });
  });
}
