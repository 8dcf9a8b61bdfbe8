// Which sessions the list shows, and in which order: links and plain forms, and the address says what is chosen.

import type { APIRequestContext } from '@playwright/test';
import { send, type SentView } from '../fixtures/collector';
import type { Pulse } from '../fixtures/pulse';
import { expect, test } from '../fixtures/test';

const HOUR = 3_600_000;

/** Sessions one after the other, each from an address of its own: the last one is the newest. */
const sendAll = async (request: APIRequestContext, pulse: Pulse, views: (Omit<SentView, 'url'> & { path: string })[]): Promise<void> => {
  for (const [i, { path, ...view }] of views.entries()) {
    const age = 2_000 + 1_000 * (views.length - i);
    await send(request, pulse.dashboard, `203.0.113.${60 + i}`, { url: `http://shop.example${path}`, age, ...view });
  }
};

const click = { event: 'click', name: 'Oak' } as const;

test('a period is chosen by a link and by its ends', async ({ page, request, pulse, sessions }) => {
  await sendAll(request, pulse, [{ path: '/earlier', age: 2 * HOUR }, { path: '/lately' }]);
  await sessions.open();
  await expect(sessions.period).toContainText('Last 7 days');
  await sessions.expectPaths('/lately', '/earlier');

  let panel = await sessions.unfold('Period: ');
  await panel.getByRole('link', { name: 'Last 60 minutes' }).click();
  await expect(sessions.period).toContainText('Last 60 minutes');
  await sessions.expectPaths('/lately');
  await expect(page).toHaveURL('/sites/1/sessions?period=1h');

  panel = await sessions.unfold('Period: ');
  const minute = (ago: number) => new Date(Date.now() - ago).toISOString().slice(0, 16);
  await panel.getByLabel('From').fill(minute(3 * HOUR));
  await panel.getByLabel('To').fill(minute(HOUR));
  await panel.getByRole('button', { name: 'Show this period' }).click();
  await sessions.expectPaths('/earlier');
  await expect(sessions.period).toContainText(/\d{4}, \d\d:\d\d to \d+ \w{3} \d{4}, \d\d:\d\d/);
});

test('a condition is added by a form, changed, and removed by its chip', async ({ page, request, pulse, sessions }) => {
  await sendAll(request, pulse, [{ path: '/lamps/oak' }, { path: '/lamps/brass' }, { path: '/pricing' }]);
  await sessions.open();
  await sessions.addCondition('Page', 'contains', '/lamps');
  await expect(sessions.conditions).toHaveText(['Page contains /lamps']);
  await sessions.expectPaths('/lamps/brass', '/lamps/oak');

  await sessions.addCondition('Entry page', 'is not', '/lamps/oak');
  await expect(sessions.conditions).toHaveText(['Page contains /lamps', 'Entry page is not /lamps/oak']);
  await sessions.expectPaths('/lamps/brass');

  const panel = await sessions.unfold('Entry page is not');
  await expect(panel.getByLabel('Value')).toHaveValue('/lamps/oak');
  await panel.getByLabel('Entry page').selectOption('is');
  await panel.getByRole('button', { name: 'Change' }).click();
  await expect(sessions.conditions).toHaveText(['Page contains /lamps', 'Entry page is /lamps/oak']);
  await sessions.expectPaths('/lamps/oak');

  await page.getByRole('link', { name: 'Remove: Entry page is /lamps/oak' }).click();
  await expect(sessions.conditions).toHaveText(['Page contains /lamps']);
  await expect(sessions.rows).toHaveCount(2);
  await page.getByRole('link', { name: 'Clear' }).click();
  await expect(sessions.conditions).toHaveCount(0);
  await expect(sessions.rows).toHaveCount(3);
  await expect(page).toHaveURL('/sites/1/sessions');
});

test('a value is typed as the screen shows it, and what no list knows is told', async ({ request, pulse, page, sessions }) => {
  await sendAll(request, pulse, [{ path: '/one', events: [click] }, { path: '/two' }]);
  await sessions.open();
  await sessions.addCondition('Event', 'is', 'Click');
  await expect(sessions.conditions).toHaveText(['Event is Click']);
  await sessions.expectPaths('/one');
  await sessions.addCondition('Device', 'is', 'DESKTOP');
  await expect(sessions.conditions).toHaveText(['Event is Click', 'Device is Desktop']);
  await sessions.expectPaths('/one');
  const panel = await sessions.unfold('Device is');
  await expect(panel.getByLabel('Value')).toHaveValue('Desktop');

  await sessions.open();
  await sessions.addCondition('Country', 'is', 'germany');
  await expect(sessions.conditions).toHaveText(['Country is Germany']);
  await expect(sessions.heading, 'the tests’ addresses are in no country').toHaveText('No sessions match');

  await sessions.open();
  await sessions.addCondition('Country', 'is', 'Germny');
  await expect(page.getByText('No country is called “Germny”')).toContainText('by its name or its two letters');
  await expect(sessions.rows).toHaveCount(2);
});

