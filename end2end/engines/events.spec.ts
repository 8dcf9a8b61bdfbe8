// What visitors do, and what of it is told.

import { expect, test } from './test';

const SECRET = 'hunter2-geheim';

test('the click on a link that leaves the page at once is told', async ({ browse }) => {
  const { tab, site } = await browse({ '/': { body: '<a href="/next">Read on</a>' }, '/next': {} });
  await expect.poll(() => site.paths).toEqual(['/']);
  await tab.click('a');
  await expect.poll(() => site.paths).toEqual(['/', '/next']);
  await expect.poll(() => site.events).toEqual(['click Read on → /next']);
});

for (const press of ['middle', 'ctrl'] as const) {
  test(`a ${press} click that opens a link in another tab is told`, async ({ browse }) => {
    const { tab, site } = await browse({ '/': { body: '<a href="/next">Read on</a>' }, '/next': {} });
    await tab.click('a', press);
    await expect.poll(() => site.events).toEqual(['click Read on → /next']);
  });
}

test('a button is called by its accessible name', async ({ browse }) => {
  const { tab, site } = await browse({
    '/': { body: '<button id="a"><svg width="20" height="20" aria-label="Menu"></svg></button> <button id="b" aria-label="Close the offer">×</button>' },
  });
  await tab.click('#a');
  await tab.click('#b');
  await expect.poll(() => site.events).toEqual(['click Menu', 'click Close the offer']);
});

test('a form is told when it is sent, and never what was typed', async ({ browse }) => {
  const { tab, site } = await browse({
    '/': {
      body: `<form id="sign-up" method="post" action="/thanks"><input name="name"><input name="password" type="password">
          <textarea name="message"></textarea><button>Join</button></form>`,
    },
    '/thanks': {},
  });
  for (const field of ['[name=name]', '[name=password]', 'textarea']) await tab.type(field, SECRET);
  await tab.click('button');
  await expect.poll(() => site.paths).toEqual(['/', '/thanks']);
  await expect.poll(() => site.events).toEqual(['form_start sign-up', 'click Join', 'form sign-up']);
  expect(site.bodies.join()).not.toContain(SECRET);
});

test('an event of the site’s own comes with its properties', async ({ browse }) => {
  const { site } = await browse({
    '/': { body: `<script>addEventListener('load', () => pulse('Signup', { plan: 'pro', seats: 3, trial: true }))</script>` },
  });
  await expect
    .poll(() => site.messages.filter(({ event }) => event))
    .toMatchObject([{ event: 'custom', name: 'Signup', props: { plan: 'pro', seats: 3, trial: true } }]);
});
