import { describe, expect, it } from 'vitest';
import type { EventReport } from '../src/wire';
import { openTab, SHOP, Tab } from './support/tab';

// Put together here, so that no address stands in this file.
const ADDRESS = ['reader', 'shop.example'].join('@');

/** What is sent of a click on the element with the attribute `x`, or on the first link or button. */
async function clickOn(html: string, init: MouseEventInit = {}): Promise<Partial<EventReport> | undefined> {
  const tab = await openTab({ url: SHOP + '/shop/', html: `<body>${html}</body>` });
  tab.click(html.includes(' x') ? '[x]' : 'a,button,input,area,summary', init);
  expect(tab.errors).toEqual([]);
  const [event] = (await tab.events());
  return (
    event && {
      event: event.event,
      ...(event.name && { name: event.name }),
      ...(event.target && { target: event.target }),
      ...(event.download && { download: true }),
    }
  );
}

describe('a link', () => {
  const table: [string, string, Partial<EventReport>][] = [
    ['inside the site', '<a href="/pricing?plan=pro#top">Plans</a>', { event: 'click', target: SHOP + '/pricing?plan=pro' }],
    ['relative', '<a href="../b">Plans</a>', { event: 'click', target: SHOP + '/b' }],
    ['to an anchor', '<a href="#faq">Plans</a>', { event: 'click', target: SHOP + '/shop/' }],
    ['to another site', '<a href="https://other.example/x?y=1">Plans</a>', { event: 'click', target: 'https://other.example/x?y=1' }],
    ['without a protocol', '<a href="//other.example/">Plans</a>', { event: 'click', target: 'https://other.example/' }],
    ['to a subdomain', '<a href="https://blog.shop.example/">Plans</a>', { event: 'click', target: 'https://blog.shop.example/' }],
    ['to a file', '<a href="/files/Plans.PDF">Plans</a>', { event: 'click', target: SHOP + '/files/Plans.PDF' }],
    ['to a file elsewhere', '<a href="https://cdn.example/a.zip?v=2">Plans</a>', { event: 'click', target: 'https://cdn.example/a.zip?v=2' }],
    ['to a page that looks a bit like a file', '<a href="/pdf">Plans</a>', { event: 'click', target: SHOP + '/pdf' }],
    ['to a download without an ending', '<a href="/export" download>Plans</a>', { event: 'click', target: SHOP + '/export', download: true }],
    ['to a download that the page made', '<a href="blob:https://shop.example/123" download="x">Plans</a>', { event: 'click', target: 'blob:', download: true }],
    ['to a mailbox', `<a href="mailto:${ADDRESS}">Plans</a>`, { event: 'click', target: 'mailto:' }],
    ['to a telephone', '<a href="tel:+5550123456">Plans</a>', { event: 'click', target: 'tel:' }],
    ['that is a script', '<a href="JavaScript:void(0)" role="button">Plans</a>', { event: 'click', target: 'javascript:' }],
    ['in a drawing', '<svg><a href="/b" x><text>Plans</text></a></svg>', { event: 'click', target: SHOP + '/b' }],
    ['with a picture and a word', '<a href="/b"><img alt="" src="/x.png"> Plans</a>', { event: 'click', target: SHOP + '/b' }],
    ['hit on a word inside', '<a href="/b"><b><i x>Plans</i></b></a>', { event: 'click', target: SHOP + '/b' }],
  ];
  it.each(table)('%s', async (_, html, expected) => {
    expect(await clickOn(html)).toEqual({ name: 'Plans', ...expected });
  });

  it('that cannot be read is no event, and the page does not notice', async () => {
    const tab = await openTab({ html: '<body><a href="http://[">Broken</a></body>' });
    tab.click('a');
    expect(await tab.events()).toEqual([]);
    expect(tab.errors).toEqual([]);
  });

  it.each<[string, MouseEventInit, boolean]>([
    ['left', {}, true],
    ['Ctrl', { ctrlKey: true }, true],
    ['Cmd', { metaKey: true }, true],
    ['Shift', { shiftKey: true }, true],
    ['middle', { button: 1 }, true],
    ['right', { button: 2 }, false],
    ['keyboard', { detail: 0 }, true],
  ])('clicked with %s is never held back', async (_, init, counts) => {
    const tab = await openTab({ html: '<body><a href="/b" target="_blank">Plans</a></body>' });
    const event = tab.click('a', init);
    expect(event.defaultPrevented).toBe(false);
    expect(await tab.events()).toHaveLength(counts ? 1 : 0);
  });
});

