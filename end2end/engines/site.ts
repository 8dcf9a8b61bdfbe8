// A site that passes Pulse through its own domain, as one does that wants no other host in its pages: the script comes
// from the server, and what it posts goes there. On the way it is written down.

import { once } from 'node:events';
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer, text } from 'node:stream/consumers';

const PULSE = ['/pulse.js', '/api/collect'];

// The pages are on a loopback address, which the tracker leaves out unless it is told not to.
const TAG = '<script defer src="/pulse.js" data-site="1" data-pulse-local></script>';

// No driver of WebKit hears a console, so the pages tell what is said in theirs.
const EAR = `<script>{
  const tell = (...words) => navigator.sendBeacon('/heard', words.join(' '));
  for (const level of ['debug', 'error', 'info', 'log', 'warn']) console[level] = (...words) => tell(level, ...words);
  addEventListener('error', ({ message, target }) => tell(message || 'does not load:', target.src || ''), true);
  addEventListener('unhandledrejection', ({ reason }) => tell('rejected', reason));
}</script>`;

/** One message of the tracker: an event has `event`, a time report `open`, a page view neither. */
export interface Message {
  view: string;
  url: string;
  referrer: string;
  title: string;
  id?: string;
  event?: string;
  name?: string;
  target?: string;
  props?: Record<string, string | number | boolean>;
}

export interface Time {
  open: number;
  spans: [ms: number, phase: 'a' | 'i' | 'h'][];
  state: 'shown' | 'hidden' | 'left';
}

export interface Page {
  body?: string;
  headers?: Record<string, string>;
}

export class Site {
  /** The bodies that were posted, as they were. */
  readonly bodies: string[] = [];
  /** What was said in consoles, and errors. */
  readonly heard: string[] = [];
  /** What was asked for, with its query. */
  readonly asked: string[] = [];
  /** Answers of the collector that it should not give. */
  readonly refusals: string[] = [];

  /** Posts that are under way: without an answer so far. */
  underWay = 0;
  private answering = Promise.resolve();

  private constructor(
    readonly origin: string,
    readonly close: () => void,
  ) {}

  /** `pages` by path; the path is also the title. */
  static async open(pulse: string, pages: Record<string, Page>): Promise<Site> {
    const server = createServer();
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const site = new Site(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, () => {
      server.close();
      server.closeAllConnections();
    });
    server.on('request', (incoming, answer) => {
      site.asked.push(incoming.url!);
      const { pathname } = new URL(incoming.url!, site.origin);
      const page = pages[pathname];
      // Whoever closes a tab breaks connections off; a server that cannot be reached is seen as a broken one.
      if (PULSE.includes(pathname)) site.pass(pulse, incoming, answer).catch(() => answer.destroy());
      else if (pathname === '/heard') void text(incoming).then((words) => site.heard.push(words) && answer.writeHead(204).end());
      else if (page) serve(pathname, page, answer);
      else answer.writeHead(pathname === '/favicon.ico' ? 204 : 404).end();
    });
    return site;
  }

  get messages(): Message[] {
    return this.bodies.flatMap((body) => (JSON.parse(body) as { messages: Message[] }).messages);
  }

  /** The page views that were sent, in the order of their sending; each once. */
  get views(): Message[] {
    return [...new Map(this.messages.map((message) => [message.view, message])).values()];
  }

  get paths(): string[] {
    return this.views.map(({ url }) => this.path(url));
  }

  /** The events that were sent: `click Read on → /next`; each once, as the same goes again until it is answered for. */
  get events(): string[] {
    const events = this.messages.filter(({ event }) => event);
    const told = new Map(events.map(({ id, event, name, target }) => [id, `${event} ${name}${target ? ` → ${this.path(target)}` : ''}`]));
    return [...told.values()];
  }

  /** What was said last of a page: beacons may overtake each other, so that is the report of the greatest time. */
  last(path: string): (Message & Time) | undefined {
    const reports = this.messages.filter((message): message is Message & Time => 'open' in message && this.path(message.url) === path);
    return reports.sort((one, other) => one.open - other.open).at(-1);
  }

  /** The answers to all posts wait, until they are let go. */
  holdAnswers(): () => void {
    let letGo = () => {};
    this.answering = new Promise((resolve) => (letGo = resolve));
    return letGo;
  }

  path(address: string): string {
    return address.replace(this.origin, '');
  }

  private async pass(pulse: string, incoming: IncomingMessage, answer: ServerResponse): Promise<void> {
    const { method, url, socket } = incoming;
    const body = await text(incoming);
    const headers = { ...incoming.headers, 'x-forwarded-for': socket.remoteAddress };
    // The answer is to be read here.
    if (method === 'POST') headers['accept-encoding'] = 'identity';
    const onward = request(pulse + url, { method, headers });
    onward.end(body);
    if (method === 'POST') {
      this.bodies.push(body);
      this.underWay += 1;
    }
    const [response] = (await once(onward, 'response')) as [IncomingMessage];
    const status = response.statusCode!;
    const told = await buffer(response);
    if (method === 'POST' && !isWelcome(status, told.toString())) this.refusals.push(`${status}: ${told}`);
    if (method === 'POST') await this.answering;
    answer.writeHead(status, response.headers).end(told, () => method === 'POST' && this.underWay--);
  }
}

const isWelcome = (status: number, answer: string): boolean =>
  status === 202 &&
  (JSON.parse(answer) as { outcomes: { outcome: string }[] }).outcomes.every(({ outcome }) => outcome !== 'refused');

const serve = (title: string, { body = '', headers }: Page, answer: ServerResponse): void => {
  answer.writeHead(200, { 'content-type': 'text/html; charset=utf-8', ...headers });
  answer.end(`<!doctype html><html lang="en"><head><title>${title}</title>${EAR}${TAG}</head><body>${body}</body></html>`);
};
