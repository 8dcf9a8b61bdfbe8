// window.pulse(name, props): the site's own events. What does not fit is left out, and the console says so.

import { warn } from './guard';
import { cut } from './text';
import type { NewEvent } from './views';
import type { Props } from './wire';

/** The event of one call, or undefined if it has no name. */
export const customEvent = (name: unknown, props: unknown = {}): NewEvent | undefined => {
  const unfit = (what: string) => warn(`event "${name}": ${what} is too long, too many or of a wrong type`);
  const short = (text: string, most: number, what = text) => {
    if (text.length > most) unfit(what);
    return cut(text, most);
  };

  if (typeof name !== 'string' || !name.trim()) return unfit('name') as undefined;
  const kept: Props = {};
  Object.entries(typeof props === 'object' ? props || {} : { value: props }).forEach(([key, value], i) => {
    // Texts, finite numbers and booleans, as JSON writes them.
    if (i < 20 && /^["\dtf-]/.test(JSON.stringify(value))) {
      kept[short(key, 40)] = typeof value === 'string' ? short(value, 200, key) : value;
    } else unfit(key);
  });
  return { event: 'custom', name: short(name.trim(), 80), props: kept };
};
