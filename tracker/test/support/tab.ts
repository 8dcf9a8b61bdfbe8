// A browser tab for tests: jsdom with a hand on the clock, the tab bar, the network and the built script.

import FakeTimers from '@sinonjs/fake-timers';
import { JSDOM, VirtualConsole } from 'jsdom';
import { bundle } from '../../scripts/bundle.mjs';
import { BEAT } from '../../src/send';
import type { Answer, EventReport, Message, Payload, TimeReport } from '../../src/wire';
import { totals } from './spans';

const script = await bundle();

export interface Sent {
  via: 'fetch' | 'beacon';
  url: string;
  /** Seconds since the tab was opened. */
  at: number;
  body: string;
  payload: Payload;
}

/** What the collector does with a fetch: an answer, or a dead line. */
export type Reaction = { status: number; headers?: Record<string, string>; json?: unknown; /** Seconds. */ after?: number } | 'unreachable';

export interface TabOptions {
  url?: string;
  html?: string;
  referrer?: string;
  /** Attributes of the script tag; null for a script without a tag. */
  tag?: Record<string, string> | null;
  src?: string;
  /** The tab is opened in the background. */
  hidden?: boolean;
  prerendering?: boolean;
  navigator?: Record<string, unknown>;
  /** Where the random numbers begin. */
  seed?: number;
  /** Runs in the page before the script. */
  before?: (window: TestWindow) => void;
}

export type TestWindow = JSDOM['window'] & {
  pulse: ((name?: unknown, props?: unknown) => void) & {
    q?: unknown[];
    notFound(): void;
    optOut(): void;
    optIn(): void;
    forget(): void;
    reference(): string | undefined;
  };
  // The page's own globals, as a test's page sets them.
  [name: string]: unknown;
};

export const SHOP = 'https://shop.example';
export const SCRIPT = 'https://pulse.example/pulse.js';
export const SESSION = '0190a1b2-c3d4-7e5f-8a6b-7c8d9e0f1a2b';

export class Tab {
  readonly window: TestWindow;
  readonly document: Document;
  readonly sent: Sent[] = [];
  readonly said: string[] = [];
  /** Errors that reached the page. Every test expects none. */
  readonly errors: unknown[] = [];
  collector: (payload: Payload) => Reaction = (payload) => ({ status: 202, json: stored(payload) });
  acceptBeacons = true;
  /** Height of the page in pixels; the window is 768 high. */
  height = 768;
  private scrolled = 0;
  private readonly clock: FakeTimers.Clock;
  private visibility: 'visible' | 'hidden';
  private prerendering: boolean;

  constructor(private readonly options: TabOptions = {}) {
    this.visibility = options.hidden ? 'hidden' : 'visible';
    this.prerendering = !!options.prerendering;
    const console = new VirtualConsole();
    // Links lead nowhere here: jsdom says so, and it is no fault.
    console.on('jsdomError', (error: Error & { type?: string }) => {
      if (error.type !== 'not-implemented') this.errors.push(error);
    });
    for (const level of ['warn', 'info', 'log', 'error'] as const) {
      console.on(level, (text: string) => this.said.push(`${level}: ${text}`));
    }
    const dom = new JSDOM(options.html ?? '<!doctype html><title>Shop</title><body></body>', {
      url: options.url ?? SHOP + '/',
      ...(options.referrer ? { referrer: options.referrer } : {}),
      pretendToBeVisual: true,
      runScripts: 'outside-only',
      virtualConsole: console,
    });
    this.window = dom.window as unknown as TestWindow;
    this.document = dom.window.document;
    this.clock = FakeTimers.withGlobal(this.window).install({
      now: Date.UTC(2026, 10, 24, 12),
      toFake: ['Date', 'setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'],
    });
    this.equip();
    options.before?.(this.window);
    this.loadScript();
  }

