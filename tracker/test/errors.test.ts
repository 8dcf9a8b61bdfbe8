import { describe, expect, it } from 'vitest';
import { openTab, SHOP, type Tab } from './support/tab';

function fail(tab: Tab, message: string, filename = SHOP + '/app.js'): void {
  tab.window.dispatchEvent(new tab.window.ErrorEvent('error', { message, filename, error: null }));
}

function reject(tab: Tab, reason: unknown): void {
  tab.fire(tab.window, 'unhandledrejection', { reason }, false);
}

async function errors(tab: Tab): Promise<(string | undefined)[]> {
  return (await tab.events()).filter(({ event }) => event === 'error').map(({ name }) => name);
}

describe('an error of the page', () => {
  it('is told by its message and its file', async () => {
    const tab = await openTab();
    fail(tab, 'price is not defined');
    expect(await tab.events()).toMatchObject([{ event: 'error', name: 'price is not defined', target: SHOP + '/app.js' }]);
  });

  it.each([
    ['Unexpected token "s" in JSON at position 12', 'Unexpected token in JSON at position'],
    ['Cannot read "Anna" of \'Miller\'', 'Cannot read of'],
    ['`secret` is not "valid"', 'is not'],
    ['Order 4711 failed', 'Order failed'],
  ])('loses quoted text and digits: %s', async (message, name) => {
    const tab = await openTab();
    fail(tab, message);
    expect(await errors(tab)).toEqual([name]);
  });

  it('is told once, whatever number it has', async () => {
    const tab = await openTab();
    for (let i = 0; i < 5; i++) fail(tab, `Order ${i} failed`);
    expect(await errors(tab)).toEqual(['Order failed']);
  });

  it('is told at most ten times a page', async () => {
    const tab = await openTab();
    for (const letter of 'abcdefghijklmnop') fail(tab, letter + ' failed');
    expect(await errors(tab)).toHaveLength(10);
    tab.window.history.pushState({}, '', '/b');
    await tab.wait(1);
    fail(tab, 'a failed');
    expect(await errors(tab)).toHaveLength(11);
  });

  it.each([
    ['an error', new TypeError('no network'), 'no network'],
    ['a text', 'no network', 'no network'],
    ['a thing', { message: 'no network' }, 'no network'],
  ])('can be a promise that nobody caught, with %s', async (_, reason, name) => {
    const tab = await openTab();
    reject(tab, reason);
    expect(await errors(tab)).toEqual([name]);
  });

  it('is not a promise that was rejected without a word', async () => {
    const tab = await openTab();
    reject(tab, undefined);
    expect(await errors(tab)).toEqual([]);
  });

  it('is not a picture that does not load', async () => {
    const tab = await openTab({ html: '<body><img></body>' });
    tab.fire(tab.find('img'), 'error', {}, false);
    expect(await errors(tab)).toEqual([]);
  });
});

describe('a page that was not found', () => {
  it.each<[string, { tag?: Record<string, string>; html: string }]>([
    ['the script tag', { tag: { 'data-site': '1', 'data-pulse-404': '' }, html: '' }],
    ['the document', { html: '<html data-pulse-404><body></body></html>' }],
    ['any element', { html: '<body><main data-pulse-404></main></body>' }],
  ])('is marked on %s', async (_, options) => {
    const tab = await openTab({ ...options, before: ({ document }) => mount(document, options) });
    expect(await tab.events()).toMatchObject([{ event: 'not_found' }]);
  });

  it('can be told by a call, for pages reached without loading', async () => {
    const tab = await openTab();
    tab.window.history.pushState({}, '', '/nowhere');
    tab.window.pulse.notFound();
    await tab.wait(1);
    expect(await tab.events()).toMatchObject([{ event: 'not_found', url: SHOP + '/nowhere' }]);
  });

  it('is not any other', async () => {
    expect(await (await openTab()).events()).toEqual([]);
  });

  /** The tests' script tag stands in no document; a page's does. */
  function mount(document: Document, { tag }: { tag?: Record<string, string> }): void {
    if (!tag) return;
    const script = document.createElement('script');
    script.setAttribute('data-pulse-404', '');
    document.head.append(script);
  }
});
