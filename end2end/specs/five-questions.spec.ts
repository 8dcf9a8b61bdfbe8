// What five teams come with, answered from made-up data on the way that somebody new takes, each in at most four clicks.

import type { Locator, Page } from '@playwright/test';
import { expect, test } from '../fixtures/test';
import { Tabs } from '../pages/tabs';

test.use({ mode: 'seeded' });

/** A way through the pages that counts its clicks. */
const way = () => {
  let clicks = 0;
  return {
    click: async (target: Locator): Promise<void> => {
      clicks += 1;
      await target.click();
    },
    clicks: (): number => clicks,
  };
};

const tab = (page: Page, name: string): Locator =>
  page.getByRole('navigation', { name: 'Pages of this site' }).getByRole('link', { name, exact: true });

test.beforeEach(async ({ page, sessions }) => {
  await page.goto('/');
  await expect(sessions.rows.first()).toBeVisible();
});

test('a designer asks where people struggle', async ({ page, sessions }) => {
  const { click, clicks } = way();
  await click(tab(page, 'Pages'));
  await click(page.getByRole('columnheader', { name: 'Friction' }).getByRole('link'));
  await expect(page.getByRole('columnheader', { name: 'Friction' })).toHaveAttribute('aria-sort', 'descending');
  await click(new Tabs(page).rows.first().getByRole('rowheader').getByRole('link'));
  const trouble = page.getByRole('heading', { name: 'Friction and errors' }).locator('..');
  await expect(trouble.getByRole('cell').first()).toHaveText(/^[1-9]/);
  await click(trouble.getByRole('cell').nth(1).getByRole('link'));
  await expect(sessions.rows.first()).toBeVisible();
  expect(clicks()).toBeLessThanOrEqual(4);
});

test('a writer asks which pages are read to the end', async ({ page, sessions }) => {
  const { click, clicks } = way();
  await click(tab(page, 'Pages'));
  await click(page.getByRole('columnheader', { name: 'Read' }).getByRole('link'));
  const tabs = new Tabs(page);
  await expect(page.getByRole('columnheader', { name: 'Read' })).toHaveAttribute('aria-sort', 'descending');
  await expect(await tabs.figure(tabs.rows.first(), 'Read')).toHaveText(/[1-9]\d*.%$/);
  await click(tabs.rows.first().getByRole('rowheader').getByRole('link'));
  await expect(sessions.heading).toHaveText(/^\//);
  await expect(page.getByRole('heading', { name: 'Scroll depth' })).toBeVisible();
  expect(clicks()).toBeLessThanOrEqual(4);
});

test('a marketer asks which sources bring orders', async ({ page, sessions }) => {
  const { click, clicks } = way();
  await click(page.locator('summary', { hasText: /^Goal$/ }));
  await click(page.getByRole('link', { name: 'Ordered', exact: true }));
  const sources = page.getByRole('group').filter({ has: page.locator('summary', { hasText: /^Source$/ }) });
  const converted = sources.getByText(/[1-9]\d* \(.*\) converted/);
  await expect(converted.first()).toBeVisible();
  await click(converted.first().getByRole('link'));
  await expect(sessions.rows.filter({ hasText: 'Ordered after' }).first()).toBeVisible();
  expect(clicks()).toBeLessThanOrEqual(4);
});

test('a product manager asks what is used, and how', async ({ page }) => {
  const { click, clicks } = way();
  await click(tab(page, 'Events'));
  await click(page.getByRole('link', { name: 'finish chosen', exact: true }));
  const tabs = new Tabs(page);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('finish chosen');
  await expect(await tabs.figure(tabs.rows.first(), 'Times')).toHaveText(/[1-9]/);
  expect(clicks()).toBeLessThanOrEqual(4);
});

test('support asks what went wrong in one session', async ({ page, sessions, session }) => {
  const { click, clicks } = way();
  await click(page.locator('summary', { hasText: /^Views$/ }));
  await click(page.getByRole('link', { name: 'Needs an answer', exact: true }));
  await expect(page.getByText('somebody may ask about it').last()).toBeVisible();
  await click(sessions.rows.first().getByRole('link').first());
  await expect(session.timeline).toBeVisible();
  await expect(session.timeline.getByText(/script error|page not found/i).first()).toBeVisible();
  expect(clicks()).toBeLessThanOrEqual(4);
});