  /** What jsdom has not got, or what a test must command. */
  private equip(): void {
    const { window, document } = this;
    const define = (target: object, name: string, get: () => unknown) =>
      Object.defineProperty(target, name, { get, configurable: true });
    // A prerendered page says that it is hidden.
    define(document, 'hidden', () => this.prerendering || this.visibility === 'hidden');
    define(document, 'visibilityState', () => (document.hidden ? 'hidden' : 'visible'));
    define(document.documentElement, 'scrollHeight', () => this.height);
    define(window, 'scrollY', () => this.scrolled);
    define(document, 'prerendering', () => this.prerendering);
    for (const [name, value] of Object.entries(this.options.navigator ?? {})) {
      define(window.navigator, name, () => value);
    }
    define(window, 'crypto', () => ({ getRandomValues }));
    let { seed = 1 } = this.options;
    function getRandomValues(numbers: Uint32Array): Uint32Array {
      return numbers.map(() => (seed = (seed * 1103515245 + 12345) % 2 ** 31));
    }
    const note = (via: Sent['via'], url: URL, body: string) => {
      const payload = JSON.parse(body) as Payload;
      this.sent.push({ via, url: String(url), at: this.seconds(), body, payload });
      return payload;
    };
    const fetch = async (url: URL, init: RequestInit) => {
      const reaction = this.collector(note('fetch', url, String(init.body)));
      if (init.method !== 'POST' || !init.keepalive || init.credentials !== 'omit' || init.headers) {
        this.errors.push('a fetch that needs a preflight or carries cookies');
      }
      if (reaction === 'unreachable') throw new TypeError('Failed to fetch');
      const { after } = reaction;
      if (after) await new Promise((answered) => window.setTimeout(answered, after * 1000));
      return {
        status: reaction.status,
        headers: { get: (name: string) => reaction.headers?.[name.toLowerCase()] ?? null },
        json: async () => {
          if (reaction.json === undefined) throw new SyntaxError('Unexpected end of input');
          return reaction.json;
        },
      };
    };
    define(window, 'fetch', () => fetch);
    Object.defineProperty(window.navigator, 'sendBeacon', {
      configurable: true,
      value: (url: URL, body: string) => {
        if (this.acceptBeacons) note('beacon', url, body);
        return this.acceptBeacons;
      },
    });
    window.addEventListener('error', ({ error }) => this.errors.push(error));
  }

  /** Runs the built script as the tag of the page would. */
  loadScript(tag: Record<string, string> | null = this.options.tag === undefined ? { 'data-site': '1' } : this.options.tag): void {
    let element: HTMLScriptElement | null = null;
    if (tag) {
      element = this.document.createElement('script');
      element.src = this.options.src ?? SCRIPT;
      for (const [name, value] of Object.entries(tag)) element.setAttribute(name, value);
    }
    Object.defineProperty(this.document, 'currentScript', { get: () => element, configurable: true });
    this.window.eval(script);
    Object.defineProperty(this.document, 'currentScript', { get: () => null, configurable: true });
  }

  private seconds(): number {
    return Math.round((this.clock.now - Date.UTC(2026, 10, 24, 12)) / 100) / 10;
  }

  /** Time passes; timers run and answers arrive. */
  async wait(seconds: number): Promise<void> {
    await this.clock.tickAsync(seconds * 1000);
  }

  /** The lid is closed: time passes and no timer runs. */
  sleep(seconds: number): void {
    this.clock.setSystemTime(this.clock.now + seconds * 1000);
  }

  /** Somebody sets the computer's clock. */
  setClock(seconds: number): void {
    this.clock.setSystemTime(this.clock.now + seconds * 1000);
  }

  hide(): void {
    this.visibility = 'hidden';
    this.document.dispatchEvent(new this.window.Event('visibilitychange', { bubbles: true }));
  }

  show(): void {
    this.visibility = 'visible';
    this.document.dispatchEvent(new this.window.Event('visibilitychange', { bubbles: true }));
  }

