import { describe, expect, it } from 'vitest';
import { openTab, type Tab, type TabOptions } from './support/tab';

const PAGE = '<body><button id="buy">Buy</button><a href="/b">B</a><input id="name"><img id="lamp"></body>';

async function opened(options: TabOptions = {}): Promise<Tab> {
  return openTab({ html: PAGE, ...options });
}

async function kinds(tab: Tab): Promise<string[]> {
  return (await tab.events()).map(({ event, name }) => `${event} ${name}`);
}

/** Clicks so many seconds after one another. */
async function click(tab: Tab, selector: string, pauses: number[], init: MouseEventInit = {}): Promise<void> {
  tab.click(selector, init);
  for (const pause of pauses) {
    await tab.wait(pause);
    tab.click(selector, init);
  }
}

describe('a rage click', () => {
  const raging = async (tab: Tab) => (await kinds(tab)).filter((kind) => kind.startsWith('rage'));

  it('is the third click within a second, by the name of what was hit', async () => {
    const tab = await opened();
    await click(tab, '#buy', [0.4, 0.4]);
    expect(await kinds(tab)).toEqual(['click Buy', 'click Buy', 'click Buy', 'rage_click Buy']);
  });

  it('is told once for a burst, however long it goes on', async () => {
    const tab = await opened();
    await click(tab, '#buy', Array<number>(12).fill(0.3));
    expect(await raging(tab)).toHaveLength(1);
  });

  it('is told again for the next burst', async () => {
    const tab = await opened();
    await click(tab, '#buy', [0.2, 0.2, 5, 0.2, 0.2]);
    expect(await raging(tab)).toHaveLength(2);
  });

  it.each([
    ['two clicks', [0.1]],
    ['three unhurried clicks', [0.6, 0.6]],
  ])('is not %s', async (_, pauses) => {
    const tab = await opened();
    await click(tab, '#buy', pauses);
    expect(await raging(tab)).toEqual([]);
  });

  it.each([
    [30, 0, 1],
    [31, 0, 0],
    [18, -24, 1],
    [22, -22, 0],
  ])('reaches thirty pixels from the first: %d to the right and %d down', async (clientX, clientY, count) => {
    const tab = await opened();
    tab.click('#buy');
    tab.click('#buy');
    tab.click('#buy', { clientX, clientY });
    expect(await raging(tab)).toHaveLength(count);
  });

  it('can hit anything, and is called by the tag of what has no name', async () => {
    const tab = await opened({ html: '<body><img></body>' });
    await click(tab, 'img', [0.1, 0.1]);
    expect(await kinds(tab)).toEqual(['rage_click img']);
  });

  it('in a part to be ignored is none', async () => {
    const tab = await opened({ html: '<body data-pulse-ignore><button>Buy</button></body>' });
    await click(tab, 'button', [0.1, 0.1]);
    expect(await kinds(tab)).toEqual([]);
  });
});

