// What shows that a visitor is stuck, and how the timeline tells it.

import { expect, test } from '../../fixtures/test';

const DEAD = '<button>Pay</button>';

test('three clicks at one place within a second are a rage click, and one that changes nothing is dead @visitor', async ({ browse }) => {
  const { visitor, page } = await browse({ '/': { body: DEAD } });
  await page.getByRole('button').click({ clickCount: 3 });
  await expect.poll(() => visitor.events()).toEqual(['click Pay', 'click Pay', 'click Pay', 'rage_click Pay', 'dead_click Pay']);
});

test('clicks that do something are not dead @visitor', async ({ browse }) => {
  const { visitor, page } = await browse({
    '/': {
      body: `<button onclick="this.textContent = 'Kept'">Keep</button>
        <button onclick="document.querySelector('input').focus()">Search</button> <input aria-label="words">
        <button onclick="setTimeout(() => document.body.append('Loaded'), 2000)">Load</button>
        <a href="#part">Part</a>${DEAD}`,
    },
  });
  // From here on the page's time passes when the test says so: each click has its two and a half seconds.
  await page.clock.install();
  await page.reload();
  for (const control of ['Keep', 'Search', 'Load', 'Part', 'Pay']) {
    await page.getByText(control, { exact: true }).click();
    await page.clock.runFor(2_600);
  }
  await expect.poll(() => visitor.events()).toEqual([
    'click Keep',
    'click Search',
    'click Load',
    expect.stringMatching(/^click Part → /),
    'click Pay',
    'dead_click Pay',
  ]);
});

test('errors are told without what they quote, each once @visitor', async ({ browse, quiet }) => {
  quiet.except('the page throws', /visitor: page error: no cart for/);
  quiet.except('the page lets a promise fail', /visitor: page error: lost 17/);
  const { visitor, page } = await browse({
    '/': {
      body: `<button onclick="document.title += '.'; throw new Error(&quot;no cart for 'ann@mail.example' in 42&quot;)">Pay</button>
        <button onclick="document.title += '.'; Promise.reject(new Error('lost 17'))">Save</button>`,
    },
  });
  await page.getByRole('button', { name: 'Pay' }).click();
  await page.getByRole('button', { name: 'Pay' }).click();
  await page.getByRole('button', { name: 'Save' }).click();
  const errors = () => [...new Set(visitor.sent().filter(({ event }) => event === 'error').map(({ name }) => name))];
  await expect.poll(errors).toEqual([expect.stringMatching(/no cart for +in/), 'lost']);
  expect(errors().join()).not.toMatch(/ann@|mail\.example|42|17/);
});

test('a page says that it was not found, by an attribute or a call @visitor', async ({ browse }) => {
  const tag = '<script defer src="{pulse}/pulse.js" data-site="1" data-pulse-local data-pulse-404></script>';
  const { visitor, page, origin } = await browse({ '/gone': { head: tag }, '/app': { body: '<button onclick="pulse.notFound()">Look</button>' } });
  await expect.poll(() => visitor.events()).toHaveLength(1);
  await page.goto(`${origin}/app`);
  await page.getByRole('button').click();
  // What was under way when the page was left is sent again: an event is one by its id.
  const notFound = () => visitor.sent().filter(({ event }) => event === 'not_found');
  await expect.poll(() => [...new Map(notFound().map(({ id, path }) => [id, path])).values()]).toEqual(['/gone', '/app']);
});

test('how far down a page was seen is told when it is left @visitor', async ({ browse }) => {
  const tall = (height: number) => `<svg width="10" height="${height}" aria-hidden="true"></svg>`;
  const { visitor, page, origin } = await browse({ '/': { body: tall(4_000) }, '/next': {} });
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  const seen = await page.evaluate(() => {
    scrollTo(0, 1_000);
    return scrollY + innerHeight;
  });
  await expect.poll(() => page.evaluate(() => scrollY)).toBe(1_000);
  await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
  await page.goto(`${origin}/next`);
  const told = () => visitor.sent().filter(({ path, state }) => path === '/' && state === 'left').map(({ scroll }) => Math.round(scroll!));
  await expect.poll(told).toEqual([Math.round((seen / height) * 100)]);
});

test('the timeline tells it in words, with its sign @visitor', async ({ browse, expectTimeline }) => {
  const { visitor, page } = await browse({ '/': { body: `<form id="signup"><input aria-label="mail"></form>${DEAD}` } });
  await page.getByLabel('mail').click();
  await page.getByRole('button').click({ clickCount: 3 });
  await expect.poll(() => visitor.events()).toHaveLength(6);
  await expectTimeline(({ events }) => events, [
    ['form started signup', 'click Pay', 'click Pay', 'click Pay', '▲rage click Pay', '▲dead click Pay'],
  ]);
});
