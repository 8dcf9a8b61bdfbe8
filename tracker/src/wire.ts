// What goes to the collector and what comes back, version 1. Types only: no byte of this file is shipped.
// The table for people is in README.md.

/** What a page view is from some moment on: active, visible but idle, hidden. */
export type Phase = 'a' | 'i' | 'h';

/** From how many milliseconds after the view began, in which phase. */
export type Span = [ms: number, phase: Phase];

/** shown: still open in front; hidden: tab in the background; left: page closed or navigated on. */
export type ViewState = 'shown' | 'hidden' | 'left';

/** 128 random bits: four 32-bit numbers, in decimal, with dashes between. */
export type Id = string;

/** Who speaks of which page view: part of every message, so that whichever arrives first creates the view. */
export interface Head {
  view: Id;
  url: string;
  /** '' if there is none; so of the title. */
  referrer: string;
  title: string;
  /** Milliseconds from the beginning of the view to this very send. */
  age: number;
  /** Began in a tab that woke after thirty idle minutes. */
  resumed: boolean;
}

/** Nothing but the head: the view began. */
export type Beginning = Record<never, never>;

/** How long the view has been open, and what it was in that time. */
export interface TimeReport {
  open: number;
  /** May be later than `open` in a report that had to wait. Neighbours may be equal, and may begin together. */
  spans: Span[];
  /** The deepest share of the page that was seen, in whole percent of its height now. */
  scroll: number;
  state: ViewState;
}

/** What the tracker calls events. Which clicks lead out of the site or to a file the collector tells by the target. */
export type EventKind =
  | 'click' | 'form_start' | 'form' | 'custom' | 'rage_click' | 'dead_click' | 'error' | 'not_found'
  | 'forget' | 'reference';

export type Props = Record<string, string | number | boolean>;

export interface EventReport {
  id: Id;
  /** Milliseconds since the view began. */
  at: number;
  event: EventKind;
  name?: string;
  /** Where a link leads: an address, or of other protocols than HTTP only which. Of an error the source file. */
  target?: string;
  /** The link says that it leads to a download. */
  download?: boolean;
  props?: Props;
}

export type Body = Beginning | TimeReport | EventReport;

export type Message = Head & (Beginning | Partial<TimeReport> | Partial<EventReport>);

export interface Payload {
  site: number;
  session?: string | null | undefined;
  /** Touch points: more than one tells an iPad from a Mac. */
  touch: number;
  /** A program drives the browser. */
  webdriver?: boolean | undefined;
  /** Of this tab or this browser, if the site wants that. */
  token?: Id | undefined;
  /** The kinds of events that the site does not want, with spaces between. */
  off?: string | undefined;
  messages: Message[];
}

export interface Outcome {
  outcome: 'stored' | 'duplicate' | 'refused';
  reason?: string;
}

/** The body of a 202. */
export interface Answer {
  session: string | null;
  outcomes: Outcome[];
}

/** The body of a 4xx: the whole batch was refused. */
export interface Refusal {
  refused: string;
  message: string;
}
