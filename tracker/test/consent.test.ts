import { describe, expect, it } from 'vitest';
import { openTab, SHOP, Tab, type TabOptions, type TestWindow } from './support/tab';

const PAGE = '<title>Shop</title><body><button>Cart</button></body>';

function tag(attributes: Record<string, string> = {}): TabOptions {
  return { html: PAGE, tag: { 'data-site': '1', ...attributes } };
}

/** What the visitor does on any page; how much of it was sent is the question. */
async function useThePage(tab: Tab): Promise<void> {
  tab.click('button');
  tab.window.pulse('Signup');
  tab.window.pulse.notFound();
  tab.window.history.pushState({}, '', '/b');
  await tab.wait(100);
  tab.move();
  tab.hide();
  tab.show();
}

async function sentBy(tab: Tab, act: () => Promise<void>): Promise<number> {
  const before = tab.sent.length;
  await act();
  return tab.sent.length - before;
}

/** A browser that lets no page keep anything. */
function withoutStorage(window: TestWindow): void {
  for (const store of ['localStorage', 'sessionStorage']) {
    Object.defineProperty(window, store, {
      get() {
        throw new window.DOMException('denied', 'SecurityError');
      },
    });
  }
}

/** The next page of the same browser: its stores are as the page before left them. */
async function nextPage(before: Tab, options: TabOptions): Promise<Tab> {
  const stores = (['localStorage', 'sessionStorage'] as const).map((name) => ({ name, kept: { ...before.window[name] } }));
  return openTab({
    seed: 77,
    ...options,
    before: (window) => stores.forEach(({ name, kept }) => Object.assign(window[name], kept)),
  });
}

describe('a visitor who opts out', () => {
  it('is not recorded from that moment on, and nothing that waited is sent', async () => {
    const tab = await openTab(tag());
    tab.window.pulse('Before');
    tab.window.pulse.optOut();
    expect(await sentBy(tab, () => useThePage(tab))).toBe(0);
    tab.leave();
    expect(tab.sent).toHaveLength(1);
    expect(tab.said).toEqual(['warn: Pulse: opted out']);
  });

  it('leaves one flag in the browser and nothing else', async () => {
    const tab = await openTab(tag());
    tab.window.pulse.optOut();
    expect(tab.kept('localStorage')).toEqual(['pulseOptOut']);
    expect(tab.kept('sessionStorage')).toEqual([]);
    expect(tab.document.cookie).toBe('');
  });

  it('is not recorded on the next page either, which says so in one line', async () => {
    const tab = await openTab(tag());
    tab.window.pulse.optOut();
    const next = await nextPage(tab, tag());
    await useThePage(next);
    next.leave();
    expect(next.sent).toEqual([]);
    expect(next.said).toEqual(['warn: Pulse: opted out']);
  });

  it.each(['tab', 'browser'])('loses the token of the %s', async (mode) => {
    const tab = await openTab(tag({ 'data-pulse-mode': mode }));
    tab.window.pulse.optOut();
    expect([...tab.kept('localStorage'), ...tab.kept('sessionStorage')]).toEqual(['pulseOptOut']);
  });

  it('while a post is under way has it answered, and no more', async () => {
    const tab = new Tab(tag());
    tab.collector = () => ({ status: 503, after: 1 });
    await tab.wait(0.5);
    tab.window.pulse.optOut();
    await tab.wait(100);
    expect(tab.sent).toHaveLength(1);
  });

  it('where nothing can be kept is not recorded on this page all the same', async () => {
    const tab = await openTab({ ...tag(), before: withoutStorage });
    tab.window.pulse.optOut();
    expect(await sentBy(tab, () => useThePage(tab))).toBe(0);
    expect(tab.errors).toEqual([]);
  });

  it('before the page was seen leaves nothing for later', async () => {
    const tab = await openTab({ ...tag(), hidden: true });
    tab.window.pulse('Before');
    tab.window.pulse.optOut();
    tab.show();
    tab.window.pulse.optIn();
    expect(await tab.events()).toEqual([]);
    expect(tab.views()).toHaveLength(1);
  });
});

