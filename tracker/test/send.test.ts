import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { BEAT as MILLISECONDS } from '../src/send';
import type { Body, EventReport, Head, Payload } from '../src/wire';

const VIEW: Body = {};
const SESSION = '0190a1b2-c3d4-7e5f-8a6b-7c8d9e0f1a2b';

type Reply = { status: number; json?: unknown } | 'unreachable';

/** A sender with a collector that answers as told, and a clock that the test moves. */
class Line {
  readonly posts: Payload[] = [];
  readonly beacons: Payload[] = [];
  readonly warnings: string[] = [];
  /** Answers to the next posts; after them all is stored. */
  replies: Reply[] = [];
  acceptBeacons = true;
  /** Nobody sees the page. */
  hidden = false;
  send!: typeof import('../src/send').send;
  private begun = 0;

  static async open(): Promise<Line> {
    vi.resetModules();
    const { readConfig } = await import('../src/config');
    const { send } = await import('../src/send');
    const line = new Line();
    vi.spyOn(console, 'warn').mockImplementation((text: string) => void line.warnings.push(text));
    vi.stubGlobal('fetch', async (_: URL, { body }: { body: string }) => line.answer(JSON.parse(body) as Payload));
    vi.stubGlobal('navigator', {
      sendBeacon: (_: URL, body: string) => {
        if (line.acceptBeacons) line.beacons.push(JSON.parse(body) as Payload);
        return line.acceptBeacons;
      },
    });
    vi.stubGlobal('document', {
      currentScript: { src: 'https://pulse.example/pulse.js', dataset: { site: '1' } },
      get hidden() {
        return line.hidden;
      },
    });
    vi.stubGlobal('window', {});
    readConfig();
    line.send = send;
    return line;
  }

  private async answer(payload: Payload) {
    this.posts.push(payload);
    const reply = this.replies.shift() ?? {
      status: 202,
      json: { session: SESSION, outcomes: payload.messages.map(() => ({ outcome: 'stored' })) },
    };
    if (reply === 'unreachable') throw new TypeError('Failed to fetch');
    return {
      status: reply.status,
      json: async () => {
        if (reply.json === undefined) throw new SyntaxError('no JSON');
        return reply.json;
      },
    };
  }

  /** A page view that begins now. */
  view(): Head {
    const began = Date.now();
    const view = 'view-' + ++this.begun;
    return {
      view,
      url: 'https://shop.example/',
      referrer: '',
      title: '',
      resumed: false,
      get age() {
        return Date.now() - began;
      },
    };
  }

  /** Sends what is the last for now: the page goes to the background with it. */
  last(head: Head, message: Body): void {
    this.hidden = true;
    this.send(head, message);
    this.hidden = false;
  }

  /** Ids of the events of a payload. */
  static events({ messages }: Payload): string[] {
    return messages.flatMap((message) => ('id' in message ? [message.id!] : []));
  }
}

function event(id: string, text = ''): EventReport {
  return { id, at: 0, event: 'custom', name: 'x', ...(text ? { props: { text } } : {}) };
}

/** Seconds that a message waits for others. */
const BEAT = MILLISECONDS / 1000;

async function wait(seconds: number): Promise<void> {
  await vi.advanceTimersByTimeAsync(seconds * 1000);
}

let line: Line;

beforeEach(async () => {
  vi.useFakeTimers();
  line = await Line.open();
});

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