describe('a dead click', () => {
  const dead = async (tab: Tab) => (await kinds(tab)).filter((kind) => kind.startsWith('dead'));

  it('is one after which nothing changed for two and a half seconds', async () => {
    const tab = await opened();
    tab.click('#buy');
    await tab.wait(1.9);
    expect(await dead(tab)).toEqual([]);
    expect(await dead(tab)).toEqual(['dead_click Buy']);
  });

  it('is not told before its time of a part that plays without a sound, which is no sign of life', async () => {
    const tab = await opened();
    Object.assign(tab.find('#lamp'), { muted: true, loop: true });
    await tab.wait(4);
    tab.click('#lamp');
    await tab.wait(1.9);
    expect(await dead(tab)).toEqual([]);
    expect(await dead(tab)).toEqual(['dead_click lamp']);
  });

  it('can hit what only looks as if it did something', async () => {
    const tab = await opened();
    tab.click('#lamp');
    await tab.wait(3);
    expect(await kinds(tab)).toEqual(['dead_click lamp']);
  });

  it.each<[string, (tab: Tab) => void]>([
    ['an element', (tab) => tab.document.body.append('Thank you')],
    ['a text', (tab) => (tab.find('#buy').firstChild!.nodeValue = 'Bought')],
    ['a class', (tab) => tab.find('#lamp').classList.add('large')],
    ['the place on the page', (tab) => tab.scroll(100)],
    ['the place in a list', (tab) => tab.fire(tab.find('#lamp'), 'scroll', {}, false)],
    ['the selection', (tab) => tab.fire(tab.document, 'selectionchange', {}, false)],
    ['the focus', (tab) => tab.find('#name').focus()],
    ['the window in front', (tab) => tab.fire(tab.window, 'blur', {}, false)],
    ['the address', (tab) => tab.window.history.pushState({}, '', '?sort=price')],
    ['a form that is sent', (tab) => tab.fire(tab.document.body, 'submit')],
  ])('is none if it changed %s', async (_, change) => {
    const tab = await opened();
    tab.click('#buy');
    await tab.wait(2);
    change(tab);
    await tab.wait(10);
    expect(await dead(tab)).toEqual([]);
  });

  it('is still one if something changes later', async () => {
    const tab = await opened();
    tab.click('#buy');
    await tab.wait(2.6);
    tab.document.body.append('Thank you');
    expect(await dead(tab)).toHaveLength(1);
  });

  it('of several in a row is the last', async () => {
    const tab = await opened();
    await click(tab, '#buy', [1, 1]);
    await tab.wait(10);
    expect(await dead(tab)).toHaveLength(1);
  });

  it.each<[string, string, MouseEventInit]>([
    ['on a link', 'a', {}],
    ['on a field', '#name', {}],
    ['with Ctrl', '#buy', { ctrlKey: true }],
    ['with Cmd', '#buy', { metaKey: true }],
    ['with Shift', '#buy', { shiftKey: true }],
    ['with Alt', '#buy', { altKey: true }],
    ['with the right button', '#buy', { button: 2 }],
  ])('is none %s', async (_, selector, init) => {
    const tab = await opened();
    tab.click(selector, init);
    await tab.wait(10);
    expect(await dead(tab)).toEqual([]);
  });

  it.each(['label', 'video', 'canvas', 'select', 'textarea'])('is none on a %s, which works unseen', async (element) => {
    const tab = await opened({ html: `<body><${element}></${element}></body>` });
    tab.click(element);
    await tab.wait(10);
    expect(await dead(tab)).toEqual([]);
  });

  it('is none inside a shadow root on a link', async () => {
    const tab = await opened({ html: '<body><a href="/b"><shop-card></shop-card></a></body>' });
    const root = tab.find('shop-card').attachShadow({ mode: 'open' });
    root.innerHTML = '<b>B</b>';
    root.querySelector('b')!.dispatchEvent(new tab.window.MouseEvent('click', { bubbles: true, composed: true }));
    await tab.wait(3);
    expect(await kinds(tab)).toEqual(['click a']);
  });

  it('is told after clicks on a link, which are none', async () => {
    const tab = await opened();
    await click(tab, 'a', [1]);
    tab.click('#buy');
    await tab.wait(3);
    expect(await dead(tab)).toEqual(['dead_click Buy']);
  });

  it('by the name that the button had when it was clicked', async () => {
    const tab = await opened({ html: '<body><shop-card></shop-card></body>' });
    const button = tab.document.createElement('button');
    button.textContent = 'Buy';
    // Where the page's own observers do not look.
    tab.find('shop-card').attachShadow({ mode: 'open' }).append(button);
    button.dispatchEvent(new tab.window.MouseEvent('click', { bubbles: true, composed: true }));
    button.textContent = 'Wait';
    await tab.wait(3);
    expect(await dead(tab)).toEqual(['dead_click Buy']);
  });

  it('leaves nothing that watches the page', async () => {
    const tab = await opened();
    tab.click('#buy');
    await tab.wait(3);
    const sent = tab.sent.length;
    tab.document.body.append('later');
    await tab.wait(1);
    expect(tab.sent).toHaveLength(sent);
  });
});
