// What a visitor can say about being recorded, and what of it stays in the browser.

import type { Page } from '@playwright/test';
import type { OwnPage } from '../../fixtures/own-site';
import { expect, test } from '../../fixtures/test';

/** A page with the calls as buttons, and these attributes on the tag. */
function asking(attributes = ''): OwnPage {
  const calls = ['optOut', 'optIn', 'forget'].map((call) => `<button data-pulse-ignore onclick="pulse.${call}()">${call}</button>`);
  return {
    head: `<script defer src="{pulse}/pulse.js" data-site="1" data-pulse-local ${attributes}></script>`,
    body: `${calls.join(' ')} <button onclick="this.textContent += '!'">Buy</button>`,
  };
}

function say(page: Page, call: 'optOut' | 'optIn' | 'forget'): Promise<void> {
  return page.getByRole('button', { name: call }).click();
}

function buy(page: Page): Promise<void> {
  return page.getByRole('button', { name: 'Buy' }).click();
}

function kept(page: Page): Promise<{ cookies: string; local: string[]; session: string[] }> {
  return page.evaluate(() => ({
    cookies: document.cookie,
    local: Object.keys(localStorage),
    session: Object.keys(sessionStorage),
  }));
}

for (const [mode, expected] of [
  ['', { cookies: '', local: [], session: [] }],
  ['data-pulse-mode="tab"', { cookies: '', local: [], session: ['pulseToken'] }],
  ['data-pulse-mode="browser"', { cookies: '', local: ['pulseToken'], session: [] }],
] as const) {
  test(`after a visit the browser keeps what the site chose: ${mode || 'nothing'} @visitor`, async ({ browse }) => {
    const { visitor, page } = await browse({ '/': asking(mode) });
    await buy(page);
    await expect.poll(() => visitor.events()).toEqual(['click Buy']);
    expect(await kept(page)).toEqual(expected);
  });
}

test('whoever opts out is not recorded any more, on no page, until opting in again @visitor', async ({ browse, quiet }) => {
  quiet.except('the tracker says that it stops', /visitor: console warning: Pulse: opted out/);
  quiet.except('the tracker says that it goes on', /visitor: console warning: Pulse: recording/);
  const { visitor, page, origin } = await browse({ '/': asking('data-pulse-mode="browser"'), '/next': asking('data-pulse-mode="browser"') });
  await expect.poll(() => visitor.views()).toEqual(['/']);
  await say(page, 'optOut');
  expect(await kept(page)).toEqual({ cookies: '', local: ['pulseOptOut'], session: [] });
  await buy(page);
  await page.goto(`${origin}/next`);
  await buy(page);
  await say(page, 'optIn');
  expect((await kept(page)).local).not.toContain('pulseOptOut');
  await buy(page);
  // What was done between would have been sent before this.
  await expect.poll(() => visitor.events()).toEqual(['click Buy!']);
  expect(visitor.views()).toEqual(['/', '/next']);
});

test('a site that begins paused records nothing and keeps nothing before it is allowed to @visitor', async ({ browse, quiet }) => {
  quiet.except('the tracker says why it is silent', /visitor: console warning: Pulse: paused/);
  quiet.except('the tracker says that it begins', /visitor: console warning: Pulse: recording/);
  const { visitor, page } = await browse({ '/': asking('data-paused data-pulse-mode="browser"') });
  await buy(page);
  expect(await kept(page)).toEqual({ cookies: '', local: [], session: [] });
  await say(page, 'optIn');
  await buy(page);
  await expect.poll(() => visitor.events()).toEqual(['click Buy!']);
});

test('a visit that is to be forgotten is over, and the collector is told @visitor', async ({ browse, quiet }) => {
  quiet.except('the tracker says that it stops', /visitor: console warning: Pulse: forgotten/);
  const { visitor, page } = await browse({ '/': asking('data-pulse-mode="tab"') });
  await buy(page);
  await expect.poll(() => visitor.events()).toEqual(['click Buy']);
  await say(page, 'forget');
  await buy(page);
  await expect.poll(() => visitor.events()).toEqual(['click Buy', 'forget']);
  expect(await kept(page)).toEqual({ cookies: '', local: [], session: [] });
  await visitor.leave();
  expect(visitor.sent().at(-1)).toMatchObject({ event: 'forget', path: '/' });
});
