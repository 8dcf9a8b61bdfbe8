// How it gets there, and what stays behind.

import { expect, test } from '../../fixtures/test';

test('two lines of a strict policy are enough @visitor', async ({ browse, pulse }) => {
  const policy = `default-src 'none'; script-src ${pulse.dashboard}; connect-src ${pulse.dashboard}`;
  const { visitor, page } = await browse({ '/': { headers: { 'content-security-policy': policy }, body: '<button>Buy</button>' } });
  await page.getByRole('button').click();
  await expect.poll(() => visitor.events()).toEqual(['click Buy']);
});

test('a page that is isolated from other origins is recorded like any other @visitor', async ({ browse }) => {
  const { visitor, page } = await browse({
    '/': { headers: { 'cross-origin-opener-policy': 'same-origin', 'cross-origin-embedder-policy': 'require-corp' } },
  });
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  await expect.poll(() => visitor.views()).toEqual(['/']);
});

test('nothing stays in the browser @visitor', async ({ browse }) => {
  const { visitor, page } = await browse({ '/': { body: '<button>Buy</button>' } });
  await page.getByRole('button').click();
  await expect.poll(() => visitor.events()).toEqual(['click Buy']);
  const kept = await page.evaluate(async () => ({
    cookies: document.cookie,
    local: Object.keys(localStorage),
    session: Object.keys(sessionStorage),
    databases: await indexedDB.databases(),
    caches: await caches.keys(),
  }));
  expect(kept).toEqual({ cookies: '', local: [], session: [], databases: [], caches: [] });
});

test('a frame without an origin, where storage throws, is recorded and not disturbed @visitor', async ({ browse, pulse }) => {
  const tag = `<script src="${pulse.dashboard}/pulse.js" data-site="1" data-pulse-local></script>`;
  const { visitor, page } = await browse({
    '/': { head: ' ', body: `<iframe sandbox="allow-scripts" src="/framed"></iframe>` },
    '/framed': { head: ' ', body: `${tag}<button onclick="this.textContent = 'Bought'">Buy</button>` },
  });
  await page.frameLocator('iframe').getByRole('button').click();
  await expect(page.frameLocator('iframe').getByRole('button')).toHaveText('Bought');
  await expect.poll(() => visitor.views()).toEqual(['/framed']);
});

test('a page that is closed at once is there @visitor', async ({ browse, expectSessions }) => {
  const { visitor } = await browse({ '/': {} });
  await expect.poll(() => visitor.views()).toEqual(['/']);
  await visitor.leave();
  await expect.poll(() => visitor.sent().some(({ state }) => state === 'left')).toBe(true);
  await expectSessions(1);
});
