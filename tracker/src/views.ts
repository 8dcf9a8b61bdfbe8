// The life of page views: at most one is current, each begins when somebody can see it, each reports its time.

import { config } from './config';
import { listen, warn } from './guard';
import { PRIVATE } from './names';
import { watchHistory } from './page';
import { pause, schedule, send } from './send';
import { address, clean, newId } from './text';
import { elapsed, now, openAccount, type Account } from './time';
import { useToken } from './token';
import type { EventReport, Head, Phase, Span, ViewState } from './wire';

/** After so long without a sign of life the next one begins a new page view, as it begins a new session. */
const SESSION_LIMIT = 30 * 60_000;
/** Until the first report after a page came to the front, at the most. Also how soon sleep is noticed: see time.ts. */
const TICK = 5_000;

/** An event before it belongs to a page view; when it was and its id come later. */
export type NewEvent = Omit<EventReport, 'id' | 'at'> & Partial<EventReport>;

let idle: number;

/** The current one, if one has begun. */
let view: Head | null;
let account: Account;
let spans: Span[];
/** Its open time at which a report is due. */
let due: number;
/** The lowest pixel that was seen. */
let deepest: number;
/** What was recorded and is not again on this view. */
let known: unknown[] = [];

/** What the next view names as its referrer. */
let from: string;
/** What happened before there was a view to belong to. */
const early: NewEvent[] = [];
let lastSign: number;
/** Why nothing is recorded; true when the document was left, which may come back from the browser's cache. */
export let halted: string | boolean = '';

/** Somebody may see the page, and it is recorded. A prerendered page says that it is hidden. */
export const seen = () => !halted && !document.hidden;

/** A page was reached: the view before ends, and one begins now, or as soon as the page is seen. */
export const arrive = (): void => {
  if (view) {
    // Now at the latest: soon the title is that of the next page.
    void view.title;
    report('left');
  }
  view = null;
  if (!seen()) return;
  account = openAccount(idle, (spans = [[0, 'a']]));
  // Who passes through a page quickly costs no report besides the last.
  due = 3_000;
  deepest = 0;
  known = [];
  const began = now();
  let title: string | undefined;
  // The age grows, all else stays as it is once it was read: heads never disagree.
  view = {
    referrer: from,
    url: (from = address(location.href)),
    view: newId(),
    // First read when it is first sent, when the page has had time to set it.
    get title() {
      return (title = title ?? (document.documentElement.matches(PRIVATE) ? '' : clean(document.title, 300)));
    },
    get age() {
      return now() - began;
    },
    resumed: now() - lastSign > SESSION_LIMIT,
  };
  lastSign = elapsed;
  // The title is read when the view is sent, so it gets the whole time. A pause is not made longer by it.
  schedule(!pause);
  send(view, {});
  early.splice(0).map((event) => record(event));
};

/** To ask where the page is scrolled to makes the browser lay it out: at no sign of life but a scroll. */
const read = (sign?: string): Phase => {
  if (!sign || sign === 'scroll') deepest = Math.max(deepest, scrollY + innerHeight);
  return account(view!.age, seen(), sign);
};

const report = (state: ViewState): void => {
  read();
  // After 5 s, then each time twice as long after the beginning, up to 280 s apart: an hour of reading is so 20 requests,
  // and a visitor who reads is never five minutes without a report.
  const open = view!.age;
  due = open + Math.min(280_000, open + 5_000);
  send(view!, {
    spans,
    open,
    scroll: (deepest / document.documentElement.scrollHeight) * 100,
    state,
  });
};

/** Records what happened on the current view; with a `key` only once for each key, and ten of these at the most. */
export const record = (event: NewEvent, key?: unknown): void => {
  if (key && (known.includes(key) || known.push(key) > 10)) return;
  if (view) {
    event.at = view.age;
    send(view, event);
  } else if (!halted) early.push(event);
};

/** Signs of life. */
const watchSigns = (): void =>
  listen<PointerEvent>('click wheel timeupdate keydown pointerdown pointermove touchmove scroll', (event) => {
    const type = event.type;
    if (
      // A carousel scrolls by itself; a person who scrolls an element uses wheel, finger or key.
      (type === 'scroll' ? event.target === document
        // Some browsers report a move when the page moved under the pointer.
        : type === 'pointermove' ? event.movementX || event.movementY
          // A silent film that runs in circles is decoration.
          : !(event.target as HTMLMediaElement).muted || !(event.target as HTMLMediaElement).loop) &&
      view &&
      seen()
    ) {
      if (now() - lastSign > SESSION_LIMIT) arrive();
      lastSign = elapsed;
      read(type);
    }
  });

/** Stops recording and says why; or records again. */
export const halt = (why: string): void => {
  early.splice(0);
  halted = why;
  warn(why || 'recording');
  if (why) {
    view = null;
    useToken();
  } else if (!view) arrive();
};

/** Begins the first view, as soon as something may be recorded. */
export const watchViews = (): void => {
  idle = Math.min(120, Math.max(5, +(config.pulseIdle as string) || 30)) * 1000;
  from = document.referrer;
  watchHistory();
  watchSigns();
  // The tab came to the front or went to the back, or the document is left, or comes back.
  listen('visibilitychange pagehide pageshow', (event) => {
    if (event.type === 'pageshow' && halted === true) {
      halted = '';
      view = null;
      // document.referrer is still the one from before, so it would lie.
      from = '';
    }
    if (!view) arrive();
    else if (!halted) {
      halted = event.type === 'pagehide';
      due = 0;
      if (seen()) read();
      else report(halted ? 'left' : 'hidden');
    }
  });
  setInterval(() => {
    // Timers come a little early now and then.
    if (view && read() === 'a' && view.age > due - 500) report('shown');
  }, TICK);
};