describe('a visitor who opts in again', () => {
  it('is recorded from then on, with a view of its own', async () => {
    const tab = await openTab(tag());
    tab.window.pulse.optOut();
    tab.window.pulse('Between');
    await tab.wait(10);
    tab.window.pulse.optIn();
    tab.window.pulse('After');
    expect((await tab.events()).map(({ name }) => name)).toEqual(['After']);
    expect(tab.beginnings()).toHaveLength(2);
    expect(new Set(tab.views().map(({ view }) => view)).size).toBe(2);
    expect(tab.kept('localStorage')).toEqual([]);
    expect(tab.said).toEqual(['warn: Pulse: opted out', 'warn: Pulse: recording']);
  });

  it('is recorded on the next page', async () => {
    const tab = await openTab(tag());
    tab.window.pulse.optOut();
    const next = await nextPage(tab, tag());
    next.window.pulse.optIn();
    await next.wait(0.5);
    expect(next.views()).toHaveLength(1);
    expect((await nextPage(next, tag())).views()).toHaveLength(1);
  });

  it('gets a new token', async () => {
    const tab = await openTab(tag({ 'data-pulse-mode': 'browser' }));
    tab.window.pulse.optOut();
    tab.window.pulse.optIn();
    await tab.wait(0.5);
    const tokens = tab.payloads().map(({ token }) => token);
    expect(tokens).toHaveLength(2);
    expect(tokens[1]).toMatch(/^\d+(-\d+){3}$/);
    expect(tokens[1]).not.toBe(tokens[0]);
  });

  it('who never opted out begins no second view', async () => {
    const tab = await openTab(tag());
    tab.window.pulse.optIn();
    await tab.wait(1);
    expect(tab.beginnings()).toHaveLength(1);
  });

  it('where nothing can be kept is recorded', async () => {
    const tab = await openTab({ ...tag(), before: withoutStorage });
    tab.window.pulse.optOut();
    tab.window.pulse.optIn();
    await tab.wait(0.5);
    expect(tab.beginnings()).toHaveLength(2);
    expect(tab.errors).toEqual([]);
  });

  it.each([
    ['the browser asks not to be tracked', { ...tag(), navigator: { globalPrivacyControl: true } }],
    ['the page is on localhost', { ...tag(), url: 'http://localhost:3000/' }],
    ['no site is named', { html: PAGE, tag: {} }],
  ])('is not recorded where %s', async (_, options) => {
    const tab = await openTab(options);
    tab.window.pulse.optIn();
    await useThePage(tab);
    expect(tab.sent).toEqual([]);
  });
});

describe('a site that begins paused', () => {
  it('records nothing, keeps nothing, and says so in one line', async () => {
    const tab = await openTab(tag({ 'data-paused': '', 'data-pulse-mode': 'browser' }));
    await useThePage(tab);
    tab.leave();
    expect(tab.sent).toEqual([]);
    expect([...tab.kept('localStorage'), ...tab.kept('sessionStorage')]).toEqual([]);
    expect(tab.said).toEqual(['warn: Pulse: paused']);
  });

  it('records from optIn() on, and not what was before it', async () => {
    const tab = await openTab({
      ...tag({ 'data-paused': '' }),
      before: (window) => {
        window.eval('window.pulse=window.pulse||function(){(pulse.q=pulse.q||[]).push(arguments)}');
        window.pulse('Queued');
      },
    });
    tab.window.pulse('Paused');
    await tab.wait(10);
    tab.window.pulse.optIn();
    tab.window.pulse('Allowed');
    expect((await tab.events()).map(({ name, at }) => [name, at])).toEqual([['Allowed', 0]]);
    expect(tab.views()).toMatchObject([{ url: SHOP + '/', resumed: false }]);
  });

  it('begins paused again on the next page', async () => {
    const tab = await openTab(tag({ 'data-paused': '' }));
    tab.window.pulse.optIn();
    await tab.wait(1);
    expect((await nextPage(tab, tag({ 'data-paused': '' }))).sent).toEqual([]);
  });
});