describe('a button', () => {
  it.each([
    ['by its text', '<button> Add \n to <b>cart</b></button>', 'Add to cart'],
    ['by the name its owner gave it', '<button data-pulse-name="add" aria-label="Add">Add to cart</button>', 'add'],
    ['by its label', '<button aria-label="Add to cart">+</button>', 'Add to cart'],
    ['by another element', '<b id="l">Add to cart</b><button aria-labelledby="l" aria-label="no">+</button>', 'Add to cart'],
    ['by its picture', '<button><img alt="Cart" src="/x.png"></button>', 'Cart'],
    ['by its title', '<button title="Cart"><svg></svg></button>', 'Cart'],
    ['by its own name', '<button name="cart"></button>', 'cart'],
    ['by its id', '<button id="cart"></button>', 'cart'],
    ['by nothing', '<button></button>', 'button'],
    ['without what only eyes see', '<button><i aria-hidden="true">shopping_cart</i>Cart</button>', 'Cart'],
    ['without styles', '<button><svg><style>.a{}</style></svg>Cart</button>', 'Cart'],
    ['in eighty characters', `<button>${'x'.repeat(100)}</button>`, 'x'.repeat(80)],
    ['that is one by role', '<div role="button" x>Cart</div>', 'Cart'],
    ['that is a summary', '<details><summary>Cart</summary></details>', 'Cart'],
    ['that has a name and no role', '<div data-pulse-name="card"><p x>Lamp</p></div>', 'card'],
  ])('is called %s', async (_, html, name) => {
    expect(await clickOn(html)).toEqual({ event: 'click', name });
  });

  it.each([
    ['<input type="submit" value="secret">', 'input'],
    ['<input type="submit" value="secret" name="go">', 'go'],
    ['<input type="button" value="secret" id="more">', 'more'],
    ['<input type="button" value="secret" aria-label="More">', 'More'],
    ['<input type="submit" value="secret" data-pulse-name="order">', 'order'],
  ])('that is an input is never called by its value: %s', async (html, name) => {
    expect(await clickOn(html)).toEqual({ event: 'click', name });
  });

  it('does nothing with the middle button, so neither do we', async () => {
    expect(await clickOn('<button>Cart</button>', { button: 1 })).toBeUndefined();
  });

  it('in a shadow root is found', async () => {
    const tab = await openTab({ html: '<body><shop-card></shop-card></body>' });
    const root = tab.find('shop-card').attachShadow({ mode: 'open' });
    root.innerHTML = '<button><span>Cart</span></button>';
    const event = new tab.window.MouseEvent('click', { bubbles: true, composed: true });
    root.querySelector('span')!.dispatchEvent(event);
    expect(await tab.events()).toMatchObject([{ event: 'click', name: 'Cart' }]);
  });

  it('around the place of a slotted element is found', async () => {
    const tab = await openTab({ html: '<body><shop-button><b x>Cart</b></shop-button></body>' });
    tab.find('shop-button').attachShadow({ mode: 'open' }).innerHTML = '<button id="cart"><slot></slot></button>';
    tab.click('[x]');
    expect(await tab.events()).toMatchObject([{ event: 'click', name: 'cart' }]);
  });

  it('counts even if the page stops the event', async () => {
    const tab = await openTab({ html: '<body><button>Cart</button></body>' });
    tab.find('button').addEventListener('click', (event) => event.stopImmediatePropagation());
    tab.click('button');
    expect(await tab.events()).toHaveLength(1);
  });
});

describe('what is no event', () => {
  it.each([
    ['text', '<p x>Lamp</p>'],
    ['a text field', '<input type="text" x>'],
    ['a checkbox', '<label x>Yes <input type="checkbox"></label>'],
    ['a field in a named form', '<form data-pulse-name="order"><p x>Lamp</p></form>'],
    ['a button to be ignored', '<button data-pulse-ignore>Cart</button>'],
    ['a link in a part to be ignored', '<div data-pulse-ignore><p><a href="/b">Cart</a></p></div>'],
  ])('is a click on %s', async (_, html) => {
    expect(await clickOn(html)).toBeUndefined();
  });
});

