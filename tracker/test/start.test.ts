import { describe, expect, it } from 'vitest';
import { openTab, SCRIPT, SESSION, Tab, type TestWindow } from './support/tab';

/** The two lines that pages have before the script. */
function stub(window: TestWindow): void {
  window.eval('window.pulse=window.pulse||function(){(pulse.q=pulse.q||[]).push(arguments)}');
}

describe('the script tag', () => {
  it('names the site, and the script says where to send', async () => {
    const tab = await openTab({ tag: { 'data-site': '7' } });
    expect(tab.sent).toMatchObject([{ url: 'https://pulse.example/api/collect', payload: { site: 7 } }]);
  });

  it('without attributes is read from its query string', async () => {
    const tab = await openTab({ tag: {}, src: SCRIPT + '?site=7' });
    expect(tab.sent).toMatchObject([{ payload: { site: 7 } }]);
  });

  it('is found where the browser does not say which it is', async () => {
    const tab = await openTab({ tag: null, html: `<script src="${SCRIPT}" data-site="7"></script>` });
    expect(tab.sent).toMatchObject([{ url: 'https://pulse.example/api/collect', payload: { site: 7 } }]);
  });

  it('is found by its address where the attributes were stripped too', async () => {
    const tab = await openTab({ tag: null, html: `<script src="/a.js"></script><script src="${SCRIPT}?site=7"></script>` });
    expect(tab.sent).toMatchObject([{ url: 'https://pulse.example/api/collect', payload: { site: 7 } }]);
  });

  it('of a script that is part of another one is any element with data-site', async () => {
    const tab = await openTab({ tag: null, html: '<!doctype html><meta data-site="7" data-pulse-off="error"><body></body>' });
    expect(tab.payloads()[0]).toMatchObject({ off: 'error' });
    expect(tab.sent).toMatchObject([{ url: 'https://shop.example/api/collect', payload: { site: 7 } }]);
  });

  it('without a site sends nothing and says so', async () => {
    const tab = await openTab({ tag: {} });
    tab.window.pulse('Signup');
    await tab.wait(60);
    tab.leave();
    expect(tab.sent).toEqual([]);
    expect(tab.said).toEqual(['warn: Pulse: no data-site']);
  });
});

describe('a second script', () => {
  it('changes nothing: one view, one event a click', async () => {
    const tab = new Tab({ html: '<body><button>Cart</button></body>' });
    tab.loadScript();
    await tab.wait(0.5);
    tab.loadScript({ 'data-site': '2' });
    await tab.wait(0.5);
    tab.click('button');
    tab.window.pulse('Signup');
    tab.window.history.pushState({}, '', '/b');
    await tab.wait(1);
    expect(tab.views()).toHaveLength(2);
    expect((await tab.events()).map(({ name }) => name)).toEqual(['Cart', 'Signup']);
    expect(tab.payloads().every(({ site }) => site === 1)).toBe(true);
  });

  it('after one that had to stay silent is silent too', async () => {
    const tab = await openTab({ navigator: { globalPrivacyControl: true } });
    tab.loadScript();
    await tab.wait(10);
    expect(tab.sent).toEqual([]);
    expect(tab.said).toHaveLength(1);
  });
});

describe('calls from before the script was there', () => {
  it('are made up for, in their order', async () => {
    const tab = await openTab({
      before: (window) => {
        stub(window);
        window.pulse('First', { n: 1 });
        window.pulse('Second');
      },
    });
    tab.window.pulse('Third');
    await tab.wait(0.5);
    expect(await tab.events()).toMatchObject([
      { name: 'First', props: { n: 1 }, at: 0 },
      { name: 'Second' },
      { name: 'Third' },
    ]);
  });

  it('on a page that nobody sees yet wait for its view', async () => {
    const tab = await openTab({
      hidden: true,
      before: (window) => {
        stub(window);
        window.pulse('First');
      },
    });
    tab.window.pulse('Second');
    await tab.wait(60);
    expect(tab.sent).toEqual([]);
    tab.show();
    await tab.wait(0.5);
    expect(tab.beginnings()).toHaveLength(1);
    expect((await tab.events()).map(({ name }) => name)).toEqual(['First', 'Second']);
    tab.window.history.pushState({}, '', '/b');
    await tab.wait(1);
    expect(await tab.events()).toHaveLength(2);
  });

  it('do not mind an element that is called pulse', async () => {
    const tab = await openTab({ html: '<body><div id="pulse"></div></body>' });
    tab.window.pulse('Signup');
    await tab.wait(0.5);
    expect(await tab.events()).toMatchObject([{ name: 'Signup' }]);
  });
});

describe('a visitor who asks not to be recorded', () => {
  it.each([
    ['Global Privacy Control', { globalPrivacyControl: true }],
    ['Do Not Track', { doNotTrack: '1' }],
  ])('by %s is not, and the console says so in one line', async (_, navigator) => {
    const tab = await openTab({ navigator, html: '<body><button>Cart</button></body>' });
    tab.click('button');
    tab.window.pulse('Signup');
    await tab.wait(60);
    tab.leave();
    expect(tab.sent).toEqual([]);
    expect(tab.said).toEqual(['warn: Pulse: opted out']);
  });

  it.each([{ globalPrivacyControl: false }, { doNotTrack: '0' }, { doNotTrack: 'unspecified' }, { doNotTrack: null }])(
    'is not one whose browser says %j',
    async (navigator) => {
      expect((await openTab({ navigator })).views()).toHaveLength(1);
    },
  );

  it('is recorded where the site does not honour that', async () => {
    const tab = await openTab({
      tag: { 'data-site': '1', 'data-pulse-honour-optout': 'off' },
      navigator: { globalPrivacyControl: true, doNotTrack: '1' },
    });
    expect(tab.views()).toHaveLength(1);
    expect(tab.said).toEqual([]);
  });
});

describe('the page', () => {
  it('meets no error, whatever fails', async () => {
    const tab = await openTab({ html: '<body><button>Cart</button></body>' });
    tab.collector = () => ({ status: 500 });
    tab.window.pulse('Signup', { get bad() { throw new Error('no'); } });
    tab.window.pulse(Symbol('x') as unknown as string);
    Object.defineProperty(tab.window.navigator, 'sendBeacon', { value: () => { throw new TypeError('no'); } });
    tab.click('button');
    tab.hide();
    await tab.wait(200);
    expect(tab.errors).toEqual([]);
  });

  it('is left without a cookie or anything in its stores', async () => {
    const tab = await openTab();
    tab.leave();
    expect(tab.document.cookie).toBe('');
    expect(tab.window.localStorage).toHaveLength(0);
    expect(tab.window.sessionStorage).toHaveLength(0);
  });

  it('gets one new name, pulse', async () => {
    const bare = Object.keys((await openTab({ navigator: { doNotTrack: '1' } })).window);
    const tab = await openTab();
    expect(Object.keys(tab.window).filter((name) => !bare.includes(name))).toEqual([]);
    expect(bare).toContain('pulse');
  });

  it('shares its session with all that follows the first answer', async () => {
    const tab = await openTab({ html: '<body><button>Cart</button></body>' });
    tab.click('button');
    await tab.wait(0.5);
    tab.leave();
    expect(tab.payloads().map(({ session }) => session)).toEqual([undefined, SESSION, SESSION]);
  });
});