describe('a page on this machine', () => {
  it.each(['http://localhost/', 'http://localhost:3000/a', 'http://127.0.0.1:8080/', 'http://127.1.2.3/', 'http://[::1]:3000/'])(
    'is not recorded: %s',
    async (url) => {
      const tab = await openTab({ ...tag(), url });
      await useThePage(tab);
      expect(tab.sent).toEqual([]);
      expect(tab.said).toEqual(['warn: Pulse: localhost']);
    },
  );

  it('is recorded where the site says so', async () => {
    const tab = await openTab({ ...tag({ 'data-pulse-local': '' }), url: 'http://localhost:3000/' });
    expect(tab.views()).toHaveLength(1);
    expect(tab.said).toEqual([]);
  });

  it.each(['https://localhost.example/', 'https://my-localhost/'])('is not one that is only called alike: %s', async (url) => {
    expect((await openTab({ ...tag(), url })).views()).toHaveLength(1);
  });
});

describe('what a site keeps in the browser', () => {
  const keys = (tab: Tab) => ({ localStorage: tab.kept('localStorage'), sessionStorage: tab.kept('sessionStorage') });

  it.each([
    ['nothing', {}, { localStorage: [], sessionStorage: [] }],
    ['nothing, with an unknown mode', { 'data-pulse-mode': 'none' }, { localStorage: [], sessionStorage: [] }],
    ['a token of the tab', { 'data-pulse-mode': 'tab' }, { localStorage: [], sessionStorage: ['pulseToken'] }],
    ['a token of the browser', { 'data-pulse-mode': 'browser' }, { localStorage: ['pulseToken'], sessionStorage: [] }],
  ])('is %s', async (_, attributes, expected) => {
    const tab = await openTab(tag(attributes));
    await useThePage(tab);
    tab.leave();
    expect(keys(tab)).toEqual(expected);
    expect(tab.document.cookie).toBe('');
  });

  it('goes along with each batch', async () => {
    const tab = await openTab(tag({ 'data-pulse-mode': 'tab' }));
    await useThePage(tab);
    tab.leave();
    const tokens = new Set(tab.payloads().map(({ token }) => token));
    expect(tokens.size).toBe(1);
    expect([...tokens][0]).toMatch(/^\d+(-\d+){3}$/);
  });

  it('does not exist otherwise', async () => {
    expect((await openTab(tag())).payloads()[0]).not.toHaveProperty('token');
  });

  it.each(['tab', 'browser'])('is the same on the next page of the %s', async (mode) => {
    const tab = await openTab(tag({ 'data-pulse-mode': mode }));
    const next = await nextPage(tab, tag({ 'data-pulse-mode': mode }));
    expect(next.payloads()[0]!.token).toBe(tab.payloads()[0]!.token);
  });

  it.each([
    [29, true],
    [31, false],
  ])('is as old as its last use: after %d minutes without one it is kept: %j', async (minutes, isKept) => {
    const tab = await openTab(tag({ 'data-pulse-mode': 'browser' }));
    const [token, time] = [tab.payloads()[0]!.token, Date.UTC(2026, 10, 24, 12) - minutes * 60_000];
    tab.window.localStorage['pulseToken'] = `${time} ${token}`;
    const next = await nextPage(tab, tag({ 'data-pulse-mode': 'browser' }));
    expect(next.payloads()[0]!.token === token).toBe(isKept);
  });

  it('lives on while somebody reads for longer than that', async () => {
    const tab = await openTab(tag({ 'data-pulse-mode': 'browser' }));
    for (let minutes = 0; minutes < 45; minutes++) {
      tab.move();
      await tab.wait(60);
    }
    expect(new Set(tab.payloads().map(({ token }) => token)).size).toBe(1);
    expect(tab.sent.at(-1)!.at).toBeGreaterThan(40 * 60);
  });

  it('is nothing where the browser refuses: the page is recorded without', async () => {
    const tab = await openTab({ ...tag({ 'data-pulse-mode': 'browser' }), before: withoutStorage });
    await useThePage(tab);
    expect(tab.views().length).toBeGreaterThan(0);
    expect(tab.payloads().every(({ token }) => token === undefined)).toBe(true);
    expect(tab.errors).toEqual([]);
  });
});