  /** A prerendered page is opened. */
  activate(): void {
    this.prerendering = false;
    this.document.dispatchEvent(new this.window.Event('prerenderingchange'));
    this.show();
  }

  /** Another document is loaded, or the tab closed: in the order in which browsers tell it. */
  leave(): void {
    this.window.dispatchEvent(new this.window.PageTransitionEvent('pagehide', { persisted: true }));
    this.hide();
  }

  /** The back button finds the document as it was left. */
  restore(): void {
    this.visibility = 'visible';
    this.window.dispatchEvent(new this.window.PageTransitionEvent('pageshow', { persisted: true }));
    this.document.dispatchEvent(new this.window.Event('visibilitychange', { bubbles: true }));
  }

  /** A sign of life. */
  move(): void {
    this.fire(this.document.body, 'pointermove', { movementX: 3, movementY: 1 });
  }

  fire(target: EventTarget, type: string, properties: Record<string, unknown> = {}, bubbles = true): void {
    const event = new this.window.Event(type, { bubbles, cancelable: true, composed: true });
    target.dispatchEvent(Object.assign(event, properties));
  }

  /** The reader scrolls until so many pixels are above the window. */
  scroll(to: number): void {
    this.scrolled = to;
    this.fire(this.document, 'scroll', {}, false);
  }

  find(selector: string): HTMLElement {
    const element = this.document.querySelector<HTMLElement>(selector);
    if (!element) throw new Error(`the page has no ${selector}`);
    return element;
  }

  click(selector: string, init: MouseEventInit = {}): MouseEvent {
    const type = init.button ? 'auxclick' : 'click';
    const event = new this.window.MouseEvent(type, { bubbles: true, cancelable: true, composed: true, ...init });
    // jsdom's own stamp is of the real clock.
    Object.defineProperty(event, 'timeStamp', { value: this.clock.now });
    this.find(selector).dispatchEvent(event);
    return event;
  }

  payloads(): Payload[] {
    return this.sent.map(({ payload }) => payload);
  }

  /** Every message in the order in which it was sent. */
  messages(): (Message & Partial<TimeReport> & Partial<EventReport> & { sentAt: number })[] {
    return this.sent.flatMap(({ payload, at }) => payload.messages.map((message) => ({ sentAt: at, ...message })));
  }

  /** The heads of the views, each once: the first message of a view that names it. */
  views() {
    const views = new Map(this.messages().reverse().map((message) => [message.view, message]));
    return [...views.values()].reverse().map(({ view, url, referrer, title, age, resumed }) => ({ view, url, referrer, title, age, resumed }));
  }

  /** The messages that are nothing but the beginning of a view. */
  beginnings() {
    return this.messages().filter((message) => message.open === undefined && message.event === undefined);
  }

  /** What was recorded up to now: it is sent within half a second. */
  async events() {
    await this.wait(BEAT / 1000);
    return this.messages().flatMap((message) => (message.event ? [message as typeof message & EventReport] : []));
  }

  reports() {
    return this.messages().flatMap((message) => (message.open === undefined ? [] : [message as typeof message & TimeReport]));
  }

  /** The last report of a view's time, and what the collector makes of it. */
  time(view = this.views().at(-1)) {
    const reports = this.reports().filter((message) => message.view === view?.view);
    const last = reports.reduce((a, b) => (b.open > a.open ? b : a), reports[0]!);
    if (!last) throw new Error('the time of the view was not reported');
    return { ...last, ...totals(last) };
  }

  /** What is in a store of this browser, by key. */
  kept(store: 'localStorage' | 'sessionStorage'): string[] {
    return Object.keys(this.window[store]).sort();
  }
}

export function stored(payload: Payload, session: string | null = SESSION): Answer {
  return { session, outcomes: payload.messages.map(() => ({ outcome: 'stored' })) };
}

/** A page is opened, and its first view has been sent. */
export async function openTab(options: TabOptions = {}): Promise<Tab> {
  const tab = new Tab(options);
  await tab.wait(BEAT / 1000);
  return tab;
}
