// What a page view was, and from when on: active, idle or hidden. Pure: its age is passed in, in milliseconds.
//
//   visible while its tab is in front
//   active  while visible and at most `idle` after a sign of life
//
// The collector adds up. Spans begin with the view and are never reset: a report that is lost, repeated or late
// changes nothing.

import type { Phase, Span } from './wire';

/**
 * Beyond it the second and the third span go, and their time is counted as the first was: an error at the beginning of
 * a view that changed 400 times, and never more than those two spans.
 */
const MOST_SPANS = 400;

/**
 * While visible the account is asked every few seconds. A longer silence than this means that the machine slept or
 * the page was frozen: nobody can have looked, so it counts as hidden.
 */
const SLEPT = 15_000;

/**
 * Tells the account what is from now on, and reads it: whether the tab is in front, and whether there was
 * a sign of life just now. Telling the same twice changes nothing. The age never falls. The list is always the same.
 */
export type Account = (age: number, shown: boolean, sign?: unknown) => Phase;

/** The account of one page view, which begins in a visible tab: that is its first sign of life. */
export const openAccount = (idle: number, spans: Span[]): Account => {
  let last = 0;
  let asleep = idle;
  let phase: Phase = 'a';

  const enter = (age: number, next: Phase): void => {
    last = age;
    if (phase !== next && spans.push([age, (phase = next)]) > MOST_SPANS) spans.splice(1, 2);
  };

  return (age, shown, sign) => {
    if (phase !== 'h' && last + SLEPT < age) enter(last, 'h');
    if (phase === 'a' && asleep < age) enter(asleep, 'i');
    if (sign) asleep = age + idle;
    enter(age, shown ? (age < asleep ? 'a' : 'i') : 'h');
    return phase;
  };
};

/**
 * A clock that only goes forward, in milliseconds. Of a date, because performance.now() stands
 * still on some systems while they sleep; what a date jumps back is left out, what it jumps ahead is taken for sleep.
 */
export const now = (): number => (elapsed += Math.max(0, -last + (last = Date.now())));
let last = Date.now();
/** What now() said last. */
export let elapsed = 0;