describe('a visitor who wants the visit forgotten', () => {
  it('has that sent for the view on show, and is not recorded any more', async () => {
    const tab = await openTab(tag());
    tab.window.pulse.forget();
    expect(await tab.events()).toMatchObject([{ event: 'forget', view: tab.views()[0]!.view, id: expect.any(String) as string, at: 500 }]);
    expect(await sentBy(tab, () => useThePage(tab))).toBe(0);
    tab.leave();
    expect(tab.sent).toHaveLength(2);
    expect(tab.said).toEqual(['warn: Pulse: forgotten']);
  });

  it('has it sent after all that waits, so that nothing comes later', async () => {
    const tab = await openTab(tag());
    tab.window.pulse('Before');
    tab.window.pulse.forget();
    expect((await tab.events()).map(({ event }) => event)).toEqual(['custom', 'forget']);
  });

  it('has it sent again until the collector took it', async () => {
    const tab = await openTab(tag());
    tab.collector = () => ({ status: 503 });
    tab.window.pulse.forget();
    await tab.wait(7);
    expect((await tab.events()).map(({ event }) => event)).toEqual(['forget', 'forget', 'forget']);
  });

  it('loses the token, of which the collector still hears', async () => {
    const tab = await openTab(tag({ 'data-pulse-mode': 'browser' }));
    tab.window.pulse.forget();
    await tab.wait(1);
    expect(tab.kept('localStorage')).toEqual([]);
    expect(tab.payloads()[1]!.token).toBe(tab.payloads()[0]!.token);
  });

  it('is recorded on the next page: only optOut() is remembered', async () => {
    const tab = await openTab(tag());
    tab.window.pulse.forget();
    expect(tab.kept('localStorage')).toEqual([]);
    expect((await nextPage(tab, tag())).views()).toHaveLength(1);
  });

  it('who was not recorded has nothing sent', async () => {
    const tab = await openTab(tag({ 'data-paused': '' }));
    tab.window.pulse.forget();
    await tab.wait(1);
    expect(tab.sent).toEqual([]);
  });
});

describe('a visitor who is shown a code', () => {
  const shown = { 'data-reference': '' };

  it('sees the same one on the whole page, and the collector hears of it each time', async () => {
    const tab = await openTab(tag(shown));
    const code = tab.window.pulse.reference();
    expect(code).toMatch(/^[0-9A-Z]{3}-[0-9A-Z]{4}$/);
    tab.window.history.pushState({}, '', '/next');
    expect(tab.window.pulse.reference()).toBe(code);
    await tab.wait(1);
    expect((await tab.events()).map(({ event, name, view }) => [event, name, view])).toEqual(
      tab.views().map(({ view }) => ['reference', code, view]),
    );
  });

  it('sees another one after the page was loaded again', async () => {
    const tab = await openTab(tag(shown));
    expect((await nextPage(tab, tag(shown))).window.pulse.reference()).not.toBe(tab.window.pulse.reference());
  });

  it('sees none where the site does not want that', async () => {
    const tab = await openTab(tag());
    expect(tab.window.pulse.reference()).toBeUndefined();
    expect(await tab.events()).toEqual([]);
  });

  it('sees none when nothing is recorded, for it would lead nowhere', async () => {
    const tab = await openTab(tag(shown));
    tab.window.pulse.optOut();
    expect(tab.window.pulse.reference()).toBeUndefined();
    expect(await tab.events()).toEqual([]);
  });
});
