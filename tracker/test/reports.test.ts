import { describe, expect, it } from 'vitest';
import type { EventReport, TimeReport } from '../src/wire';
import { stored, Tab } from './support/tab';

/** A visitor reads on, with a sign of life each ten seconds. */
async function read(tab: Tab, seconds: number): Promise<void> {
  for (let passed = 0; passed < seconds; passed += 10) {
    tab.move();
    await tab.wait(Math.min(10, seconds - passed));
  }
}

describe('time on page', () => {
  it('of one page, 40 s in front, then closed', async () => {
    const tab = new Tab();
    await read(tab, 40);
    tab.leave();
    expect(tab.time()).toMatchObject({ open: 40_000, visible: 40_000, active: 40_000, state: 'left', spans: [[0, 'a'], [40_000, 'h']] });
  });

  it('of 40 s of silent reading is 30 s active', async () => {
    const tab = new Tab();
    await tab.wait(40);
    tab.leave();
    expect(tab.time()).toMatchObject({ open: 40_000, visible: 40_000, active: 30_000 });
  });

  it('of two minutes, 29 minutes in the background and one more is three minutes', async () => {
    const tab = new Tab();
    await read(tab, 120);
    tab.hide();
    await tab.wait(29 * 60);
    tab.show();
    await read(tab, 60);
    tab.leave();
    expect(tab.views()).toHaveLength(1);
    expect(tab.time()).toMatchObject({ open: 32 * 60_000, visible: 180_000, active: 180_000 });
  });

  it('of a tab left open before nobody ends at the limit', async () => {
    const tab = new Tab({ tag: { 'data-site': '1', 'data-pulse-idle': '60' } });
    await tab.wait(4 * 3600);
    tab.leave();
    expect(tab.time()).toMatchObject({ visible: 4 * 3_600_000, active: 60_000 });
  });

  it.each([
    ['0', 30],
    ['1', 5],
    ['5', 5],
    ['120', 120],
    ['86400', 120],
    ['soon', 30],
  ])('of a silent reader with an idle limit of %j is %d s active', async (limit, active) => {
    const tab = new Tab({ tag: { 'data-site': '1', 'data-pulse-idle': limit } });
    await tab.wait(200);
    tab.leave();
    expect(tab.time()).toMatchObject({ visible: 200_000, active: active * 1000 });
  });

  it('is not changed by hiding twice', async () => {
    const tab = new Tab();
    await tab.wait(8);
    tab.hide();
    await tab.wait(100);
    tab.hide();
    expect(tab.time()).toMatchObject({ open: 108_000, visible: 8_000, active: 8_000, state: 'hidden' });
  });

  it('is not changed by an event in the middle', async () => {
    const tab = new Tab();
    await tab.wait(20);
    tab.window.pulse('Half way');
    await tab.wait(5);
    tab.leave();
    expect(tab.time()).toMatchObject({ open: 25_000, visible: 25_000, active: 25_000 });
  });

  it('does not count a night with the lid closed', async () => {
    const tab = new Tab();
    await tab.wait(12);
    tab.sleep(9 * 3600);
    await tab.wait(5);
    tab.leave();
    // Up to the last look at the clock before the lid fell, and the five seconds after it rose.
    expect(tab.time().visible).toBeLessThanOrEqual(17_000);
    expect(tab.time().active).toBeLessThanOrEqual(12_000);
    expect(tab.time().open).toBe(9 * 3_600_000 + 17_000);
  });

  it('goes on when the clock is set back an hour, and loses one look at it at the most', async () => {
    const tab = new Tab();
    await tab.wait(7);
    tab.setClock(-3600);
    await tab.wait(8);
    tab.leave();
    const { open, visible, active } = tab.time();
    expect(open).toBeGreaterThanOrEqual(10_000);
    expect(open).toBeLessThanOrEqual(15_000);
    expect([visible, active]).toEqual([open, open]);
  });
});

describe('signs of life', () => {
  const playing = { muted: false, loop: false };
  it.each<[string, string, string, object, boolean]>([
    ['a moving pointer', 'body', 'pointermove', { movementX: 1, movementY: 0 }, true],
    ['a pointer under which the page moves', 'body', 'pointermove', { movementX: 0, movementY: 0 }, false],
    ['a pressed pointer', 'body', 'pointerdown', {}, true],
    ['a key', 'body', 'keydown', {}, true],
    ['a wheel', 'body', 'wheel', {}, true],
    ['a moving touch', 'body', 'touchmove', {}, true],
    ['a click without a pointer', 'body', 'click', {}, true],
    ['a scrolled page', 'document', 'scroll', {}, true],
    ['a carousel that scrolls itself', 'div', 'scroll', {}, false],
    ['a playing film', 'video', 'timeupdate', playing, true],
    ['a muted film with captions', 'video', 'timeupdate', { ...playing, muted: true }, true],
    ['a silent film that runs in circles', 'video', 'timeupdate', { muted: true, loop: true }, false],
  ])('%s', async (_, selector, type, properties, isSign) => {
    const tab = new Tab({ html: '<body><div></div><video></video></body>' });
    await tab.wait(50);
    const target = selector === 'document' ? tab.document : tab.find(selector);
    if (type === 'timeupdate') {
      for (const [name, value] of Object.entries(properties)) {
        Object.defineProperty(target, name, { value, configurable: true });
      }
    }
    // Scrolling and playing do not bubble.
    tab.fire(target, type, type === 'timeupdate' ? {} : { ...properties }, !['timeupdate', 'scroll'].includes(type));
    await tab.wait(20);
    tab.leave();
    expect(tab.time().active).toBe(isSign ? 50_000 : 30_000);
  });

  it('count even if the page stops the event', async () => {
    const tab = new Tab();
    tab.document.body.addEventListener('keydown', (event) => event.stopImmediatePropagation());
    await tab.wait(50);
    tab.fire(tab.document.body, 'keydown');
    await tab.wait(20);
    tab.leave();
    expect(tab.time().active).toBe(50_000);
  });

  it('count for nothing in the background', async () => {
    const tab = new Tab({ html: '<audio></audio>' });
    await tab.wait(5);
    tab.hide();
    tab.fire(tab.find('audio'), 'timeupdate', {}, false);
    await tab.wait(60);
    tab.leave();
    expect(tab.time().active).toBe(5_000);
  });
});

