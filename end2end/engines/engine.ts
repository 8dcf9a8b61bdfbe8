// What the specs need of a browser, whichever engine it has and whatever drives it.

/** With what a link is clicked: these open it in another tab. */
export type Press = 'middle' | 'ctrl';

export interface Engine {
  /** Somebody opens a tab; it is in front. */
  visit(): Promise<Tab>;
  /** Closes all that is open. */
  leave(): Promise<void>;
  /** Ends the browser. */
  end(): Promise<void>;
}

export interface Tab {
  /** Loads a page. */
  open(url: string): Promise<void>;
  /** Runs a function in the page; it sees nothing of what is around it here. */
  run<T>(script: () => T): Promise<T>;
  /** Clicks into the middle of an element with the browser's own pointer. */
  click(selector: string, press?: Press): Promise<void>;
  /** Types into a field with the browser's own keyboard. */
  type(selector: string, text: string): Promise<void>;
  back(): Promise<void>;
  /** The page is out of sight meanwhile. */
  lookElsewhere(meanwhile: () => Promise<void>): Promise<void>;
  /** Closes the tab; the browser lives on. */
  close(): Promise<void>;
  /** The names of all cookies for the page, also of those that scripts cannot read. */
  cookies(): Promise<string[]>;
}