describe('a click inside an open shadow root', () => {
  /** Clicks on the `x` in the shadow root of the page's shop-card. */
  async function clickInside(card: string, inside: string): Promise<Tab> {
    const tab = await openTab({ html: `<body>${card}</body>` });
    const root = tab.find('shop-card').attachShadow({ mode: 'open' });
    root.innerHTML = inside;
    root.querySelector('[x]')!.dispatchEvent(new tab.window.MouseEvent('click', { bubbles: true, composed: true }));
    return tab;
  }

  it('is one on the link inside', async () => {
    const tab = await clickInside('<shop-card></shop-card>', '<a href="/b">Plans <b x>now</b></a>');
    expect(await tab.events()).toMatchObject([{ event: 'click', name: 'Plans now', target: SHOP + '/b' }]);
  });

  it('is one on the link outside', async () => {
    const tab = await clickInside('<a href="/b" title="Plans"><shop-card></shop-card></a>', '<p x>Lamp</p>');
    expect(await tab.events()).toMatchObject([{ event: 'click', name: 'Plans', target: SHOP + '/b' }]);
  });

  it('is ignored where its host is', async () => {
    const tab = await clickInside('<shop-card data-pulse-ignore></shop-card>', '<a href="/b" x>Plans</a>');
    expect(await tab.events()).toEqual([]);
  });

  it('sends no text where its host is private', async () => {
    const tab = await clickInside('<shop-card data-pulse-private></shop-card>', '<a href="/b" x>Plans</a>');
    expect(await tab.events()).toMatchObject([{ event: 'click', name: 'a' }]);
  });
});

describe('a click that a script gives to what is no element', () => {
  it.each<[string, (tab: Tab) => EventTarget]>([
    ['the window', (tab) => tab.window as unknown as EventTarget],
    ['the document', (tab) => tab.document],
  ])('%s: is no event, and the console says nothing', async (_, target) => {
    const tab = await openTab({ html: '<body><button>Cart</button></body>' });
    for (let i = 0; i < 3; i++) tab.fire(target(tab), 'click');
    await tab.wait(3);
    expect(await tab.events()).toEqual([]);
    expect([tab.said, tab.errors]).toEqual([[], []]);
    tab.click('button');
    expect(await tab.events()).toMatchObject([{ event: 'click', name: 'Cart' }]);
  });

  it('a text: is one on the element around it', async () => {
    const tab = await openTab({ html: '<body><button>Cart</button></body>' });
    tab.fire(tab.find('button').firstChild!, 'click');
    expect(await tab.events()).toMatchObject([{ event: 'click', name: 'Cart' }]);
    expect([tab.said, tab.errors]).toEqual([[], []]);
  });
});

describe('what is private', () => {
  it.each([
    ['a button', '<div data-pulse-private><button title="Results">Results</button></div>', { name: 'button' }],
    ['a button with a name of its own', '<div data-pulse-private><button data-pulse-name="results">R</button></div>', { name: 'results' }],
    ['a button with an id', '<div data-pulse-private><button id="results">R</button></div>', { name: 'results' }],
    ['a link', '<a href="/b" data-pulse-private>Results</a>', { name: 'a', target: SHOP + '/b' }],
    ['a part of a button', '<button>Open <b data-pulse-private>Results</b></button>', { name: 'Open' }],
    ['a part of a button to be ignored', '<button>Open <b data-pulse-ignore>Results</b></button>', { name: 'Open' }],
    ['a label in a private part', '<p data-pulse-private><b id="l">Results</b></p><button aria-labelledby="l">Open</button>', { name: 'Open' }],
    ['a link in a text that is edited', '<div contenteditable><a href="/b">typed</a></div>', { name: 'a', target: SHOP + '/b' }],
    ['a field in a link', '<a href="/b" x>Go<textarea>typed</textarea><select><option>chosen</select></a>', { name: 'Go', target: SHOP + '/b' }],
  ])('is the text of %s', async (_, html, expected) => {
    expect(await clickOn(html)).toEqual({ event: 'click', ...expected });
  });
});

