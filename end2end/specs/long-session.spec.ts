// A session with more events than a page shows at once.

import { send, type SentEvent } from '../fixtures/collector';
import { expect, test } from '../fixtures/test';

const VIEWS = 5;
/** The collector takes fifty messages at once; two of them are the page view's own. */
const EVENTS_A_VIEW = 48;
const EVENTS = VIEWS * EVENTS_A_VIEW;
const AT_ONCE = 200;

test.beforeEach(async ({ request, pulse, sessions }) => {
  const names = ['Oak', 'Elm'];
  let session: string | undefined;
  for (let nth = 0; nth < VIEWS; nth++) {
    const events = Array.from({ length: EVENTS_A_VIEW }, (_, i): SentEvent => ({ event: 'click', name: names[i % 2]! }));
    const age = (VIEWS - nth) * 5_000;
    const url = `http://shop.example/shelves/${nth}`;
    // From an address each: so much from one would be too much.
    session = await send(request, pulse.dashboard, `203.0.113.${70 + nth}`, { url, age, events, session });
  }
  await sessions.open();
  await sessions.openSession(sessions.rows);
});

test('two hundred events are shown at once, and a link leads to the others', async ({ page, session }) => {
  await expect(session.events).toHaveCount(AT_ONCE);
  await expect(session.pages).toHaveCount(VIEWS);
  const parts = page.getByRole('navigation', { name: 'Parts of the timeline' });
  await expect(parts.getByRole('link')).toHaveText(['1–200', '201–240']);

  await parts.getByRole('link', { name: '201' }).click();
  await expect(page).toHaveURL(/\?part=2#timeline-title$/);
  await expect(session.events).toHaveCount(EVENTS - AT_ONCE);
  await expect(parts.locator('[aria-current]')).toHaveText('201–240');
  await page.reload();
  await expect(session.events).toHaveCount(EVENTS - AT_ONCE);
});

test('where a part ends in the middle of a page, a link goes on from there', async ({ page, session }) => {
  const cut = session.pages.filter({ hasText: '/shelves/4' });
  await cut.getByRole('link', { name: '40 later events' }).click();
  await expect(page).toHaveURL(/\?part=2#event-201$/);
  await expect(page.locator('#event-201')).toBeInViewport();
  await cut.getByRole('link', { name: '8 earlier events' }).click();
  await expect(page).toHaveURL(/sessions\/[0-9a-f-]+#event-200$/);
  await expect(page.locator('#event-200')).toBeInViewport();
});

test('a mark of the ribbon leads to its event on whichever part it stands', async ({ page, session }) => {
  await session.ribbon.getByRole('link').last().click();
  await expect(page).toHaveURL(/\?part=2#event-\d+$/);
  await expect(page.locator(new URL(page.url()).hash)).toBeInViewport();
});
