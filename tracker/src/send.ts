// Messages wait here until the collector has answered for them. Ids make a repeat harmless, so in doubt: again.

import { config } from './config';
import { verdict } from './events';
import { guard, warn } from './guard';
import { newId } from './text';
import { useToken } from './token';
import { seen } from './views';
import type { Body, Head } from './wire';

/**
 * Characters of a batch. At most three bytes each, so it stays below 16 KB, of the 64 KB that all beacons of a page
 * share; and no message is so short that more than the collector's fifty would fit.
 */
const MOST = 4_000;
const MOST_WAITING = 200;
/** Milliseconds: what happens in so short a time is one request, and a router has set the title of its new page. */
export const BEAT = 500;
/** Milliseconds: the first pause after a failure, doubled up to the longest. */
const PAUSE = 2_000;
const LONGEST_PAUSE = 60_000;

type Item = [Head, Body];

/** All that has not been answered for, oldest first. */
let queue: Item[] = [];

let session: string | null | undefined;
let timer: ReturnType<typeof setTimeout> | 0 | undefined;
/** A post is under way. */
let busy: boolean;
/** Milliseconds; 0 when all is well. */
export let pause = 0;

/**
 * For the next time that something is sent or judged. All shares one timer, which is rarely set: to set one is a fourth
 * of what a click costs. `anew`: the whole time, or the whole pause, from now on.
 */
export const schedule = (anew?: unknown): void => {
  if (anew) timer = clearTimeout(timer as number) as undefined;
  timer = timer || setTimeout(flush, pause || BEAT);
};

/** A batch of the first of these, as many as fit, and which. */
const pack = (items: Item[]): [body: string, items: Item[]] => {
  const body = JSON.stringify({
    site: +(config.site as string),
    session,
    token: useToken(),
    off: config.pulseOff,
    touch: navigator.maxTouchPoints,
    webdriver: navigator.webdriver,
    // The age of a view is read here, so it is right at each try.
    messages: items.map(([view, message]) => {
      // Made at the first try: random numbers would take a quarter of a click's time.
      if ('at' in message) message.id = message.id || newId();
      return { ...view, ...message };
    }),
  });
  const half = items.length >> 1;
  return half && body.length > MOST ? pack(items.slice(0, half)) : [body, items];
};

/** Of these, or of all. */
export const forgetAbout = (items = queue): void => {
  queue = queue.filter((item) => !items.includes(item));
};

/** Posts what waits, batch after batch. */
const flush = async (): Promise<void> => {
  timer = 0;
  if (verdict) verdict();
  if (busy || !queue[0]) return;
  busy = true;
  const [body, items] = pack([...queue]);
  let status: number | undefined;
  // The response, then what it says.
  let answer: any = {};
  try {
    // A text without further headers needs no preflight; without cookies any page may post it.
    answer = await fetch(config.endpoint, { method: 'POST', body, keepalive: true, credentials: 'omit' });
    status = answer.status;
    answer = await answer.json();
  } catch {
    // Not sent, no answer, or one that is no JSON.
  }
  busy = false;
  if (status! < 429) {
    pause = 0;
    forgetAbout(items);
    session = answer.session || session;
    if (status! > 299) warn('refused: ' + (answer.message || status));
  } else {
    // Too many requests, or the server's or the line's trouble.
    pause = Math.min(LONGEST_PAUSE, pause * 2 || PAUSE);
  }
  // What is left, or nothing.
  schedule(queue[0]);
};

/** All that waits, and what is under way too: the page may be suspended or gone at any time. */
const flushByBeacon = guard((rest: Item[] = queue): void => {
  // The answer to what is under way never comes where the page goes into the browser's back/forward cache before it.
  busy = false;
  if (!rest[0]) return;
  const [body, items] = pack(rest);
  // Some people have beacons switched off.
  if (navigator.sendBeacon?.(config.endpoint, body)) {
    // During a pause the collector may turn it away unseen.
    if (!pause) forgetAbout(items);
    flushByBeacon(rest.slice(items.length));
  } else void flush();
});

/** Sends a message of a view, with what else comes soon. Never in the task of a click, which must not wait for us. */
export const send = (view: Head, message: Body): void => {
  if (queue.push([view, message]) > MOST_WAITING) {
    queue.shift();
    warn('queue full');
  }
  if (!seen()) flushByBeacon();
  else schedule();
};