describe('a batch', () => {
  it('holds what came in one go, in order, each with its head', async () => {
    const [first, second] = [line.view(), line.view()];
    line.send(first, VIEW);
    line.send(second, VIEW);
    line.send(first, event('e1'));
    await wait(BEAT);
    expect(line.posts).toHaveLength(1);
    expect(line.posts[0]).toMatchObject({
      site: 1,
      messages: [{ view: 'view-1' }, { view: 'view-2' }, { view: 'view-1', id: 'e1' }],
    });
    expect(line.posts[0]).not.toHaveProperty('session');
  });

  it('takes along what comes within half a second, and waits no longer for it', async () => {
    const head = line.view();
    line.send(head, VIEW);
    await wait(0.4);
    line.send(head, event('e1'));
    expect(line.posts).toHaveLength(0);
    await wait(0.1);
    expect(line.posts.map(({ messages }) => messages.length)).toEqual([2]);
  });

  it('carries the session once an answer gave one', async () => {
    const head = line.view();
    line.send(head, VIEW);
    await wait(BEAT);
    line.send(head, event('e1'));
    await wait(BEAT);
    line.last(head, event('e2'));
    expect([line.posts[0], line.posts[1], line.beacons[0]].map((payload) => payload!.session)).toEqual([
      undefined,
      SESSION,
      SESSION,
    ]);
  });

  it('keeps the session when an answer names none', async () => {
    const head = line.view();
    line.send(head, VIEW);
    await wait(BEAT);
    line.replies = [{ status: 202, json: { session: null, outcomes: [] } }];
    line.send(head, event('e1'));
    await wait(BEAT);
    line.send(head, event('e2'));
    await wait(BEAT);
    expect(line.posts[2]!.session).toBe(SESSION);
  });
});

describe('a beacon', () => {
  it('goes as soon as nobody sees the page, with what waits, and none of it is posted again', async () => {
    const head = line.view();
    line.send(head, VIEW);
    line.last(head, event('e1'));
    expect(line.beacons.map(({ messages }) => messages)).toMatchObject([[{ view: 'view-1' }, { id: 'e1' }]]);
    await wait(10);
    expect(line.posts).toEqual([]);
  });

  it('takes along what is under way, which may be broken off', async () => {
    const head = line.view();
    line.send(head, event('e1'));
    vi.advanceTimersByTime(BEAT * 1000);
    line.last(head, event('e2'));
    expect([line.posts, line.beacons].map((sent) => sent.map(Line.events))).toEqual([[['e1']], [['e1', 'e2']]]);
    await wait(10);
    expect(line.posts).toHaveLength(1);
  });

  it('that the browser does not take is posted instead', async () => {
    line.acceptBeacons = false;
    line.replies = ['unreachable'];
    line.last(line.view(), event('e1'));
    await wait(BEAT);
    expect(line.posts.map(Line.events)).toEqual([['e1']]);
    // And posted again, since no answer came.
    await wait(2);
    expect(line.posts.map(Line.events)).toEqual([['e1'], ['e1']]);
  });

  it('is missed by nobody where the browser has none', async () => {
    vi.stubGlobal('navigator', {});
    line.last(line.view(), event('e1'));
    await wait(BEAT);
    expect(line.posts.map(Line.events)).toEqual([['e1']]);
    expect(line.warnings).toEqual([]);
  });
});

describe('posts', () => {
  it('go one at a time, the next as soon as one is answered', async () => {
    const head = line.view();
    line.send(head, event('e1'));
    vi.advanceTimersByTime(BEAT * 1000);
    line.send(head, event('e2'));
    line.send(head, event('e3'));
    vi.advanceTimersByTime(1_000);
    expect(line.posts.map(Line.events)).toEqual([['e1']]);
    await wait(BEAT);
    expect(line.posts.map(Line.events)).toEqual([['e1'], ['e2', 'e3']]);
  });

  it('of what waits are not brought forward by an answer', async () => {
    const head = line.view();
    line.send(head, event('e1'));
    vi.advanceTimersByTime(BEAT * 1000);
    line.send(line.view(), VIEW);
    await wait(0.4);
    expect(line.posts).toHaveLength(1);
    await wait(0.1);
    expect(line.posts).toHaveLength(2);
  });
});

