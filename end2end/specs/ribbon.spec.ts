// The ribbon above the timeline: every page and event in it is a link to its place below.

import { send } from '../fixtures/collector';
import { expect, test } from '../fixtures/test';

test('a page and an event of the ribbon lead to their place in the timeline', async ({ page, request, pulse, sessions, session }) => {
  await send(request, pulse.dashboard, '203.0.113.50', {
    url: 'http://shop.example/lamps',
    age: 95_000,
    events: [{ event: 'form', name: 'Order' }],
  });
  await send(request, pulse.dashboard, '203.0.113.50', {
    url: 'http://shop.example/pricing',
    referrer: 'http://shop.example/lamps',
    age: 20_000,
  });
  await sessions.open();
  await sessions.openSession(sessions.rows);
  const { ribbon } = session;
  const target = session.timeline.locator(':target');
  await expect(ribbon).toHaveAccessibleName(/^2 pages: \/lamps open 1 min 35 s, \/pricing open 20 s; 1 event; /);

  await ribbon.getByRole('link', { name: /^2\. \/pricing, \d\d:\d\d:\d\d, 20 s active$/ }).click();
  await expect(page).toHaveURL(/#page-2$/);
  await expect(target.getByRole('heading', { level: 3 })).toHaveText('2. /pricing');
  await expect(target).toBeInViewport();

  await ribbon.getByRole('link', { name: /^Form sent “Order”, \d\d:\d\d:\d\d$/ }).press('Enter');
  await expect(page).toHaveURL(/#event-1$/);
  await expect(target).toContainText('Order');
  await expect(target).toBeInViewport();
});

test('the keyboard reaches the pages of the ribbon', async ({ page, request, pulse, sessions, session }) => {
  await send(request, pulse.dashboard, '203.0.113.51', { url: 'http://shop.example/lamps', age: 40_000 });
  await sessions.open();
  await sessions.openSession(sessions.rows);
  const first = session.ribbon.getByRole('link', { name: /^1\. \/lamps, / });
  const isFocused = () => first.evaluate((link) => link === document.activeElement);
  await page.getByRole('link', { name: 'All sessions' }).focus();
  for (let presses = 0; presses < 20 && !(await isFocused()); presses++) await page.keyboard.press('Tab');
  await expect(first).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/#page-1$/);
});

test('pages of perhaps several people lie in two lanes', async ({ page, request, pulse, sessions, session }) => {
  // Neither was reached from the other.
  await send(request, pulse.dashboard, '203.0.113.52', { url: 'http://shop.example/lamps', age: 60_000 });
  await send(request, pulse.dashboard, '203.0.113.52', { url: 'http://shop.example/pricing', age: 40_000 });
  await sessions.open();
  await sessions.openSession(sessions.rows);
  await expect(page.getByText('Two lanes: perhaps several people')).toBeVisible();
  const lane = async (name: RegExp): Promise<{ y: number; height: number }> =>
    (await session.ribbon.getByRole('link', { name }).boundingBox())!;
  const [upper, lower] = [await lane(/^1\. \/lamps, /), await lane(/^2\. \/pricing, /)];
  expect(upper.y + upper.height, 'the later lies below').toBeLessThanOrEqual(lower.y);
});
