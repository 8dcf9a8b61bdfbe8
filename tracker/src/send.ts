// Messages wait here until the collector has answered for them. Ids make a repeat harmless, so in doubt: again.

import { guard, warn } from './guard';
import type { HeadAt } from './identity';
import type { Answer, Envelope, Message, Refusal } from './wire';

/** Beacons of one page share 64 KB. */
const MOST_BYTES = 16_384;
/** The collector takes no more in one batch. */
const MOST_MESSAGES = 50;
const MOST_WAITING = 200;
/** Seconds: the first pause after a failure, doubled up to the longest, unless the collector asks for another. */
const PAUSE = 2;
const LONGEST_PAUSE = 60;

type Item = [HeadAt, Message];

/** Rejects if no answer came. */
type Post = (body: string) => Promise<Pick<Response, 'status' | 'headers' | 'json'>>;
/** False if the browser did not take it. */
type Beacon = (body: string) => boolean;

/**
 * Sends a message of a view, and what else waits: in so many milliseconds, or at once by beacon, for the page may be
 * about to navigate; 'last' if it may never come back, then even in a pause.
 */
export type Send = (head: HeadAt, message: Message, when: number | 'now' | 'last') => void;

export const createSender = (envelope: Envelope, post: Post, beacon: Beacon, now: () => number): Send => {
  let queue: Item[] = [];
  let session: string | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** Seconds; 0 when all is well. */
  let pause = 0;

  const keep = (items: Item[]): void => {
    if (items.length > MOST_WAITING) warn('no answer, messages dropped');
    queue = items.slice(-MOST_WAITING);
  };

  /** In halves, if it is too much for one batch. */
  const dispatch = (items: Item[], byBeacon?: boolean): void => {
    const heads = [...new Set(items.map(([head]) => head))];
    const body = JSON.stringify({
      ...envelope,
      session,
      views: heads.map((head) => head(now())),
      messages: items.map(([head, message]) => ({ ...message, view: heads.indexOf(head) })),
    });
    const half = items.length >> 1;
    if (items.length > MOST_MESSAGES || (half && new Blob([body]).size > MOST_BYTES)) {
      dispatch(items.slice(0, half), byBeacon);
      dispatch(items.slice(half), byBeacon);
    } else if (!(byBeacon && (beacon(body) || pause))) void deliver(items, body);
  };

  const flush = guard(() => {
    timer = undefined;
    const items = queue;
    queue = [];
    if (items.length) dispatch(items);
  });

  const deliver = async (items: Item[], body: string): Promise<void> => {
    const response = await post(body).catch(() => undefined);
    const answer: Partial<Answer & Refusal> = (response && (await response.json().catch(() => 0))) || {};
    const status = response && response.status;
    // Too many requests, or the server's or the line's trouble.
    if (!status || status > 428) {
      keep(items.concat(queue));
      pause = (response && +response.headers.get('retry-after')!) || Math.min(LONGEST_PAUSE, pause * 2 || PAUSE);
      clearTimeout(timer);
      timer = setTimeout(flush, pause * 1000);
      return;
    }
    session = answer.session || session;
    if (pause && !timer) {
      pause = 0;
      flush();
    }
    for (const { reason } of answer.outcomes || [{ reason: answer.message || status }]) {
      if (reason) warn('refused: ' + reason);
    }
  };

  return (head, message, when) => {
    keep(queue.concat([[head, message]]));
    // During a pause the collector may turn the beacon away unseen, so its messages also stay.
    if (when === 'last' || (when === 'now' && !pause)) dispatch(queue, true);
    if (pause) return;
    if (typeof when === 'string') queue = [];
    else if (!timer || when) {
      clearTimeout(timer);
      timer = setTimeout(flush, when);
    }
  };
};
