// What the page of a session is to tell, as a table in a test.

/** A page view, in the order of the timeline. */
export interface PageTold {
  path: string;
  /** `1 min 12 s`. */
  active: string;
  /** What else stands in its entry, in any order; a pattern where the order matters. */
  also?: (string | RegExp)[];
}

/** Nothing for a while, between two pages. */
export interface AwayTold {
  /** `2 min`. */
  away: string;
}

export interface Told {
  /** The session in a sentence. */
  sentence: string;
  /** What the ribbon says to those who do not see it. */
  ribbon: string;
  timeline: (PageTold | AwayTold)[];
}

/** The headings of the timeline: `1. /pricing`. */
export const headings = ({ timeline }: Told): string[] =>
  timeline.flatMap((entry) => ('path' in entry ? [entry.path] : [])).map((path, i) => `${i + 1}. ${path}`);

/** One pattern for each entry of the timeline. */
export const entries = ({ timeline }: Told): RegExp[] =>
  timeline.map((entry) =>
    'away' in entry
      ? containing([`${entry.away} away`])
      : containing([entry.path, `${entry.active} active`, OVER, ...(entry.also ?? [])]),
  );

/** How the timeline says that a page was left, wherever to. */
const OVER = /then left|went on to|closed/;

const containing = (words: (string | RegExp)[]): RegExp =>
  new RegExp(`^${words.map((word) => `(?=.*(?:${word instanceof RegExp ? word.source : exactly(word)}))`).join('')}`, 's');

/** Not as the end of a longer time: `20 s` is not in `1 min 20 s`. */
const exactly = (words: string): string =>
  `(?<!\\d|min\\s|h\\s)${words.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&').replaceAll(' ', '\\s')}`;
