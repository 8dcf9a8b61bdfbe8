// One visit, from the first page to a tab that wakes: what the tracker sends, word for word. The collector's tests
// post the same files, in this order. After a change that is meant, `npx vitest run -u` writes them anew.

import { describe, expect, it } from 'vitest';
import { openTab, stored, type Tab } from './support/tab';

async function visit(): Promise<{ tab: Tab; sent: (name: string) => Promise<void>; names: string[] }> {
  const tab = await openTab({
    url: 'https://shop.example/?utm_source=newsletter&utm_campaign=autumn',
    referrer: 'https://news.example/story',
    html: `<title>Lamps for small rooms</title>
      <body>
        <a id="plans" href="/pricing">See plans</a>
        <a id="maker" href="https://maker.example/about?from=shop">Who makes them</a>
        <form id="newsletter" action="/subscribe"><input name="address" required value="x"></form>
      </body>`,
    navigator: { maxTouchPoints: 5 },
  });
  const names: string[] = [];
  return {
    tab,
    names,
    /** All that was sent since the last time must be this one file. */
    async sent(name) {
      names.push(name);
      expect(tab.sent, name).toHaveLength(names.length);
      const body = JSON.stringify(tab.payloads().at(-1), null, 2);
      await expect(body + '\n').toMatchFileSnapshot(`../fixtures/${name}.json`);
    },
  };
}

describe('a visit on the wire', () => {
  it('is what the fixtures say', async () => {
    const { tab, sent, names } = await visit();
    await sent('01-first-view');

    await tab.wait(5.1);
    await sent('02-time-report');

    await tab.wait(3);
    tab.click('#plans');
    await sent('03-click');
    tab.window.history.pushState({}, '', '/pricing');
    tab.document.title = 'Plans and prices';
    await tab.wait(0.5);
    await sent('04-next-view');

    tab.click('#maker', { ctrlKey: true });
    await sent('05-outbound');
    await tab.wait(4);
    tab.hide();
    await sent('06-hidden');
    await tab.wait(20);
    tab.show();

    tab.fire(tab.find('#newsletter'), 'submit');
    await sent('07-form');

    tab.window.pulse('Signup', { plan: 'pro', seats: 3, trial: true });
    tab.collector = () => ({ status: 503 });
    await tab.wait(0);
    await sent('08-custom');
    // The collector was busy: what follows waits, and goes together with what it did not take.
    tab.collector = (payload) => ({ status: 202, json: stored(payload) });
    await tab.wait(1);
    tab.click('#plans');
    tab.click('#maker');
    await tab.wait(1);
    await sent('09-batch-after-503');

    await tab.wait(1);
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
});
