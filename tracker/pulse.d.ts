// What pages may call. `window.pulse` can be called before the script has loaded if the page has the stub; its
// functions are there afterwards.

/** A text of up to 200 characters, a finite number or a boolean. */
export type PulseValue = string | number | boolean;

export interface Pulse {
  /** Records an event of the site's own: a name of up to 80 characters, up to 20 properties with names of up to 40. */
  (name: string, props?: Record<string, PulseValue>): void;
  /** Says that the page on show was not found. */
  notFound(): void;
  /** This browser is not to be recorded, now and on later pages. */
  optOut(): void;
  /** This browser may be recorded, from now on: after `optOut()`, or where the site begins paused. */
  optIn(): void;
  /** The current session is to be erased. This document is not recorded any more, the next one is. */
  forget(): void;
  /**
   * A code such as K7F-3QX9 for an error page or a contact form, by which the dashboard finds the session for 30 days;
   * the same one until the page is loaded again. Undefined where the tag has no `data-reference`, or nothing is recorded.
   */
  reference(): string | undefined;
}

declare global {
  interface Window {
    pulse: Pulse;
  }
}