describe('a batch that is too large', () => {
  it('is split, so that none has more than fifty messages, in order', async () => {
    const head = line.view();
    for (let i = 0; i < 120; i++) line.send(head, event('e' + i));
    await wait(BEAT * 10);
    expect(Math.max(...line.posts.map(({ messages }) => messages.length))).toBeLessThanOrEqual(50);
    expect(line.posts.flatMap(Line.events)).toEqual(Array.from({ length: 120 }, (_, i) => 'e' + i));
  });

  it('has less than fifty of even the shortest messages', async () => {
    const head = { ...line.view(), view: '1-2-3-4', url: 'https://a.de/' };
    for (let i = 0; i < 120; i++) line.send(head, VIEW);
    await wait(BEAT * 10);
    expect(Math.max(...line.posts.map(({ messages }) => messages.length))).toBeLessThanOrEqual(50);
  });

  it('is split at 16 KB, counted in bytes', () => {
    const head = line.view();
    // Three bytes each in UTF-8: 30 KB in all.
    for (let i = 0; i < 20; i++) line.send(head, event('e' + i, '漢'.repeat(500)));
    line.last(head, event('last'));
    for (const payload of line.beacons) {
      expect(new TextEncoder().encode(JSON.stringify(payload)).length).toBeLessThanOrEqual(16_384);
    }
    expect(line.beacons.flatMap(Line.events)).toEqual([...Array.from({ length: 20 }, (_, i) => 'e' + i), 'last']);
  });

  it('of one message is sent all the same', () => {
    line.last(line.view(), event('e1', 'x'.repeat(20_000)));
    expect(line.beacons.map(Line.events)).toEqual([['e1']]);
  });

  it('waits as a whole when its first part fails', async () => {
    const head = line.view();
    line.replies = [{ status: 503 }];
    for (let i = 0; i < 60; i++) line.send(head, event('e' + i));
    await wait(BEAT + 1.9);
    expect(line.posts).toHaveLength(1);
    await wait(0.1);
    expect(Line.events(line.posts[1]!)).toEqual(Line.events(line.posts[0]!));
    await wait(BEAT * 5);
    expect(line.posts.slice(1).flatMap(Line.events)).toEqual(Array.from({ length: 60 }, (_, i) => 'e' + i));
  });

  it('keeps the parts that failed and only those', async () => {
    const head = line.view();
    line.replies = [{ status: 202, json: { session: null, outcomes: [] } }, { status: 503 }];
    for (let i = 0; i < 60; i++) line.send(head, event('e' + i));
    await wait(BEAT * 2 + 2);
    const [first, second, third] = line.posts.map(Line.events);
    expect(third).toEqual(second);
    expect(third).not.toContain(first![0]);
  });
});

