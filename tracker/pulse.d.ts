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
}

/** What is set at all counts as on, so `false` is not among the values: leave it out. */
type On = true | '';

export interface PulseConfig {
  /** Number of the site. */
  site: number | string;
  /** Seconds after a sign of life for which a visible page counts as active, from 5 to 120; 30 if it is not said. */
  pulseIdle?: number | string;
  /** 'off' records also where the browser asks not to be tracked. */
  pulseHonourOptout?: 'off';
  /** Kinds of events that are not wanted, with spaces between. */
  pulseOff?: string;
  /** A random token is kept of the tab (sessionStorage) or the browser (localStorage); else nothing is. */
  pulseMode?: 'none' | 'tab' | 'browser';
  /** Hashes are pages and no anchors. */
  pulseHash?: On;
  /** Pages on localhost are recorded too. */
  pulseLocal?: On;
  /** Nothing is recorded or kept before `pulse.optIn()`. */
  paused?: On;
}

declare global {
  interface Window {
    pulse: Pulse;
    /** Settings of a script without a tag of its own; set before it runs. */
    pulseConfig?: PulseConfig;
  }
}