describe('time reports', () => {
  it('come at 5, 15, 35, 75 and 155 s while somebody reads, then seldom', async () => {
    const tab = new Tab();
    await read(tab, 700);
    const reports = tab.reports();
    expect(reports.map(({ sentAt }) => sentAt)).toEqual([5.5, 15.5, 35.5, 75.5, 155.5, 315.5, 595.5]);
    expect(reports.every(({ state }) => state === 'shown')).toBe(true);
  });

  it('of a read of one hour cost at most twenty requests', async () => {
    const tab = new Tab();
    await read(tab, 3600);
    tab.leave();
    expect(tab.sent.length).toBeLessThanOrEqual(20);
    expect(tab.time()).toMatchObject({ open: 3_600_000, active: 3_600_000 });
    // Never five minutes without one: the visitor counts as present all the time.
    const gaps = tab.sent.map(({ at }, i) => at - (tab.sent[i - 1]?.at ?? 0));
    expect(Math.max(...gaps)).toBeLessThan(300);
  });

  it('stop while nobody reads', async () => {
    const tab = new Tab();
    await tab.wait(3600);
    expect(tab.sent.map(({ at }) => at)).toEqual([0.5, 5.5, 15.5]);
  });

  it('come soon after a return, for the last one said "hidden"', async () => {
    const tab = new Tab();
    await read(tab, 70);
    tab.hide();
    await tab.wait(60);
    tab.show();
    tab.move();
    await tab.wait(6);
    expect(tab.messages().slice(-2)).toMatchObject([
      { state: 'hidden', open: 70_000 },
      { state: 'shown', open: 135_000 },
    ]);
  });

  it('stop in the background and after leaving', async () => {
    const tab = new Tab();
    await tab.wait(1);
    tab.hide();
    const sent = tab.sent.length;
    await tab.wait(3600);
    expect(tab.sent).toHaveLength(sent);
    tab.leave();
    await tab.wait(3600);
    expect(tab.sent).toHaveLength(sent + 1);
  });

  it('go by beacon when the page is hidden or left, and say which', async () => {
    const tab = new Tab();
    await tab.wait(2);
    tab.hide();
    await tab.wait(2);
    tab.leave();
    expect(tab.sent.slice(1).map(({ via, payload }) => [via, payload.messages.map((message) => (message as Partial<TimeReport>).state)])).toEqual([
      ['beacon', ['hidden']],
      ['beacon', ['left']],
    ]);
  });

  it('carry their view even if the view itself is still under way', async () => {
    const tab = new Tab();
    tab.leave();
    const [view, report] = tab.messages();
    expect(report).toMatchObject({ ...view, open: 0 });
  });

  it('of the end take along what is under way, for that may be broken off', async () => {
    const tab = new Tab();
    tab.collector = (payload) => ({ status: 202, json: stored(payload), after: 1 });
    await tab.wait(0.5);
    tab.leave();
    expect(tab.sent.map(({ via, payload }) => [via, payload.messages.length])).toEqual([
      ['fetch', 1],
      ['beacon', 2],
    ]);
    await tab.wait(60);
    expect(tab.sent).toHaveLength(2);
  });

  it('say how old the view is at the moment they are sent, with the ids they had', async () => {
    const tab = new Tab();
    const dead = new Set([1, 2]);
    let tries = 0;
    tab.collector = (payload) => (dead.has(tries++) ? 'unreachable' : { status: 202, json: stored(payload) });
    tab.window.pulse('Before');
    await tab.wait(0.5);
    expect(tries).toBe(1);
    tab.window.pulse('Signup');
    await tab.wait(10);
    const tried = tab.payloads().filter(({ messages }) => messages.some((message) => (message as Partial<EventReport>).name === 'Signup'));
    expect(tried.map(({ messages }) => messages[0]!.age)).toEqual([1_000, 3_000, 7_000]);
    expect(new Set(tried.map(({ messages }) => JSON.stringify({ ...messages[0], age: 0 }))).size).toBe(1);
  });
});
