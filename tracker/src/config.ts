// What the site owner set: on the script tag, else in the script's query string (tag managers strip data
// attributes). data-pulse-idle="20" on the tag is pulseIdle=20 in the query string. A script that is bundled into
// another one has no tag of its own: the first element with data-site stands in for it.

export interface Settings {
  site?: unknown;
  /** Kinds of events that the collector drops, with spaces between. */
  pulseOff?: string;
  /** What is kept in the browser: a token of the 'tab' or of the 'browser'; else nothing. */
  pulseMode?: string;
  /** Seconds after a sign of life for which a visible page counts as active. */
  pulseIdle?: unknown;
  /** 'off': send also when the browser asks for nothing (Global Privacy Control, Do Not Track). */
  pulseHonourOptout?: unknown;

  // Set or not, whatever to.

  /** Hashes are pages of their own and no anchors. */
  pulseHash?: unknown;
  /** Record on this machine's own addresses too. */
  pulseLocal?: unknown;
  /** Nothing is recorded before pulse.optIn(). */
  paused?: unknown;
  /** Pages may show their visitor a code that leads to the session. */
  reference?: unknown;
}

export interface Config extends Settings {
  /** The collector is where the script came from, so a page's policy has to allow one host only. */
  endpoint: URL;
}

export let config: Config;

/** Of the tag that loaded this script; where the browser does not say which, of one that looks like it. */
export const readConfig = (): void => {
  const tag = (document.currentScript ||
    document.querySelector('[data-site],script[src*=pulse]')) as HTMLScriptElement | null;
  const src = tag?.src || location.href;
  config = {
    ...Object.fromEntries(new URL(src).searchParams),
    ...tag?.dataset,
    endpoint: new URL('/api/collect', src),
  };
};
