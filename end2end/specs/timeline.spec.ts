// A session's timeline: addresses of moments, how pages ended, what happened again and again, what is shown.

import { send, type SentEvent } from '../fixtures/collector';
import { expect, test } from '../fixtures/test';

const VISITOR = '203.0.113.70';
const PAY: SentEvent = { event: 'click', name: 'Pay' };

/** Two pages: on the first four clicks, a form and an event, on the second a click. */
test.beforeEach(async ({ request, pulse, sessions }) => {
  await send(request, pulse.dashboard, VISITOR, {
    url: 'http://shop.example/pricing',
    events: [PAY, PAY, PAY, PAY, { event: 'form', name: 'Order' }, { event: 'custom', name: 'plan_chosen' }],
  });
  await send(request, pulse.dashboard, VISITOR, {
    url: 'http://shop.example/thanks',
    age: 500,
    events: [{ event: 'click', name: 'Invoice' }],
  });
  await sessions.open();
  await sessions.openSession(sessions.rows);
});

test('each page says how it ended and leads to the one that it went on to', async ({ page, session }) => {
  const [pricing, thanks] = await session.read('http://shop.example');
  expect([pricing!.state, thanks!.state]).toEqual(['went on to /thanks', 'closed or left here']);
  await session.pages.first().getByRole('link', { name: '/thanks' }).click();
  await expect(page).toHaveURL(/#page-2$/);
  await expect(session.pointedAt).toContainText('2. /thanks');
  await expect(session.pointedAt).toBeInViewport();
});

test('the time of an event is a link to it, which shows it again', async ({ page, session }) => {
  const form = session.event('Order');
  await form.getByRole('link').click();
  await expect(page).toHaveURL(/#event-5$/);
  await expect(session.pointedAt).toContainText('form sent Order');
  await page.reload();
  await expect(session.pointedAt).toContainText('form sent Order');
  await expect(form).toBeInViewport();
});

test('what happened again and again is one line, and each time can still be reached', async ({ page, session }) => {
  const second = session.moment('+0.2 s');
  await expect(session.folds).toHaveText(['+0.1 sclick Pay, 4 times, 0.1 s to 0.4 s']);
  await expect(second).toBeHidden();
  await session.folds.click();
  await expect(second).toBeVisible();
  await second.click();
  await expect(page).toHaveURL(/#event-2$/);

  // Loaded anew it is folded again, but for whom its address names one of them.
  const { pathname } = new URL(page.url());
  await page.goto('about:blank');
  await page.goto(pathname);
  await expect(second).toBeHidden();
  await page.goto(`${pathname}#event-2`);
  await expect(second).toBeVisible();
  await page.goto('about:blank');
  await page.goto(`${pathname}#event-3`);
  await expect(session.moment('+0.3 s')).toBeInViewport();
});

test('events are shown by their kind, as the address says', async ({ page, session }) => {
  const { shown } = session;
  const shownEvents = async (): Promise<string[]> =>
    (await session.read('http://shop.example')).flatMap(({ events }) => events);
  await expect(shown.getByRole('link')).toHaveText(['Everything 7', 'Pages only 2', 'Clicks 5', 'Forms 1', 'Custom events 1']);
  await expect(shown.locator('[aria-current]')).toHaveText('Everything 7');

  await shown.getByRole('link', { name: 'Forms' }).click();
  await expect(page).toHaveURL(/\?show=forms#/);
  await expect(shown.locator('[aria-current]')).toHaveText('Forms 1');
  await expect(session.timeline.getByText('6 events are hidden.')).toBeVisible();
  expect(await shownEvents()).toEqual(['form sent Order']);
  await expect(session.pages).toHaveCount(2);

  await shown.getByRole('link', { name: 'Clicks' }).click();
  await expect(session.timeline.getByText('2 events are hidden.')).toBeVisible();
  expect(await shownEvents()).toEqual([...Array<string>(4).fill('click Pay'), 'click Invoice']);
  await page.goBack();
  await expect(shown.locator('[aria-current]')).toHaveText('Forms 1');

  await session.timeline.getByRole('link', { name: 'Show everything' }).click();
  await expect(shown.locator('[aria-current]')).toHaveText('Everything 7');
  expect(await shownEvents()).toHaveLength(7);
});

test('what else the address says stays, and what it does not say well is everything', async ({ page, session }) => {
  const { pathname } = new URL(page.url());
  await page.goto(`${pathname}?country=DE&show=colours`);
  await expect(session.shown.locator('[aria-current]')).toHaveText('Everything 7');
  await session.shown.getByRole('link', { name: 'Pages only' }).click();
  await expect(page).toHaveURL(/\?country=DE&show=pages#/);
  await expect(session.timeline.getByText('7 events are hidden.')).toBeVisible();
  await expect(session.pages).toHaveCount(2);
});
