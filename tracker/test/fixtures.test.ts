// One visit, from the first page to a tab that wakes, and a short one to a page with hash routes, which the visitor
// then wants forgotten: what the tracker sends, word for word. The collector's tests post the same files, in this order. After a change that is meant, `npx vitest run -u` writes them anew.

import { describe, expect, it } from 'vitest';
import { openTab, stored, type Tab } from './support/tab';

const PAGE = `<title>Lamps for small rooms</title>
  <body>
    <a id="plans" href="/pricing">See plans</a>
    <a id="maker" href="https://maker.example/about?from=shop">Who makes them</a>
    <form id="newsletter" action="/subscribe"><input name="address" required value="x"></form>
  </body>`;

/** All that the tab has sent since the last time must be this one file. */
function recorder(tab: Tab) {
  const names: string[] = [];
  const sent = async (name: string) => {
    // What happened is sent within half a second.
    if (tab.sent.length === names.length) await tab.wait(0.5);
    names.push(name);
    expect(tab.sent, name).toHaveLength(names.length);
    const body = JSON.stringify(tab.payloads().at(-1), null, 2);
    await expect(body + '\n').toMatchFileSnapshot(`../fixtures/${name}.json`);
  };
  return { names, sent };
}

describe('a visit on the wire', () => {
  it('is what the fixtures say', async () => {
    const tab = await openTab({
      url: 'https://shop.example/?utm_source=newsletter&utm_campaign=autumn',
      referrer: 'https://news.example/story',
      html: PAGE,
      navigator: { maxTouchPoints: 5 },
    });
    const { names, sent } = recorder(tab);
    await sent('01-first-view');

    await tab.wait(5);
    await sent('02-time-report');

    await tab.wait(2.6);
    tab.click('#plans');
    await sent('03-click');
    tab.window.history.pushState({}, '', '/pricing');
    tab.document.title = 'Plans and prices';
    await tab.wait(0.5);
    await sent('04-next-view');

    tab.click('#maker', { ctrlKey: true });
    await sent('05-outbound');
    await tab.wait(3);
    tab.hide();
    await sent('06-hidden');
    await tab.wait(22.6);
    tab.show();

    tab.fire(tab.find('#newsletter'), 'submit');
    await sent('07-form');

    tab.window.pulse('Signup', { plan: 'pro', seats: 3, trial: true });
    tab.collector = () => ({ status: 503 });
    await sent('08-custom');
    // The collector was busy: what follows waits, and goes together with what it did not take.
    tab.collector = (payload) => ({ status: 202, json: stored(payload) });
    await tab.wait(0.5);
    tab.click('#plans');
    tab.click('#maker');
    await tab.wait(1.5);
    await sent('09-batch-after-503');

    await tab.wait(2);
    await sent('10-time-after-return');
    tab.hide();
    await sent('11-hidden-again');
    await tab.wait(31 * 60);
    tab.show();
    tab.move();
    await tab.wait(1);
    await sent('12-resumed-view');
    tab.leave();
    await sent('13-left');

    expect(names).toEqual([...names].sort());
    expect(tab.errors).toEqual([]);
  });

  it('to a page with hash routes is forgotten on request', async () => {
    const tab = await openTab({
      url: 'https://shop.example/app#/lamps/small',
      tag: { 'data-site': '1', 'data-pulse-hash': '', 'data-pulse-mode': 'tab', 'data-pulse-off': 'dead_click' },
      html: PAGE,
      seed: 2,
    });
    const { sent } = recorder(tab);
    await sent('14-hash-route');
    await tab.wait(1);
    tab.window.pulse.forget();
    await sent('15-forget');
    expect(tab.errors).toEqual([]);
  });
});
