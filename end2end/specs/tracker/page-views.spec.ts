// What is one page view, and what is none.

import { expect, test } from '../../fixtures/test';

const ROUTER = `
  <button onclick="history.pushState({}, '', '/about'); setTimeout(() => (document.title = 'About us'), 50)">About</button>
  <button onclick="history.replaceState({}, '', '/settled')">Settle</button>
  <button onclick="history.pushState({}, '', '?sort=price')">Sort</button>
  <button onclick="location.hash = 'faq'">Questions</button>`;

test('another path is another page view, a filter and an anchor are none @visitor', async ({ browse }) => {
  const { visitor, page } = await browse({ '/': { body: ROUTER } });
  await page.getByRole('button', { name: 'About' }).click();
  await page.getByRole('button', { name: 'Sort' }).click();
  await page.getByRole('button', { name: 'Questions' }).click();
  await page.getByRole('button', { name: 'Settle' }).click();
  await page.goBack();
  await page.goBack();
  await page.goBack();
  await expect.poll(() => visitor.views()).toEqual(['/', '/about', '/settled', '/about', '/']);
});

test('a page that a router shows is sent with the title that it sets a moment later @visitor', async ({ browse }) => {
  const { visitor, page } = await browse({ '/': { body: ROUTER } });
  await page.getByRole('button', { name: 'About' }).click();
  await expect
    .poll(() => visitor.sent().filter(({ event, state }) => !event && !state).map(({ path, title, referrer }) => [path, title, referrer ? new URL(referrer).pathname : '']))
    .toEqual([['/', '/', ''], ['/about', 'About us', '/']]);
});

test('a hash is a page view of its own where the site says so @visitor', async ({ browse }) => {
  const { visitor, page } = await browse({
    '/': {
      head: '<script defer src="{pulse}/pulse.js" data-site="1" data-pulse-local data-pulse-hash></script>',
      body: `<button onclick="history.pushState({}, '', '#/b')">Push</button> <a href="#/c">Follow</a>`,
    },
  });
  const hashes = () => [...new Map(visitor.sent().map(({ view, url }) => [view, new URL(url).hash])).values()];
  await expect.poll(hashes).toEqual(['']);
  await page.getByRole('button', { name: 'Push' }).click();
  await page.getByRole('link', { name: 'Follow' }).click();
  await page.goBack();
  await expect.poll(hashes).toEqual(['', '#/b', '#/c', '#/b']);
});

test('a page out of the browser’s memory is a page view of its own @visitor', async ({ browse }) => {
  const { visitor, page, origin } = await browse({ '/': {}, '/next': {} });
  await expect.poll(() => visitor.views()).toEqual(['/']);
  await page.goto(`${origin}/next`);
  await expect.poll(() => visitor.views()).toEqual(['/', '/next']);
  // What comes out of memory does not load, which goBack() would wait for.
  await page.evaluate(() => history.back());
  await expect.poll(() => visitor.views()).toEqual(['/', '/next', '/']);
});

test('a tab that is opened in the background is a page view once it is looked at @visitor', async ({ browse }) => {
  const { visitor, page } = await browse({ '/': { body: '<a href="/later">Later</a>' }, '/later': {} });
  await expect.poll(() => visitor.views()).toEqual(['/']);
  const later = await visitor.opened(() => page.getByRole('link').click({ modifiers: ['ControlOrMeta'] }));
  await later.waitForLoadState();
  await expect.poll(() => visitor.events()).toHaveLength(1);
  expect(visitor.views()).toEqual(['/']);
  await later.bringToFront();
  await expect.poll(() => visitor.views()).toEqual(['/', '/later']);
});

test('a script that is loaded twice counts once, and calls from before are kept in order @visitor', async ({ browse }) => {
  const tag = '<script defer src="{pulse}/pulse.js" data-site="1" data-pulse-local></script>';
  const stub = '<script>window.pulse=window.pulse||function(){(pulse.q=pulse.q||[]).push(arguments)};pulse("first");pulse("second",{of:2})</script>';
  const { visitor } = await browse({ '/': { head: stub + tag + tag } });
  await expect.poll(() => visitor.events()).toEqual(['custom first', 'custom second']);
  expect(visitor.views()).toEqual(['/']);
});

test('a tag manager that drops the attributes can put the settings into the address @visitor', async ({ browse }) => {
  const { visitor } = await browse({
    '/': { head: '<script>const tag=document.createElement("script");tag.src="{pulse}/pulse.js?site=1&pulseLocal";document.head.append(tag)</script>' },
  });
  await expect.poll(() => visitor.views()).toEqual(['/']);
});
