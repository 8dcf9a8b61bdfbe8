import { describe, expect, it } from 'vitest';
import { openTab, SHOP, Tab } from './support/tab';

const HOUR = 3600;

function paths(tab: Tab): string[] {
  return tab.views().map(({ url }) => url.replace(SHOP, ''));
}

describe('a page that is loaded', () => {
  it('has one view, soon, with its address, title and referrer', async () => {
    const tab = await openTab({
      url: SHOP + '/pricing?utm_source=x#faq',
      html: '<title>Pricing</title>',
      referrer: 'https://news.example/story',
    });
    expect(tab.sent.map(({ via, at }) => [via, at])).toEqual([['fetch', 0.5]]);
    expect(tab.views()).toEqual([
      {
        view: expect.stringMatching(/^\d+-\d+-\d+-\d+$/) as string,
        url: SHOP + '/pricing?utm_source=x',
        referrer: 'https://news.example/story',
        title: 'Pricing',
        age: 500,
        resumed: false,
      },
    ]);
  });

  it('says nothing of what it has not got', async () => {
    const tab = await openTab({ html: '<body></body>' });
    expect(tab.views()).toMatchObject([{ title: '', referrer: '', resumed: false }]);
  });

  it('says the title that was set right after the script', async () => {
    const tab = new Tab({ html: '<body></body>' });
    tab.document.title = 'Late';
    await tab.wait(0.5);
    expect(tab.views()[0]!.title).toBe('Late');
  });

  it('keeps its title to itself if the whole page is private', async () => {
    const tab = await openTab({ html: '<html data-pulse-private><title>Your diagnosis</title></html>' });
    expect(tab.sent[0]!.body).not.toContain('diagnosis');
  });

  it('tells a touch screen and an automated browser', async () => {
    const tab = await openTab({ navigator: { maxTouchPoints: 5, webdriver: true } });
    expect(tab.payloads()[0]).toMatchObject({ touch: 5, webdriver: true });
  });

  it('says nothing of a mouse and a person', async () => {
    const tab = await openTab({ navigator: { maxTouchPoints: 1, webdriver: false } });
    expect(tab.payloads()[0]).toMatchObject({ touch: 1, webdriver: false });
  });
});

describe('a page that nobody sees', () => {
  it('in a background tab has no view before the tab is shown', async () => {
    const tab = await openTab({ hidden: true });
    await tab.wait(600);
    expect(tab.sent).toEqual([]);
    tab.show();
    await tab.wait(5);
    expect(tab.views()).toMatchObject([{ age: 500 }]);
    tab.leave();
    expect(tab.time()).toMatchObject({ open: 5_000, visible: 5_000, active: 5_000 });
  });

  it('and is closed has none at all', async () => {
    const tab = await openTab({ hidden: true });
    tab.leave();
    await tab.wait(60);
    expect(tab.sent).toEqual([]);
  });

  it('is prerendered: one view when it is activated, and time from then on', async () => {
    const tab = await openTab({ prerendering: true });
    await tab.wait(20);
    expect(tab.sent).toEqual([]);
    tab.activate();
    await tab.wait(8);
    tab.leave();
    expect(tab.views()).toHaveLength(1);
    expect(tab.time()).toMatchObject({ open: 8_000, visible: 8_000, active: 8_000 });
  });

  it('keeps its referrer when a router moves before it is seen', async () => {
    const tab = await openTab({ hidden: true, referrer: 'https://news.example/' });
    tab.window.history.replaceState({}, '', '/home');
    tab.show();
    await tab.wait(0.5);
    expect(tab.views()).toMatchObject([{ url: SHOP + '/home', referrer: 'https://news.example/' }]);
  });
});

