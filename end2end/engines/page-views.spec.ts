// What is one page view.

import { expect, test } from './test';

const ROUTER = `<button onclick="history.pushState({}, '', '/about'); setTimeout(() => (document.title = 'About us'), 50)">About</button>`;

test('a page that is loaded is a page view', async ({ browse }) => {
  const { site } = await browse({ '/': {} });
  await expect.poll(() => site.views).toMatchObject([{ url: `${site.origin}/`, title: '/', referrer: '' }]);
});

test('a page that a router shows is one, with the title that it sets a moment later', async ({ browse }) => {
  const { tab, site } = await browse({ '/': { body: ROUTER } });
  await tab.click('button');
  await expect
    .poll(() => site.views.map(({ url, title, referrer }) => [site.path(url), title, site.path(referrer)]))
    .toEqual([['/', '/', ''], ['/about', 'About us', '/']]);
});

/** Says whether it is still the same document. */
const mark = () => Object.assign(window, { marked: true }) && true;
const isMarked = () => 'marked' in window;

test('a page that comes back out of memory is a page view of its own', async ({ browse }) => {
  const { tab, site } = await browse({ '/': {}, '/next': {} });
  await tab.run(mark);
  await expect.poll(() => [site.paths, site.underWay]).toEqual([['/'], 0]);
  await tab.open(`${site.origin}/next`);
  await expect.poll(() => site.paths).toEqual(['/', '/next']);
  await tab.back();
  await expect.poll(() => site.paths).toEqual(['/', '/next', '/']);
  expect(await tab.run(isMarked)).toBe(true);
});

test('a page out of memory tells of itself, though an answer came while it was there', async ({ browse }) => {
  // Neither engine settles a fetch whose answer comes while its page is in memory.
  const { tab, site } = await browse({ '/': { body: '<button>Buy</button>' }, '/next': {} });
  await expect.poll(() => [site.paths, site.underWay]).toEqual([['/'], 0]);
  const letGo = site.holdAnswers();
  await tab.click('button');
  await expect.poll(() => site.events).toEqual(['click Buy']);
  await tab.open(`${site.origin}/next`);
  letGo();
  await expect.poll(() => [site.paths, site.underWay]).toEqual([['/', '/next'], 0]);
  await tab.back();
  await expect.poll(() => site.paths).toEqual(['/', '/next', '/']);
});

test('a page that is loaded again on the way back is one too', async ({ browse }) => {
  // Firefox keeps no page in memory that says so, and WebKit no more than the last two.
  const headers = { 'cache-control': 'no-store' };
  const { tab, site } = await browse({ '/': { headers }, '/a': { headers }, '/b': { headers }, '/c': { headers } });
  await tab.run(mark);
  for (const path of ['/a', '/b', '/c']) {
    await tab.open(site.origin + path);
    await expect.poll(() => site.paths.at(-1)).toBe(path);
  }
  await tab.run(() => history.go(-3));
  await expect.poll(() => site.paths).toEqual(['/', '/a', '/b', '/c', '/']);
  expect(await tab.run(isMarked)).toBe(false);
});
