// Messages wait here until the collector has answered for them. Ids make a repeat harmless, so in doubt: again.

import { config } from './config';
import { warn } from './guard';
import type { Answer, Head, Message, Refusal } from './wire';

/**
 * Characters of a batch, else it is halved. At most three bytes each, so it stays below 16 KB, of the 64 KB that all
 * beacons of a page share; and no message is so short that more than the collector's fifty would fit.
 */
const MOST = 4_000;
const MOST_WAITING = 200;
/** Milliseconds: the first pause after a failure, doubled up to the longest. */
const PAUSE = 2_000;
const LONGEST_PAUSE = 60_000;

/** When a message goes: after so many milliseconds, or at once by beacon, for the page may be about to navigate. */
export const NOW = -1;
/** The page may never come back: also while the collector wants a pause. */
export const LAST = -2;

type Item = [Head, Message];

let session: string | null | undefined;
let queue: Item[] = [];
let timer: ReturnType<typeof setTimeout> | 0;
/** Milliseconds; 0 when all is well. */
let pause = 0;

const schedule = (delay: number): void => {
  clearTimeout(timer as number);
  timer = setTimeout(flush, delay);
};

const flush = (): void => {
  timer = 0;
  if (queue[0]) void dispatch(queue.splice(0));
};

const dispatch = async (items: Item[], byBeacon?: boolean): Promise<void> => {
  let status: number | undefined;
  let answer: Partial<Answer & Refusal> = {};
  try {
    const body = JSON.stringify({
      v: 1,
      site: +(config.site as string),
      session,
      visitor: { touch: navigator.maxTouchPoints > 1 },
      webdriver: navigator.webdriver,
      // A head for each message, though several may be the same: most batches hold one message.
      views: items.map(([view]) => view),
      messages: items.map(([, message], view) => ({ ...message, view })),
    });
    const half = items.length >> 1;
    if (half && body.length > MOST) {
      void dispatch(items.slice(0, half), byBeacon);
      return dispatch(items.slice(half), byBeacon);
    }
    if (byBeacon && (navigator.sendBeacon(config.endpoint, body) || pause)) return;
    // A text without further headers needs no preflight; without cookies any page may post it.
    const response = await fetch(config.endpoint, { method: 'POST', body, keepalive: true, credentials: 'omit' });
    status = response.status;
    answer = await response.json();
  } catch {
    // Not sent, no answer, or one that is no JSON.
  }
  // Too many requests, or the server's or the line's trouble.
  if (!(status! < 429)) {
    queue = items.concat(queue).slice(-MOST_WAITING);
    return schedule((pause = Math.min(LONGEST_PAUSE, pause * 2 || PAUSE)));
  }
  session = answer.session || session;
  if (!timer) {
    pause = 0;
    flush();
  }
  if (status! > 299) warn('refused: ' + (answer.message || status));
};

/** Sends a message of a view, and what else waits. */
export const send = (view: Head, message: Message, when: number): void => {
  queue.push([view, message]);
  // During a pause the collector may turn the beacon away unseen, so its messages also stay.
  if (when === LAST || (when < 0 && !pause)) void dispatch(pause ? queue : queue.splice(0), true);
  else if (!pause && (!timer || when)) schedule(when);
};