describe('a page that is reached without loading', () => {
  it('by pushState is a view, with the one before as its referrer', async () => {
    const tab = await openTab({ url: SHOP + '/a' });
    tab.window.history.pushState({}, '', '/b');
    await tab.wait(1);
    expect(tab.views()).toMatchObject([{ url: SHOP + '/a' }, { url: SHOP + '/b', referrer: SHOP + '/a' }]);
    expect(tab.time(tab.views()[0])).toMatchObject({ state: 'left', open: 500 });
  });

  it('is sent with the title it gets a little later, and the page left with its own', async () => {
    const tab = new Tab({ url: SHOP + '/a', html: '<title>A</title>' });
    tab.window.history.pushState({}, '', '/b');
    await tab.wait(0.4);
    tab.document.title = 'B';
    await tab.wait(0.1);
    expect(tab.views().map(({ title }) => title)).toEqual(['A', 'B']);
  });

  it('has half a second for its title, whatever waited to be sent already', async () => {
    const tab = await openTab({ url: SHOP + '/a', html: '<title>A</title>' });
    await tab.wait(1);
    tab.window.pulse('Signup');
    await tab.wait(0.4);
    tab.window.history.pushState({}, '', '/b');
    await tab.wait(0.4);
    tab.document.title = 'B';
    await tab.wait(0.1);
    expect(tab.views().map(({ title }) => title)).toEqual(['A', 'B']);
  });

  it('while the collector is left alone does not make that longer', async () => {
    const tab = new Tab({ url: SHOP + '/a' });
    tab.collector = () => ({ status: 503 });
    await tab.wait(1.5);
    tab.window.history.pushState({}, '', '/b');
    await tab.wait(1);
    expect(tab.sent.map(({ at }) => at)).toEqual([0.5, 2.5]);
  });

  it('is left before its title came: it is sent all the same', async () => {
    const tab = await openTab({ url: SHOP + '/a' });
    tab.window.history.pushState({}, '', '/b');
    await tab.wait(0.1);
    tab.leave();
    expect(paths(tab)).toEqual(['/a', '/b']);
  });

  it.each([
    ['relative', 'b'],
    ['absolute', SHOP + '/shop/b'],
    ['from the root', '/shop/b'],
  ])('goes by the location, whatever address the router passed: %s', async (_, address) => {
    const tab = await openTab({ url: SHOP + '/shop/a' });
    tab.window.history.pushState({}, '', address);
    await tab.wait(1);
    expect(paths(tab)).toEqual(['/shop/a', '/shop/b']);
  });

  it.each([
    ['the same address', '/a'],
    ['no address', undefined],
    ['another query', '/a?page=2'],
    ['an anchor', '#faq'],
    ['a slash more', '/a/'],
  ])('is no view when pushState and replaceState get %s', async (_, address) => {
    const tab = await openTab({ url: SHOP + '/a' });
    for (let i = 0; i < 10; i++) {
      tab.window.history.pushState({ i }, '', address);
      tab.window.history.replaceState({ i }, '', address);
    }
    await tab.wait(1);
    expect(paths(tab)).toEqual(['/a']);
  });

  it('by replaceState is a view if the path changed', async () => {
    const tab = await openTab({ url: SHOP + '/a' });
    tab.window.history.replaceState({}, '', '/b');
    tab.window.history.replaceState({ scroll: 20 }, '');
    await tab.wait(1);
    expect(paths(tab)).toEqual(['/a', '/b']);
  });

  it('by the back button is a view', async () => {
    const tab = await openTab({ url: SHOP + '/a' });
    tab.window.history.pushState({}, '', '/b');
    await tab.wait(1);
    tab.window.history.back();
    await tab.wait(1);
    // jsdom goes back in a task of its own, outside the clock of the test.
    await new Promise((resolve) => setImmediate(resolve));
    await tab.wait(1);
    expect(paths(tab)).toEqual(['/a', '/b', '/a']);
    expect(tab.views()[2]).toMatchObject({ referrer: SHOP + '/b' });
  });

  it('in the background ends the view before, and waits for somebody to look', async () => {
    const tab = await openTab({ url: SHOP + '/a' });
    tab.hide();
    await tab.wait(3);
    tab.window.history.pushState({}, '', '/b');
    tab.window.history.pushState({}, '', '/c');
    await tab.wait(60);
    expect(paths(tab)).toEqual(['/a']);
    tab.show();
    await tab.wait(1);
    expect(paths(tab)).toEqual(['/a', '/c']);
    expect(tab.time(tab.views()[0])).toMatchObject({ state: 'left', open: 3_500, visible: 500 });
  });

  it('throws what the browser throws', async () => {
    const tab = await openTab();
    expect(tab.window.history.pushState({ a: 1 }, '', '/b')).toBeUndefined();
    expect(tab.window.history.state).toEqual({ a: 1 });
    expect(() => tab.window.history.replaceState({}, '', 'https://other.example/')).toThrow(/SecurityError|different origin|cannot/i);
  });
});

