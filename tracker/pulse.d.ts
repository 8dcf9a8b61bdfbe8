// What pages may call. `window.pulse` can be called before the script has loaded if the page has the stub; its
// functions are there afterwards.

/** A text of up to 200 characters, a finite number or a boolean. */
export type PulseValue = string | number | boolean;

export interface Pulse {
  /** Records an event of the site's own: a name of up to 80 characters, up to 20 properties with names of up to 40. */
  (name: string, props?: Record<string, PulseValue>): void;
  /** Says that the page on show was not found. */
  notFound(): void;
}

export interface PulseConfig {
  /** Number of the site. */
  site: number | string;
  /** Seconds after a sign of life for which a visible page counts as active; 30 if it is not said. */
  pulseIdle?: number | string;
  /** 'off' records also where the browser asks not to be tracked. */
  pulseHonourOptout?: 'off';
  /** Kinds of events that are not sent, with spaces between. */
  pulseOff?: string;
}

declare global {
  interface Window {
    pulse: Pulse;
    /** Settings of a script without a tag of its own; set before it runs. */
    pulseConfig?: PulseConfig;
  }
}