describe('a form', () => {
  async function submit(html: string): Promise<Tab> {
    const tab = await openTab({ html: `<body>${html}</body>` });
    tab.fire(tab.find('form'), 'submit');
    return tab;
  }

  it.each([
    ['<form data-pulse-name="order" id="f" name="n" action="/a">', 'order'],
    ['<form id="f" name="n" action="/a">', 'f'],
    ['<form name="n" action="/a">', 'n'],
    ['<form action="/subscribe?token=abc">', '/subscribe'],
    ['<form>', 'form'],
    ['<form id="f"><input name="id" value="typed"><input name="name">', 'f'],
    ['<form data-pulse-private id="f">', 'f'],
  ])('%s is called %j', async (html, name) => {
    expect(await (await submit(html)).events()).toMatchObject([{ event: 'form', name }]);
  });

  it('sends no typed character', async () => {
    const fields = ['text', 'email', 'password', 'search', 'tel', 'url', 'number', 'hidden'].map(
      (type) => `<input type="${type}" name="${type}" aria-label="${type}">`,
    );
    const tab = await openTab({
      html: `<body><form>${fields.join('')}<textarea name="t"></textarea><button>Send</button></form></body>`,
    });
    tab.document.querySelectorAll<HTMLInputElement>('input,textarea').forEach((field) => {
      const typed: Record<string, string> = { number: '4242', email: `secret${ADDRESS}`, url: 'https://secret.example/' };
      field.value = typed[field.type] ?? 'secret';
      tab.fire(field, 'input');
      tab.fire(field, 'change');
      tab.fire(field, 'keydown', { key: 's' });
      tab.click(`[name=${field.name}]`);
    });
    // The click submits the form, as in a browser.
    tab.click('button');
    tab.leave();
    expect(tab.sent.map(({ body }) => body).join()).not.toMatch(/secret|4242/);
    expect((await tab.events()).map(({ event }) => event)).toEqual(['rage_click', 'click', 'form']);
  });

  it('that is not valid is not submitted', async () => {
    expect(await (await submit('<form novalidate><input required></form>')).events()).toEqual([]);
  });

  it('that only closes a dialog is none', async () => {
    expect(await (await submit('<form method="dialog"><button>OK</button></form>')).events()).toEqual([]);
  });

  it('in a part to be ignored sends nothing', async () => {
    expect(await (await submit('<div data-pulse-ignore><form id="f"></form></div>')).events()).toEqual([]);
  });

  it('that the page handles itself is submitted no second time', async () => {
    const tab = await openTab({ html: '<body><form id="f"></form></body>' });
    let submitted = 0;
    tab.document.addEventListener('submit', (event) => {
      submitted++;
      event.preventDefault();
    });
    tab.fire(tab.find('form'), 'submit');
    await tab.wait(10);
    expect(submitted).toBe(1);
    expect(await tab.events()).toHaveLength(1);
  });
});

describe('a form that is begun', () => {
  const html = `<body><form id="order"><input id="street"><textarea id="note"></textarea><button id="go">Go</button></form>
    <form id="news"><input id="address"></form><input id="alone"></body>`;

  async function focus(...ids: string[]): Promise<string[]> {
    const tab = await openTab({ html });
    for (const id of ids) tab.find('#' + id).focus();
    return (await tab.events()).map(({ event, name }) => `${event} ${name}`);
  }

  it('is told when its first field gets the focus, and not again', async () => {
    expect(await focus('street', 'note', 'street')).toEqual(['form_start order']);
  });

  it('is told of each form', async () => {
    expect(await focus('street', 'address', 'note')).toEqual(['form_start order', 'form_start news']);
  });

  it('is told again on the next page', async () => {
    const tab = await openTab({ html });
    tab.find('#street').focus();
    tab.window.history.pushState({}, '', '/b');
    tab.find('#note').focus();
    await tab.wait(1);
    expect((await tab.events()).map(({ event }) => event)).toEqual(['form_start', 'form_start']);
  });

  it.each(['go', 'alone'])('is not told of what is no field of a form: %s', async (id) => {
    expect(await focus(id)).toEqual([]);
  });

  it('in a part to be ignored is told nothing of', async () => {
    const tab = await openTab({ html: '<body data-pulse-ignore><form><input></form></body>' });
    tab.find('input').focus();
    expect(await tab.events()).toEqual([]);
  });
});

