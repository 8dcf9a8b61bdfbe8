import { config, readConfig } from './config';
import { pulse } from './custom';
import { watchErrors } from './errors';
import { watchEvents } from './events';
import { guard } from './guard';
import { record, watchViews } from './views';

/** The function that pages call; before this script has loaded, a stub that keeps the calls in `q`. */
interface Pulse {
  (name?: unknown, props?: unknown): void;
  q?: [name?: unknown, props?: unknown][];
  notFound?: () => void;
}

guard((page: Window & { pulse?: Pulse }) => {
  const stub = page.pulse;
  // A second tag, or a framework that ran this one again, must not count anything twice.
  if (stub?.notFound) return;
  const notFound = () => record({ event: 'not_found', name: 'not_found' });
  page.pulse = Object.assign(pulse, { notFound }) as Pulse;

  readConfig();
  const { doNotTrack, globalPrivacyControl } = navigator as Navigator & { globalPrivacyControl?: boolean };
  const why =
    !+(config.site as string) ? 'no data-site'
    : (doNotTrack === '1' || globalPrivacyControl) && config.pulseHonourOptout !== 'off' ? 'opted out'
    : 0;
  if (why) return console.info('Pulse: ' + why + ', nothing recorded');

  watchViews();
  watchEvents();
  watchErrors();
  if (document.querySelector('[data-pulse-404]')) notFound();
  stub?.q?.forEach((call) => pulse(...call));
})(window);
