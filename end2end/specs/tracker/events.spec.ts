// What visitors do, and what of it is told.

import { expect, test } from '../../fixtures/test';

const SECRET = 'hunter2-geheim';

test('a click is a click by whatever means @visitor', async ({ browse }) => {
  const { visitor, page, origin } = await browse({
    '/': { body: '<a href="/a">Read on</a> <button>Buy</button> <button><svg aria-label="Menu"></svg></button> <input type="submit" value="Go">' },
    '/a': {},
  });
  const link = page.getByRole('link');
  for (const another of [{ modifiers: ['ControlOrMeta' as const] }, { button: 'middle' as const }]) {
    const tab = await visitor.opened(() => link.click(another));
    await tab.close();
    await page.bringToFront();
  }
  await page.getByRole('button', { name: 'Buy' }).click();
  await page.getByRole('button', { name: 'Buy' }).press('Enter');
  await page.getByRole('button', { name: 'Buy' }).press(' ');
  await page.getByRole('button', { name: 'Menu' }).click();
  await page.getByRole('button', { name: 'Buy' }).click({ button: 'middle' });
  await link.press('Enter');
  await expect
    .poll(() => visitor.events().map((event) => event.replace(origin, '')))
    .toEqual(['click Read on → /a', 'click Read on → /a', 'click Buy', 'click Buy', 'click Buy', 'click Menu', 'click Read on → /a']);
});

test('links are told by where they lead @visitor', async ({ browse }) => {
  const { visitor, page, origin } = await browse({
    '/': {
      body: `<a href="https://maker.example/lamps?session=1#top" onclick="event.preventDefault()">Maker</a> <a href="/guide.pdf" onclick="event.preventDefault()">Guide</a>
        <a href="mailto:ann@mail.example" onclick="event.preventDefault()">Write</a> <a href="tel:+4915123456789" onclick="event.preventDefault()">Call</a>`,
    },
  });
  for (const name of ['Maker', 'Guide', 'Write', 'Call']) await page.getByRole('link', { name }).click();
  await expect.poll(() => visitor.events()).toHaveLength(4);
  const events = visitor.events().map((event) => event.replace(origin, '').replace('?session=1', ''));
  expect(events).toEqual(['click Maker → https://maker.example/lamps', 'click Guide → /guide.pdf', 'click Write → mailto:', 'click Call → tel:']);
  expect(visitor.words).not.toMatch(/mail\.example|4915123456789/);
});

test('a form is told when it is sent, whoever sends it, and never what was typed @visitor', async ({ browse }) => {
  const values = { text: SECRET, password: SECRET, email: `${SECRET}@mail.example`, search: SECRET, url: `https://${SECRET}.example`, tel: SECRET };
  const fields = [...Object.keys(values), 'hidden'].map((type) => `<input type="${type}" name="${type}" aria-label="${type}" autocomplete="off">`);
  const { visitor, page } = await browse({
    '/': {
      body: `<form id="by-script" onsubmit="event.preventDefault()" novalidate>${fields.join('')}
          <textarea aria-label="textarea"></textarea><select aria-label="select"><option>${SECRET}</option></select>
          <div contenteditable role="textbox" aria-label="editor"></div><button>Save</button></form>
        <form name="by-browser" action="/thanks"><input name="q" required aria-label="needed"><button>Send</button></form>`,
    },
    '/thanks': {},
  });
  for (const [name, value] of Object.entries({ ...values, textarea: SECRET, editor: SECRET })) {
    await page.getByLabel(name, { exact: true }).fill(value);
    await page.getByLabel(name, { exact: true }).click();
  }
  await page.locator('[type=hidden]').evaluate((input: HTMLInputElement, secret) => (input.value = secret), SECRET);
  await page.getByRole('button', { name: 'Save' }).click();
  // It lacks what it needs, so the browser does not send it.
  await page.getByRole('button', { name: 'Send' }).click();
  await page.getByLabel('needed').fill(SECRET);
  await page.getByLabel('needed').press('Enter');
  await page.waitForURL(/thanks/);
  await expect.poll(() => visitor.views()).toEqual(['/', '/thanks']);
  expect(visitor.events().filter((event) => event.startsWith('form '))).toEqual(['form by-script', 'form by-browser']);
  expect(visitor.words.replaceAll(`?q=${SECRET}`, '')).not.toContain(SECRET);
});

test('parts of a page can be private, and parts can be ignored @visitor', async ({ browse }) => {
  const { visitor, page } = await browse({
    '/': {
      body: `<div data-pulse-private><button id="open-chat">Ann Lee wrote</button></div>
        <div data-pulse-ignore><button>Nobody hears this</button></div><button data-pulse-name="plan-pro">Choose</button>`,
    },
  });
  for (const button of await page.getByRole('button').all()) await button.click();
  await expect.poll(() => visitor.events()).toEqual(['click open-chat', 'click plan-pro']);
  expect(visitor.words).not.toContain('Ann');
});

test('an event that stands in the page is recorded instead of the click or the submission @visitor', async ({ browse }) => {
  const { visitor, page } = await browse({
    '/': {
      body: `<button data-pulse-event="signup" data-pulse-event-plan="pro">Join</button>
        <section data-pulse-event="teaser"><a href="#more">More</a></section>
        <form data-pulse-event="search" onsubmit="event.preventDefault()"><input aria-label="words"><button type="submit">Find</button></form>`,
    },
  });
  await page.getByRole('button', { name: 'Join' }).click();
  await page.getByRole('link', { name: 'More' }).click();
  await page.getByLabel('words').fill(SECRET);
  await page.getByRole('button', { name: 'Find' }).click();
  await expect
    .poll(() => visitor.events().filter((event) => !event.startsWith('dead_click')).map((event) => event.replace(/ →.*/, '')))
    .toEqual(['custom signup', 'custom teaser', 'click More', 'form_start form', 'click Find', 'custom search']);
  const signup = visitor.sent().find(({ name }) => name === 'signup')!;
  expect(signup.props).toEqual({ plan: 'pro' });
  expect(visitor.words).not.toContain(SECRET);
});

test('a page that freezes what scripts share and keeps its clicks to itself is a page view all the same @visitor', async ({ browse }) => {
  const { visitor, page } = await browse({
    '/': {
      head: `<script>Object.freeze(Object.prototype); Object.freeze(Array.prototype); addEventListener('click', (e) => e.stopImmediatePropagation(), true)</script>
        <script defer src="{pulse}/pulse.js" data-site="1" data-pulse-local></script>`,
      body: '<button>Buy</button>',
    },
  });
  await page.getByRole('button').click();
  await expect.poll(() => visitor.views()).toEqual(['/']);
});
