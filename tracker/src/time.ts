// How long a page view was open, visible and active. Pure: its age is passed in, in milliseconds.
//
//   open    since the view began
//   visible while its tab is in front
//   active  while visible and at most `idle` after a sign of life
//
// Totals run and are never reset: a report that is lost, repeated or late changes nothing.

import type { Phase, Span } from './wire';

const MOST_SPANS = 64;

/**
 * While visible the account is asked every few seconds. A longer silence than this means that the machine slept or
 * the page was frozen: nobody can have looked, so it counts as hidden.
 */
const SLEPT = 15_000;

export interface Reading {
  open: number;
  visible: number;
  active: number;
  spans: Span[];
}

/**
 * Tells the account what is from now on, and reads it: whether the tab is in front, and whether there was
 * a sign of life just now. Telling the same twice changes nothing. The age never falls.
 */
export type Account = (age: number, shown: boolean, sign?: boolean) => Reading;

/** The account of one page view, which begins in a visible tab: that is its first sign of life. */
export const openAccount = (idle: number): Account => {
  let last = 0;
  let asleep = idle;
  let phase: Phase = 'a';
  let spans: Span[] = [[0, phase]];
  const spent = { a: 0, i: 0, h: 0 };

  const enter = (age: number, next: Phase): void => {
    spent[phase] += age - last;
    last = age;
    if (phase === next) return;
    phase = next;
    // Rounded down, so that no offset lies beyond the open time.
    const at = (age / 100) | 0;
    // What took no time goes. A new list each time: reports that wait to be sent keep the old one. Equal neighbours
    // may remain; the collector folds them.
    spans = [...spans.filter(([start]) => start < at), [at, phase]];
    if (spans.length > MOST_SPANS) {
      // The shortest joins the one before it. So the first stays, and the last, which is still growing.
      const lengths = spans.slice(2).map(([at], i) => at - spans[i + 1]![0]);
      spans.splice(lengths.indexOf(Math.min(...lengths)) + 1, 1);
    }
  };

  return (age, shown, sign) => {
    if (phase !== 'h' && age - last > SLEPT) enter(last, 'h');
    if (phase === 'a' && asleep < age) enter(asleep, 'i');
    if (sign) asleep = age + idle;
    enter(age, shown ? (age < asleep ? 'a' : 'i') : 'h');
    return { open: age, visible: spent.a + spent.i, active: spent.a, spans };
  };
};

/**
 * A clock that only goes forward, in milliseconds. Of a date, because performance.now() stands
 * still on some systems while they sleep; what a date jumps back is left out, what it jumps ahead is taken for sleep.
 */
export const now = (): number => (elapsed += Math.max(0, -last + (last = Date.now())));
let last = Date.now();
let elapsed = 0;