describe('a collector that cannot take it now', () => {
  it.each<[string, Reply]>([
    ['429', { status: 429 }],
    ['503', { status: 503 }],
    ['502 of a proxy', { status: 502 }],
    ['no answer', 'unreachable'],
  ])('%s: the same messages go again, with the same ids and new ages', async (_, reply) => {
    const head = line.view();
    line.replies = [reply, reply];
    line.send(head, VIEW);
    line.send(head, event('e1'));
    await wait(BEAT);
    await wait(2);
    await wait(4);
    expect(line.posts.map(({ messages }) => messages)).toMatchObject(
      [500, 2_500, 6_500].map((age) => [
        { view: 'view-1', age },
        { view: 'view-1', age, id: 'e1' },
      ]),
    );
    await wait(600);
    expect(line.posts).toHaveLength(3);
    expect(line.warnings).toEqual([]);
  });

  it('is asked after 2 s, then after twice as long each time, up to a minute', async () => {
    line.replies = Array<Reply>(9).fill('unreachable');
    const at: number[] = [];
    line.send(line.view(), VIEW);
    await wait(BEAT - 0.001);
    const started = Date.now();
    for (let second = 0; second <= 400; second++) {
      const before = line.posts.length;
      await wait(second ? 1 : 0.001);
      if (line.posts.length > before) at.push(Math.floor((Date.now() - started) / 1000));
    }
    expect(at).toEqual([0, 2, 6, 14, 30, 62, 122, 182, 242, 302]);
  });

  it('gets nothing new in the pause, then all in order', async () => {
    const head = line.view();
    line.replies = [{ status: 429 }];
    line.send(head, event('e1'));
    await wait(BEAT + 1);
    line.send(head, event('e2'));
    line.send(head, event('e3'));
    await wait(0.9);
    expect([line.posts.length, line.beacons.length]).toEqual([1, 0]);
    await wait(0.1);
    expect(line.posts.slice(1).map(Line.events)).toEqual([['e1', 'e2', 'e3']]);
  });

  it('is left alone too by what already had its time, and gets it after what failed', async () => {
    line.replies = [{ status: 503 }];
    const head = line.view();
    line.send(head, event('e1'));
    vi.advanceTimersByTime(BEAT * 1000);
    // The post is on its way; a new page waits for its title.
    line.send(head, event('e2'));
    await wait(1.9);
    expect(line.posts.map(Line.events)).toEqual([['e1']]);
    await wait(0.1);
    expect(line.posts.slice(1).map(Line.events)).toEqual([['e1', 'e2']]);
  });

  it('gets what came while it was asked again', async () => {
    const head = line.view();
    line.replies = ['unreachable'];
    line.send(head, event('e1'));
    await wait(BEAT);
    vi.advanceTimersByTime(2_000);
    // The second post is on its way.
    expect(line.posts).toHaveLength(2);
    line.send(head, event('e2'));
    await wait(BEAT);
    expect(line.posts.map(Line.events)).toEqual([['e1'], ['e1'], ['e2']]);
  });

  it('gets a beacon when the page is left in the pause, and the messages again if it is not', async () => {
    const head = line.view();
    line.replies = [{ status: 503 }];
    line.send(head, event('e1'));
    await wait(BEAT + 1);
    line.last(head, event('e2'));
    expect(line.beacons.map(Line.events)).toEqual([['e1', 'e2']]);
    await wait(1);
    expect(line.posts.slice(1).map(Line.events)).toEqual([['e1', 'e2']]);
  });

  it('starts over with 2 s after it has answered', async () => {
    const head = line.view();
    line.replies = ['unreachable', 'unreachable'];
    line.send(head, event('e1'));
    await wait(10);
    expect(line.posts).toHaveLength(3);
    line.replies = ['unreachable'];
    line.send(head, event('e2'));
    await wait(BEAT);
    await wait(2);
    expect(line.posts.map(Line.events).slice(3)).toEqual([['e2'], ['e2']]);
  });

  it('never has more than 200 messages waiting: the oldest go, and the console says so once', async () => {
    const head = line.view();
    line.replies = ['unreachable'];
    for (let i = 0; i <= 250; i++) line.send(head, event('e' + i));
    await wait(BEAT * 20);
    expect(line.posts.slice(1).flatMap(Line.events)).toEqual(Array.from({ length: 200 }, (_, i) => 'e' + (i + 51)));
    expect(line.warnings).toEqual(['Pulse: queue full']);
  });
});

describe('a collector that refuses', () => {
  it.each([400, 403, 404, 413])('%d: the batch is dropped, with its reason in the console once', async (status) => {
    const refusal: Reply = { status, json: { refused: 'unknown_site', message: 'There is no site 1.' } };
    const head = line.view();
    line.replies = [refusal, refusal];
    line.send(head, event('e1'));
    await wait(BEAT);
    line.send(head, event('e2'));
    await wait(600);
    expect(line.posts.map(Line.events)).toEqual([['e1'], ['e2']]);
    expect(line.warnings).toEqual(['Pulse: refused: There is no site 1.']);
  });

  it('without a reason is named by its status', async () => {
    line.replies = [{ status: 404 }];
    line.send(line.view(), VIEW);
    await wait(BEAT);
    expect(line.warnings).toEqual(['Pulse: refused: 404']);
  });

  it('after a pause ends the pause', async () => {
    const head = line.view();
    line.replies = ['unreachable', { status: 400 }];
    line.send(head, event('e1'));
    await wait(BEAT + 2);
    line.send(head, event('e2'));
    await wait(BEAT);
    expect(line.posts.map(Line.events)).toEqual([['e1'], ['e1'], ['e2']]);
  });

  it('nothing when its 202 cannot be read: that is stored', async () => {
    line.replies = [{ status: 202 }];
    line.send(line.view(), VIEW);
    await wait(600);
    expect(line.posts).toHaveLength(1);
  });
});
