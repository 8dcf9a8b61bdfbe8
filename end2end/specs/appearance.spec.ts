// What everybody needs to read the dashboard: contrast, names, keyboard, a narrow screen.

import type { APIRequestContext, Page } from '@playwright/test';
import { findings } from '../fixtures/axe';
import { send, type SentEvent } from '../fixtures/collector';
import type { Pulse } from '../fixtures/pulse';
import { expect, test } from '../fixtures/test';

/** A session with everything that a page can show. */
const seed = (request: APIRequestContext, pulse: Pulse): Promise<string> =>
  send(request, pulse.dashboard, '203.0.113.30', {
    url: 'http://shop.example/lamps/a-lamp-with-a-name-that-goes-on-and-on-and-on-for-longer-than-a-phone-is-wide?utm_source=letter&utm_campaign=autumn',
    title: 'A lamp with a name that goes on and on',
    age: 95_000,
    events: [
      { event: 'click', name: 'See plans', target: 'http://shop.example/pricing' },
      { event: 'click', name: 'Oak', target: 'https://example.com/where/the/oak/grows/and/how/it/is/felled' },
      { event: 'click', name: 'Care guide', target: 'http://shop.example/care-guide.pdf' },
      { event: 'form', name: 'Sign up' },
      { event: 'custom', name: 'lamp_configured', props: { lamp: 'fable', price: 189, gift: true } },
      ...Array<SentEvent>(3).fill({ event: 'click', name: 'Next picture' }),
    ],
  });

/** Opens whatever can be opened, at once: one panel may lie above the button of another. */
const unfoldAll = (page: Page): Promise<void> =>
  page
    .getByRole('main')
    .locator('details')
    .evaluateAll((all) => all.forEach((details) => details.setAttribute('open', '')));

/** A list that is narrowed by conditions of every sort. */
const NARROWED = '/sites/1/sessions?page.contains=lamps&source.not=a&source.not=b&events.more=1&time=00:00-23:59&q=lamp';

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in ${colorScheme} colours`, () => {
    test.use({ colorScheme });

    test('axe finds nothing in the list and in a session @hydrated', async ({ page, request, pulse, sessions }) => {
      await sessions.open();
      await expect(sessions.heading).toHaveText('No sessions yet');
      expect(await findings(page)).toEqual([]);

      await seed(request, pulse);
      await sessions.open();
      await expect(sessions.rows).toHaveCount(1);
      expect(await findings(page)).toEqual([]);

      await page.goto(NARROWED);
      await expect(sessions.conditions).toHaveCount(5);
      await unfoldAll(page);
      expect(await findings(page)).toEqual([]);

      await sessions.open();
      await sessions.openSession(sessions.rows);
      await unfoldAll(page);
      expect(await findings(page)).toEqual([]);
    });

    test('axe finds nothing where people sign in @hydrated', async ({ page, context }) => {
      await context.clearCookies();
      await page.goto('/login?problem=wrong_password');
      await expect(page.getByRole('alert')).toBeVisible();
      expect(await findings(page)).toEqual([]);
    });

    test.describe('before there is an account', () => {
      test.use({ mode: 'empty' });

      test('axe finds nothing in the set-up page @hydrated', async ({ page, pulse }) => {
        await page.goto(`${pulse.setUpLink}&problem=passwords_differ`);
        await expect(page.getByRole('alert')).toBeVisible();
        expect(await findings(page)).toEqual([]);
      });
    });
  });
}

test('a session can be opened and left with the keyboard', async ({ page, request, pulse, sessions, session }) => {
  await seed(request, pulse);
  await sessions.open();
  const link = sessions.rows.getByRole('link');
  const tabTo = async (name: string, isFocused: () => Promise<boolean>): Promise<void> => {
    for (let presses = 0; presses < 40; presses++) {
      if (await isFocused()) return;
      await page.keyboard.press('Tab');
    }
    expect(await isFocused(), `Tab reaches ${name}`).toBe(true);
  };
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to content' })).toBeFocused();
  await page.keyboard.press('Enter');
  await tabTo('the session', () => link.evaluate((element) => element === document.activeElement));
  await page.keyboard.press('Enter');
  await expect(session.timeline).toBeVisible();

  const back = page.getByRole('link', { name: 'All sessions' });
  await tabTo('the way back', () => back.evaluate((element) => element === document.activeElement));
  await page.keyboard.press('Enter');
  await expect(sessions.rows).toHaveCount(1);
});

for (const width of [360, 768, 1000, 1280]) {
  test.describe(`on a screen ${width} pixels wide`, () => {
    test.use({ viewport: { width, height: 740 } });

    test('what the list can be narrowed with is readable', async ({ page, request, pulse }) => {
      await seed(request, pulse);
      await page.goto('/sites/1/sessions?period=2026-11-01T09:30..2026-11-02T10:00&sort=duration');
      const labels = page.locator('.toolbar .picker-label');
      await expect(labels).toHaveCount(4);
      const cut = await labels.evaluateAll((all) =>
        all.filter((label) => label.scrollWidth > label.clientWidth).map((label) => label.textContent),
      );
      expect(cut).toEqual([]);
    });
  });
}

test.describe('on a screen 360 pixels wide', () => {
  test.use({ viewport: { width: 360, height: 740 } });

  const overhang = (page: Page): Promise<number> =>
    page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

  test('nothing scrolls sideways', async ({ page, context, request, pulse, sessions }) => {
    await sessions.open();
    await expect(sessions.heading).toHaveText('No sessions yet');
    expect(await overhang(page), 'the empty list').toBe(0);

    await seed(request, pulse);
    await sessions.open();
    await expect(sessions.rows).toHaveCount(1);
    expect(await overhang(page), 'the list').toBe(0);
    await page.goto(NARROWED);
    await expect(sessions.conditions).toHaveCount(5);
    await unfoldAll(page);
    expect(await overhang(page), 'the conditions').toBe(0);
    await sessions.open();
    await sessions.openSession(sessions.rows);
    expect(await overhang(page), 'a session').toBe(0);

    await context.clearCookies();
    await page.goto('/login?problem=wrong_password');
    expect(await overhang(page), 'the sign-in page').toBe(0);
  });
});

test('the colours can be set and are kept @hydrated', async ({ page, sessions }) => {
  await sessions.open();
  const root = page.locator('html');
  await page.getByRole('button', { name: 'Colours: system. Change to light' }).click();
  await expect(root).toHaveAttribute('data-theme', 'light');
  await page.getByRole('button', { name: 'Colours: light. Change to dark' }).click();
  await expect(root).toHaveAttribute('data-theme', 'dark');
  await page.reload();
  await expect(root).toHaveAttribute('data-theme', 'dark');
  await page.getByRole('button', { name: 'Colours: dark. Change to system' }).click();
  await expect(root).not.toHaveAttribute('data-theme');
});