describe('an event', () => {
  it('of the visitor goes within half a second, not while the click is handled', async () => {
    const tab = await openTab({ html: '<body><button>Cart</button></body>' });
    tab.click('button');
    expect(tab.sent).toHaveLength(1);
    await tab.wait(0.5);
    expect(tab.sent.slice(1)).toMatchObject([{ via: 'fetch', payload: { messages: [{ name: 'Cart' }] } }]);
  });

  it('goes with all that happen within half a second, in one request', async () => {
    const tab = await openTab({ html: '<body><button>Cart</button></body>' });
    tab.click('button');
    for (let i = 0; i < 4; i++) {
      await tab.wait(0.1);
      tab.click('button');
    }
    await tab.wait(0.1);
    expect(tab.sent.slice(1).map(({ payload }) => payload.messages.length)).toEqual([6]);
  });

  it('goes by beacon with all that waits if the page is left first', async () => {
    const tab = await openTab({ url: SHOP + '/a', html: '<body><a href="/c">C</a></body>' });
    tab.window.history.pushState({}, '', '/b');
    tab.click('a');
    tab.leave();
    const { via, payload } = tab.sent.at(-1)!;
    expect([via, payload.messages]).toMatchObject([
      'beacon',
      [
        { url: SHOP + '/a', state: 'left' },
        { url: SHOP + '/b' },
        { url: SHOP + '/b', event: 'click' },
        { url: SHOP + '/b', state: 'left' },
      ],
    ]);
    await tab.wait(60);
    expect(tab.sent).toHaveLength(2);
  });

  it('says when it was, since its view began', async () => {
    const tab = await openTab({ html: '<body><button>Cart</button></body>' });
    await tab.wait(5.3);
    tab.click('button');
    expect(await tab.events()).toMatchObject([{ at: 5_800 }]);
    // With the time report's answer at 5.5 s, half a second later.
    expect(tab.messages().at(-1)!.age).toBe(6_000);
  });

  it('has an id of its own', async () => {
    const tab = await openTab({ html: '<body><button>Cart</button></body>' });
    for (let i = 0; i < 50; i++) tab.click('button');
    // More than fit in one batch; and those that say that this was a burst, and that nothing came of it.
    await tab.wait(5);
    expect(new Set((await tab.events()).map(({ id }) => id)).size).toBe(52);
  });

  it('keeps its id when it is sent again, and no other message has one', async () => {
    const tab = await openTab({ html: '<body><button>Cart</button><button id="no">No</button></body>' });
    tab.collector = () => ({ status: 503 });
    tab.click('button');
    await tab.wait(1);
    tab.click('#no');
    await tab.wait(1.7);
    tab.leave();
    const tries = tab.sent.slice(1).map(({ payload }) => payload.messages.map((message) => ('id' in message ? message.id : '')));
    // The first; after 2 s with what came meanwhile; by beacon with the time of the view, which has none.
    expect(tries.map((ids) => ids.length)).toEqual([1, 2, 3]);
    const [first, second] = tries[2]!;
    expect(first).toMatch(/^\d+(-\d+){3}$/);
    expect(second).not.toBe(first);
    expect(tries).toEqual([[first], [first, second], [first, second, '']]);
  });

  it('of the site is sent with an answer, all of half a second together', async () => {
    const tab = await openTab();
    tab.window.pulse('A');
    await tab.wait(0.4);
    tab.window.pulse('B', { n: 1 });
    await tab.wait(0.1);
    expect(tab.sent.slice(1).map(({ via, payload }) => [via, payload.messages.length])).toEqual([['fetch', 2]]);
    expect(await tab.events()).toMatchObject([
      { event: 'custom', name: 'A' },
      { event: 'custom', name: 'B', props: { n: 1 } },
    ]);
  });

  it('of the site in the background goes by beacon', async () => {
    const tab = await openTab();
    tab.hide();
    tab.window.pulse('Done');
    expect(tab.sent.at(-1)).toMatchObject({ via: 'beacon', payload: { messages: [{ name: 'Done' }] } });
  });

  it('of the site at the very end still goes', async () => {
    const tab = await openTab();
    tab.window.addEventListener('pagehide', () => tab.window.pulse('Left', { depth: 80 }));
    tab.leave();
    expect(await tab.events()).toMatchObject([{ name: 'Left' }]);
  });

  it('goes by fetch where the browser takes no beacon', async () => {
    const tab = await openTab({ html: '<body><button>Cart</button></body>' });
    tab.acceptBeacons = false;
    tab.click('button');
    tab.leave();
    await tab.wait(0.5);
    expect(tab.sent.at(-1)).toMatchObject({ via: 'fetch', payload: { messages: [{ name: 'Cart' }, { state: 'left' }] } });
  });
});