test('a condition with several values loses one of them', async ({ request, pulse, page, sessions }) => {
  await sendAll(request, pulse, [{ path: '/one' }, { path: '/two' }, { path: '/three' }]);
  await page.goto('/sites/1/sessions?entry=/one&entry=/two');
  await expect(sessions.conditions).toHaveText(['Entry page is /one or /two']);
  await sessions.expectPaths('/two', '/one');
  const panel = await sessions.unfold('Entry page is');
  await panel.getByRole('link', { name: 'Remove the value /two' }).click();
  await expect(sessions.conditions).toHaveText(['Entry page is /one']);
  await sessions.expectPaths('/one');
});

test('a column’s head orders the list, and turns the order round', async ({ request, pulse, page, sessions }) => {
  await sendAll(request, pulse, [{ path: '/two', events: [click, click] }, { path: '/none' }, { path: '/one', events: [click] }]);
  await sessions.open();
  await sessions.expectPaths('/one', '/none', '/two');
  const events = page.getByRole('columnheader', { name: 'Events' });
  await events.getByRole('link').click();
  await expect(events).toHaveAttribute('aria-sort', 'descending');
  await expect(page.getByText('Most events first, times in UTC')).toBeVisible();
  await sessions.expectPaths('/two', '/one', '/none');
  await events.getByRole('link').click();
  await expect(events).toHaveAttribute('aria-sort', 'ascending');
  await sessions.expectPaths('/none', '/one', '/two');

  const panel = await sessions.unfold('Order: ');
  await panel.getByRole('link', { name: 'Newest first' }).click();
  await expect(page.getByRole('columnheader', { name: 'Start' })).toHaveAttribute('aria-sort', 'descending');
  await expect(events).not.toHaveAttribute('aria-sort');
  await expect(page).toHaveURL('/sites/1/sessions');
});

test('a search finds a part of a title and keeps the conditions', async ({ request, pulse, page, sessions }) => {
  await sendAll(request, pulse, [{ path: '/lamps/1', title: 'The Fable lamp' }, { path: '/journal', title: 'A fable' }, { path: '/' }]);
  await sessions.open();
  await sessions.search('FABLE');
  await expect(sessions.conditions).toHaveText(['Search for FABLE']);
  await sessions.expectPaths('/journal', '/lamps/1');
  await sessions.addCondition('Page', 'starts with', '/lamps');
  await sessions.expectPaths('/lamps/1');
  await page.getByRole('link', { name: 'Remove: Search for FABLE' }).click();
  await expect(sessions.conditions).toHaveText(['Page starts with /lamps']);
  await sessions.expectPaths('/lamps/1');
});

test('where nothing matches, each link asks for less', async ({ request, pulse, page, sessions }) => {
  await sendAll(request, pulse, [{ path: '/' }]);
  await page.goto('/sites/1/sessions?page.contains=/nowhere&period=24h');
  await expect(sessions.heading).toHaveText('No sessions match');
  await expect(page.getByRole('link', { name: 'Last 90 days' })).toHaveAttribute('href', /period=90d/);
  await page.getByRole('link', { name: 'Without: Page contains /nowhere' }).click();
  await expect(sessions.rows).toHaveCount(1);
  await expect(page).toHaveURL('/sites/1/sessions?period=24h');
});

test('what is not understood is named and the rest is shown', async ({ request, pulse, page, sessions }) => {
  await sendAll(request, pulse, [{ path: '/lamps' }, { path: '/' }]);
  await page.goto('/sites/1/sessions?period=8d&country.like=DE&page=/lamps');
  const sentence = page.getByText('not understood and is ignored:');
  await expect(sentence).toContainText('period');
  await expect(sentence).toContainText('country.like');
  await sessions.expectPaths('/lamps');

  await sessions.open();
  await sessions.addCondition('Pages', 'more than', 'many');
  await expect(sentence).toContainText('ignored: value');
  await expect(sessions.rows).toHaveCount(2);
});

test('machines can be shown and hidden again', async ({ page, sessions }) => {
  await sessions.open();
  await page.getByRole('link', { name: 'Show machines' }).click();
  await expect(page).toHaveURL('/sites/1/sessions?machines=shown');
  await page.getByRole('link', { name: 'Hide machines' }).click();
  await expect(page).toHaveURL('/sites/1/sessions');
});
