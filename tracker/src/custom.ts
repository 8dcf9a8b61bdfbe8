// window.pulse(name, props): the site's own events. What does not fit is left out, and the console says so.

import { guard, warn } from './guard';
import { clean } from './text';
import { record } from './views';
import type { Props } from './wire';

export const pulse = guard((given: unknown, props: unknown): void => {
  const name = clean(given as string);
  const kept: Props = {};
  props = props || {};
  Object.entries(props as Record<string, any>)
    .slice(0, 20)
    .map(([key, value]) => {
      // Texts, finite numbers and booleans, as JSON writes them.
      if (/^["\dtf-]/.test(JSON.stringify(value))) kept[key.slice(0, 40)] = value.slice?.(0, 200) ?? value;
    });
  const sent = JSON.stringify([name, kept]);
  if (sent !== JSON.stringify([given, props])) warn('cut event: ' + sent);
  if (name) record({ event: 'custom', name, props: kept });
});
