// Visits of one page: how long somebody stayed, and how much of it they were there.

import type { Page } from '@playwright/test';
import { expect, test } from '../../fixtures/test';

/** A page of several screens. */
const STORY = { '/story': { body: '<svg width="10" height="4000" aria-hidden="true"></svg>' } };

/** Scrolls as nothing else does; over when the page has heard of it. */
const scroll = (page: Page): Promise<void> =>
  page.evaluate(
    () =>
      new Promise<void>((heard) => {
        addEventListener('scroll', () => heard(), { once: true });
        scrollBy(0, 600);
      }),
  );

const isAtTheEnd = (page: Page): Promise<boolean> =>
  page.evaluate(() => Math.ceil(scrollY + innerHeight) >= document.documentElement.scrollHeight);

test('a reader reads an article to its end @visitor', async ({ visitOnStoppedClock, expectTold }) => {
  const reader = await visitOnStoppedClock();
  await reader.shop.open('/journal/lamps-worth-repairing');
  for (const key of ['PageDown', 'PageDown', 'PageDown', 'PageDown', 'PageDown', 'End']) {
    await reader.stays(20);
    await reader.page.keyboard.press(key);
  }
  await expect.poll(() => isAtTheEnd(reader.page)).toBe(true);
  await reader.stays(20.4);
  await reader.leave();

  await expectTold({
    sentence:
      'Came directly on a Windows computer, opened 1 page for 2 min 20 s (2 min 20 s active), and was last on /journal/lamps-worth-repairing.',
    ribbon: '1 page: /journal/lamps-worth-repairing open 2 min 20 s; 0 events; 2 min 20 s (2 min 20 s active)',
    timeline: [{ path: '/journal/lamps-worth-repairing', active: '2 min 20 s', also: ['seen to 100 %', 'A lamp worth repairing'] }],
  });
});

test('forty seconds with a scroll after twenty are forty seconds active @visitor', async ({ site, visitOnStoppedClock, expectTold }) => {
  const { origin } = await site(STORY);
  const visitor = await visitOnStoppedClock();
  await visitor.page.goto(`${origin}/story`);
  await visitor.stays(20);
  await scroll(visitor.page);
  await visitor.stays(20.4);
  await visitor.leave();

  await expectTold({
    sentence: 'Came directly on a Windows computer, opened 1 page for 40 s (40 s active), and was last on /story.',
    ribbon: '1 page: /story open 40 s; 0 events; 40 s (40 s active)',
    timeline: [{ path: '/story', active: '40 s' }],
  });
});

test('forty seconds without a sign of life are thirty seconds active and forty visible @visitor', async ({
  site,
  visitOnStoppedClock,
  expectTold,
}) => {
  const { origin } = await site(STORY);
  const visitor = await visitOnStoppedClock();
  await visitor.page.goto(`${origin}/story`);
  await visitor.stays(40.4);
  await visitor.leave();

  await expectTold({
    sentence: 'Came directly on a Windows computer, opened 1 page for 30 s (30 s active), and was last on /story.',
    ribbon: '1 page: /story open 40 s; 0 events; 30 s (30 s active)',
    timeline: [{ path: '/story', active: '30 s', also: ['40 s visible'] }],
  });
});

test('somebody puts an article aside for minutes and reads on @visitor', async ({ visitOnStoppedClock, expectTold }) => {
  const reader = await visitOnStoppedClock();
  await reader.shop.open('/journal/light-for-reading');
  await reader.stays(5 * 60);
  await reader.page.keyboard.press('PageDown');
  await reader.stays(20.4);
  await reader.leave();

  await expectTold({
    sentence:
      'Came directly on a Windows computer, opened 1 page for 5 min 20 s (50 s active), and was last on /journal/light-for-reading.',
    ribbon: '1 page: /journal/light-for-reading open 5 min 20 s; 0 events; 5 min 20 s (50 s active)',
    timeline: [
      {
        path: '/journal/light-for-reading',
        active: '50 s',
        also: ['5 min 20 s visible', '4 min 30 s without a sign of life'],
      },
    ],
  });
});

// A session ends thirty minutes after the server has heard of it last, by its own clock, which no test of the browser can
// set: that 31 minutes make two sessions is tested in server/tests/collect/journeys.rs. To it these are seconds.
test('a tab that wakes after 31 minutes begins another page view @visitor', async ({ visitOnStoppedClock, expectTold }) => {
  const visitor = await visitOnStoppedClock();
  await visitor.shop.open('/pricing');
  await visitor.stays(31 * 60);
  await visitor.page.keyboard.press('PageDown');
  await visitor.stays(10.4);
  await visitor.leave();
  await expect.poll(() => visitor.sent().at(-1)).toMatchObject({ path: '/pricing', resumed: true, state: 'left' });

  await expectTold({
    sentence: 'Came directly on a Windows computer, opened 2 pages in 31 min 10 s (40 s active), and was last on /pricing.',
    ribbon: '2 pages: /pricing open 31 min, /pricing open 10 s; 0 events; 31 min 10 s (40 s active)',
    timeline: [
      { path: '/pricing', active: '30 s', also: ['31 min visible', '30 min 30 s without a sign of life'] },
      { path: '/pricing', active: '10 s', also: ['back to /pricing'] },
    ],
  });
});
