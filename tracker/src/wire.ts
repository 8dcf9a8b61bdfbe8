// What goes to the collector and what comes back, version 1. Types only: no byte of this file is shipped.
// The table for people is in README.md.

/** What a page view is from some moment on: active, visible but idle, hidden. */
export type Phase = 'a' | 'i' | 'h';

/** From how many tenths of a second after the view began, in which phase. */
export type Span = [tenths: number, phase: Phase];

/** shown: still open in front; hidden: tab in the background; left: page closed or navigated on. */
export type ViewState = 'shown' | 'hidden' | 'left';

/** Who speaks of which page view: goes with every batch, so that whichever arrives first creates it. */
export interface Head {
  id: string;
  url: string;
  /** '' if there is none; so of the title. */
  referrer: string;
  title: string;
  /** Milliseconds from the beginning of the view to this very send. */
  age: number;
  /** Began in a tab that woke after thirty idle minutes. */
  resumed: boolean;
}

export interface ViewMessage {
  kind: 'view';
}

/** Running totals in milliseconds, active ≤ visible ≤ open, and where the changes lay. */
export interface TimeMessage {
  kind: 'time';
  open: number;
  visible: number;
  active: number;
  spans: Span[];
  /** The deepest share of the page that was seen, in whole percent of its height now. */
  scroll: number;
  state: ViewState;
}

export type EventKind = 
  | 'click' | 'outbound' | 'download' | 'form_start' | 'form' | 'custom'
  | 'rage_click' | 'dead_click' | 'error' | 'not_found';

export type Props = Record<string, string | number | boolean>;

export interface EventMessage {
  kind: 'event';
  id: string;
  /** Milliseconds since the view began. */
  at: number;
  event: EventKind;
  name: string;
  target?: string | undefined;
  props?: Props | undefined;
}

export type Message = ViewMessage | TimeMessage | EventMessage;

/** What is the same in every batch of one document. */
export interface Envelope {
  v: 1;
  site: number;
  /** More than one touch point: tells an iPad from a Mac. */
  visitor: { touch: boolean };
  webdriver?: boolean | undefined;
}

export interface Payload extends Envelope {
  session?: string | undefined;
  views: Head[];
  /** Each with the index of its head in `views`. */
  messages: (Message & { view: number })[];
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