describe('a hash route, where the site has them', () => {
  const hashes = { tag: { 'data-site': '1', 'data-pulse-hash': '' }, url: SHOP + '/app#/a' };

  /** The visitor follows a link to a hash. */
  async function goTo(tab: Tab, hash: string): Promise<void> {
    tab.window.location.hash = hash;
    await tab.wait(1);
  }

  it('is a page, and its address is sent with the hash', async () => {
    const tab = await openTab(hashes);
    await goTo(tab, '#/b');
    expect(tab.views()).toMatchObject([
      { url: SHOP + '/app#/a', referrer: '' },
      { url: SHOP + '/app#/b', referrer: SHOP + '/app#/a' },
    ]);
  });

  it('by pushState is one too, and by replaceState', async () => {
    const tab = await openTab(hashes);
    tab.window.history.pushState({}, '', '#/b');
    await tab.wait(1);
    tab.window.history.replaceState({}, '', '/app#/c');
    await tab.wait(1);
    expect(paths(tab)).toEqual(['/app#/a', '/app#/b', '/app#/c']);
  });

  it('is told once when a router sets the hash and then replaces it by the same', async () => {
    const tab = await openTab(hashes);
    await goTo(tab, '#/b');
    tab.window.history.replaceState({ router: 1 }, '', '#/b');
    await tab.wait(1);
    expect(paths(tab)).toEqual(['/app#/a', '/app#/b']);
  });

  it.each([
    ['an empty one', '/app#'],
    ['the root of the router', '/app#/'],
    ['another query', '/app?sort=price'],
    ['a query of the router', '/app#/?sort=price'],
  ])('is none if it is %s', async (_, address) => {
    const tab = await openTab({ ...hashes, url: SHOP + '/app' });
    tab.window.history.pushState({}, '', address);
    await tab.wait(1);
    expect(paths(tab)).toEqual(['/app']);
  });

  it('is none where the site does not say so', async () => {
    const tab = await openTab({ url: SHOP + '/app#/a' });
    await goTo(tab, '#/b');
    expect(paths(tab)).toEqual(['/app']);
  });
});

describe('a page that comes back from the back/forward cache', () => {
  it('has a view of its own, once', async () => {
    const tab = await openTab({ url: SHOP + '/a', referrer: 'https://news.example/' });
    await tab.wait(10);
    tab.leave();
    await tab.wait(60);
    tab.restore();
    await tab.wait(7);
    tab.leave();
    const [first, second] = tab.views();
    expect(paths(tab)).toEqual(['/a', '/a']);
    expect(second!.view).not.toBe(first!.view);
    expect(second).toMatchObject({ referrer: '', resumed: false });
    expect(tab.time(first)).toMatchObject({ open: 10_500, active: 10_500, state: 'left' });
    expect(tab.time(second)).toMatchObject({ open: 7_000, active: 7_000, state: 'left' });
  });

  it('keeps the session it had', async () => {
    const tab = await openTab();
    tab.leave();
    tab.restore();
    await tab.wait(0.5);
    expect(tab.payloads().at(-1)!.session).toBe(tab.payloads().at(-2)!.session);
    expect(tab.payloads().at(-1)!.session).toBeDefined();
  });

  it('after half an hour has resumed', async () => {
    const tab = await openTab();
    tab.leave();
    await tab.wait(31 * 60);
    tab.restore();
    await tab.wait(0.5);
    expect(tab.views()[1]).toMatchObject({ resumed: true });
  });
});

describe('a tab that wakes', () => {
  it('after thirty minutes without a sign of life begins a new view with the next one', async () => {
    const tab = await openTab({ url: SHOP + '/a' });
    await tab.wait(9.5);
    tab.move();
    await tab.wait(30 * 60 + 1);
    tab.move();
    await tab.wait(1);
    expect(tab.views()).toMatchObject([
      { url: SHOP + '/a' },
      { url: SHOP + '/a', referrer: SHOP + '/a', resumed: true },
    ]);
    expect(tab.time(tab.views()[0])).toMatchObject({ active: 40_000, state: 'left' });
  });

  it('just before that goes on with the view it has', async () => {
    const tab = await openTab();
    await tab.wait(30 * 60 - 1);
    tab.move();
    await tab.wait(1);
    expect(tab.views()).toHaveLength(1);
  });

  it('counts a click as that sign, so it belongs to the new view', async () => {
    const tab = await openTab({ html: '<button>Buy</button>' });
    tab.hide();
    await tab.wait(HOUR);
    tab.show();
    tab.click('button');
    await tab.wait(1);
    const [, resumed] = tab.views();
    const [click] = await tab.events();
    expect(resumed).toMatchObject({ resumed: true });
    expect(click!.view).toBe(resumed!.view);
  });

  it('is not woken by being shown', async () => {
    const tab = await openTab();
    tab.hide();
    await tab.wait(HOUR);
    tab.show();
    await tab.wait(10);
    expect(tab.views()).toHaveLength(1);
  });

  it('after a night of sleep does so too, with nothing gained overnight', async () => {
    const tab = await openTab();
    await tab.wait(10);
    tab.sleep(8 * HOUR);
    tab.move();
    await tab.wait(1);
    expect(tab.views()[1]).toMatchObject({ resumed: true, age: 500 });
    expect(tab.time(tab.views()[0])).toMatchObject({ visible: 10_000, active: 10_000 });
  });
});
