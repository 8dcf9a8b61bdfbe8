// How long a page view was open, visible and active. Pure: the time is passed in, in milliseconds.
//
//   open    since the view began
//   visible while its tab is in front
//   active  while visible and at most `idle` after a sign of life
//
// Totals run and are never reset: a report that is lost, repeated or late changes nothing.

import type { Phase, Span } from './wire';

const MOST_SPANS = 64;

/**
 * While visible the account is asked every few seconds. A longer silence than this, or than `idle` if that is
 * longer, means that the machine slept or the page was frozen: nobody can have looked, so it counts as hidden.
 */
const SLEPT = 15_000;

export interface Reading {
  open: number;
  visible: number;
  active: number;
  spans: Span[];
}

/**
 * Tells the account what is from `now` on, and reads it: whether the tab is in front, and whether there was
 * a sign of life just now. Telling the same twice changes nothing; a clock that went backwards stands still.
 */
export type Account = (now: number, shown: boolean, sign?: boolean) => Reading;

/** The account of one page view, which begins at `began` in a visible tab: that is its first sign of life. */
export const openAccount = (began: number, idle: number): Account => {
  let last = began;
  let asleep = began + idle;
  let wasShown = true;
  let visible = 0;
  let active = 0;
  let spans: Span[] = [[0, 'a']];

  /** Offsets rise and neighbours differ: a span without length is replaced, an equal one continues. */
  const enter = (time: number, phase: Phase): void => {
    // Rounded down, so that no offset lies beyond the open time.
    const at = Math.floor((time - began) / 100);
    // A new list each time: reports that wait to be sent keep the old one.
    spans = spans.filter(([start]) => start < at).concat([[at, phase]]);
    if (spans.length > MOST_SPANS) dropShortest(spans);
    spans = spans.filter(([, phase], i) => !i || phase !== spans[i - 1]![1]);
  };

  return (now, shown, sign) => {
    const from = last;
    last = Math.max(from, now);
    if (wasShown) {
      if (last - from > Math.max(idle, SLEPT)) enter(from, 'h');
      else {
        visible += last - from;
        active += Math.max(0, Math.min(last, asleep) - from);
        if (from < asleep && asleep < last) enter(asleep, 'i');
      }
    }
    wasShown = shown;
    if (sign) asleep = last + idle;
    enter(last, shown ? (last < asleep ? 'a' : 'i') : 'h');
    return { open: last - began, visible, active, spans };
  };
};

/** It joins the span before it. So the first stays, and the last, which is still growing. */
const dropShortest = (spans: Span[]): void => {
  const lengths = spans.slice(2).map(([at], i) => at - spans[i + 1]![0]);
  spans.splice(lengths.indexOf(Math.min(...lengths)) + 1, 1);
};

/**
 * At which open time the report after the one at `open` is due: at 5, 15, 30, 45 and 60 s, then seldom. An hour of
 * reading is so 20 requests, and a visitor who reads is never five minutes without a report.
 */
export const nextReport = (open: number): number => {
  return open + (open < 10_000 ? 10_000 : open < 55_000 ? 15_000 : 280_000);
};

/**
 * A clock that only goes forward, in milliseconds since it was made. Of a date, because performance.now() stands
 * still on some systems while they sleep; what a date jumps back is left out, what it jumps ahead is taken for sleep.
 */
export const steadyClock = (date: () => number): () => number => {
  let last = date();
  let elapsed = 0;
  return () => {
    const time = date();
    elapsed += Math.max(0, time - last);
    last = time;
    return elapsed;
  };
};
