// The life of page views: at most one is current, each begins when somebody can see it, each reports its time.

import { guard, listen } from './guard';
import { address, newHead, uuid, type HeadAt } from './identity';
import { watchHistory, watchSigns } from './page';
import type { Send } from './send';
import { nextReport, openAccount, type Account } from './time';
import type { EventMessage, ViewState } from './wire';

/** After so long without a sign of life the next one begins a new page view, as it begins a new session. */
const SESSION_LIMIT = 30 * 60_000;
/** Routers change the address first and the title when they have rendered. */
const TITLE_DELAY = 300;
/** The first report after a page came to the front. Also how soon sleep is noticed: see time.ts. */
const TICK = 5_000;

/** An event before it belongs to a page view. */
export type NewEvent = Omit<EventMessage, 'kind' | 'id' | 'at'>;

/** Begins the first view; gives the function that records what happens on the current one. */
export const trackViews = (now: () => number, idle: number, send: Send): (event: NewEvent) => void => {
  // The current view. No head: none has begun yet.
  let head: HeadAt | undefined;
  let began: number;
  let account: Account;
  /** Its open time at which a report is due. */
  let due: number;

  /** What the next view names as its referrer. */
  let from = document.referrer;
  /** A page was reached but not yet seen. */
  let awaited: boolean;
  /** What happened before there was a view to belong to. */
  const early: NewEvent[] = [];
  let lastSign: number;
  let ticker: ReturnType<typeof setInterval>;
  /** The document was left. It may come back from the browser's back/forward cache. */
  let gone: boolean | undefined;

  /** A prerendered page may say that it is visible, but nobody sees it. */
  const seen = () =>
    !gone && document.visibilityState === 'visible' && !(document as { prerendering?: boolean }).prerendering;

  const begin = (): void => {
    const delay = head ? TITLE_DELAY : 0;
    if (head) {
      // Now at the latest: soon the title is that of the next page.
      head(0);
      report('left', delay);
    }
    const referrer = from;
    from = address(location.href);
    began = now();
    account = openAccount(began, idle);
    head = newHead(began, from, referrer, began - lastSign > SESSION_LIMIT);
    awaited = false;
    lastSign = began;
    send(head, { kind: 'view' }, delay);
    tick();
    early.splice(0).forEach(record);
  };

  const report = (state: ViewState, when: number | 'last'): void => {
    const reading = account(now(), seen());
    due = nextReport(reading.open);
    send(head!, { kind: 'time', ...reading, state }, when);
  };

  const tick = (): void => {
    clearInterval(ticker);
    due = 0;
    ticker = setInterval(
      guard(() => {
        // Timers come a little early now and then.
        if (account(now(), true).open > due - 500 && now() - lastSign < idle) report('shown', 0);
      }),
      TICK,
    );
  };

  const record = (event: NewEvent): void => {
    if (!head) return void early.push(event);
    // The page may go on to navigate, or be suspended in the background: only a beacon survives that for sure.
    const when = !seen() ? 'last' : event.event === 'custom' ? 0 : 'now';
    send(head, { kind: 'event', id: uuid(), at: now() - began, ...event }, when);
  };

  /** A page was reached: its view begins now, or as soon as the page is seen. */
  const arrive = (): void => {
    awaited = true;
    if (seen()) begin();
  };

  /** The tab came to the front or went to the back, or the document is left. */
  const turn = ({ type }: Event): void => {
    if (awaited && seen()) begin();
    else if (head && !gone) {
      gone = type === 'pagehide';
      if (seen()) {
        account(now(), true);
        tick();
      } else {
        clearInterval(ticker);
        report(gone ? 'left' : 'hidden', 'last');
      }
    }
  };

  watchHistory(arrive);
  watchSigns(() => {
    if (!head || !seen()) return;
    if (now() - lastSign > SESSION_LIMIT) begin();
    lastSign = now();
    account(lastSign, true, true);
  });
  listen('visibilitychange prerenderingchange pagehide', turn);
  listen<PageTransitionEvent>('pageshow', ({ persisted }) => {
    if (persisted) {
      gone = head = undefined;
      // document.referrer is still the one from before, so it would lie.
      from = '';
      arrive();
    }
  });
  arrive();
  return record;
};