describe('a kind of event that the site turned off', () => {
  it('is named in each batch: the collector, which knows more kinds, drops it', async () => {
    const tab = await openTab({ tag: { 'data-site': '1', 'data-pulse-off': 'quick_back dead_click' } });
    tab.leave();
    expect(tab.payloads().map(({ off }) => off)).toEqual(['quick_back dead_click', 'quick_back dead_click']);
  });

  it('is none where the site says nothing', async () => {
    expect((await openTab()).payloads()[0]).not.toHaveProperty('off');
  });
});

describe('an event that stands in the page', () => {
  /** What a visitor's click on `x` records. */
  async function declared(html: string, init: MouseEventInit = {}) {
    const tab = await openTab({ html: `<body>${html}</body>` });
    tab.click('[x]', init);
    const events = await tab.events();
    expect(tab.errors).toEqual([]);
    return events.map(({ event, name, props }) => ({ event, name, ...(props && { props }) }));
  }
  const signup = (props: object = {}) => ({ event: 'custom', name: 'signup', props });

  it('is recorded when the element is clicked, instead of the click', async () => {
    expect(await declared('<button data-pulse-event="signup" x>Join</button>')).toEqual([signup()]);
  });

  it('takes its properties from the attributes', async () => {
    const html = '<a href="/join" data-pulse-event="signup" data-pulse-event-plan="pro" data-pulse-event-plan-name="Pro" data-plan="x" x>Join</a>';
    expect(await declared(html)).toEqual([signup({ plan: 'pro', 'plan-name': 'Pro' })]);
  });

  it('can be on what is no control, which then counts as clicked no more than before', async () => {
    expect(await declared('<section data-pulse-event="signup"><p x>Join</p></section>')).toEqual([signup()]);
  });

  it('around a link leaves the click of the link', async () => {
    expect(await declared('<section data-pulse-event="signup"><a href="/join" x>Join</a></section>')).toEqual([
      signup(),
      { event: 'click', name: 'Join' },
    ]);
  });

  it('inside a link leaves the click of the link', async () => {
    expect(await declared('<a href="/join">Join <b data-pulse-event="signup" x>now</b></a>')).toEqual([
      signup(),
      { event: 'click', name: 'Join now' },
    ]);
  });

  it.each<[string, MouseEventInit, number]>([
    ['middle', { button: 1 }, 1],
    ['right', { button: 2 }, 0],
  ])('on a link clicked with the %s button counts as the link does', async (_, init, many) => {
    expect(await declared('<a href="/join" data-pulse-event="signup" x>Join</a>', init)).toHaveLength(many);
  });

  it('in a part to be ignored is none', async () => {
    expect(await declared('<div data-pulse-ignore><button data-pulse-event="signup" x>Join</button></div>')).toEqual([]);
  });

  it('has the same limits as one that is called, and the console says so', async () => {
    const tab = await openTab({ html: `<body><button data-pulse-event="${'n'.repeat(90)}" data-pulse-event-plan="${'p'.repeat(300)}">Join</button></body>` });
    tab.click('button');
    const [event] = await tab.events();
    expect([event!.name!.length, (event!.props!['plan'] as string).length]).toEqual([80, 200]);
    expect(tab.said).toMatchObject([/^warn: Pulse: cut event/].map((text) => expect.stringMatching(text) as string));
  });

  describe('on a form', () => {
    const form = '<form id="join" data-pulse-event="signup" data-pulse-event-plan="pro"><input value="typed"><button type="button">Join</button></form>';

    it('is recorded when it is submitted, instead of the submission', async () => {
      const tab = await openTab({ html: `<body>${form}</body>` });
      tab.fire(tab.find('form'), 'submit');
      expect(await tab.events()).toMatchObject([{ event: 'custom', name: 'signup', props: { plan: 'pro' } }]);
      expect(await tab.events()).toHaveLength(1);
    });

    it('is not recorded when something in it is clicked or begun', async () => {
      const tab = await openTab({ html: `<body>${form}</body>` });
      tab.find('input').focus();
      tab.click('button');
      expect((await tab.events()).map(({ event, name }) => `${event} ${name}`)).toEqual(['form_start join', 'click Join']);
    });

    it('is not recorded while the form is not valid', async () => {
      const tab = await openTab({ html: '<body><form novalidate data-pulse-event="signup"><input required></form></body>' });
      tab.fire(tab.find('form'), 'submit');
      expect(await tab.events()).toEqual([]);
    });
  });
});
