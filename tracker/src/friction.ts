// What shows that a visitor is stuck: clicks in anger, and clicks that change nothing.

import { listen } from './guard';
import { FIELDS } from './names';
import { record } from './views';

/** PostHog's figures: three clicks, a second, thirty pixels; nothing changed within two and a half seconds. */
const BURST = 1_000;
const NEAR = 30;
const DEAD = 2_500;

/** What works without a change that a script could see. */
export const LIVE = '[href],label,video,audio,canvas,' + FIELDS;

let clicks: number;
/** The first click of a burst; once it is one, the last. */
let first = {} as MouseEvent;
let timer: number;
let observer: MutationObserver;

export const changed = (): void => {
  observer.disconnect();
  clearTimeout(timer);
};

export const watchChanges = (): void => {
  observer = new MutationObserver(changed);
  listen('scroll selectionchange focusin submit blur', changed);
};

export const watch = (name: string) => {
  observer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
  timer = setTimeout(() => {changed();record({ event: 'dead_click', name });}, DEAD) as unknown as number;};
export const clicked = (event: MouseEvent, isLive: unknown, name: string): void => {
  const isNear = Math.hypot(event.x - first.x, event.y - first.y) <= NEAR;
  if (!(isNear && event.timeStamp - first.timeStamp <= BURST)) {
    clicks = 0;
    first = event;
  }
  if (++clicks === 3) record({ event: 'rage_click', name });
  if (clicks > 2) first = event;

  changed();
  if (!(isLive || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey)) {
  observer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
  timer = setTimeout(() => {
    changed();
    record({ event: 'dead_click', name });
  }, DEAD) as unknown as number; };
 const xx = () => { setTimeout(() => {
  }, DEAD) as unknown as number;
  }
};
