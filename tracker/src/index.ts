import { ownConfig } from './config';
import { pulse } from './custom';
import { watchErrors } from './errors';
import { watchEvents } from './events';
import { guard } from './guard';
import { connect } from './send';
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

  const config = ownConfig();
  const { doNotTrack, globalPrivacyControl, maxTouchPoints, webdriver } = navigator as Navigator & {
    globalPrivacyControl?: boolean;
  };
  const site = +(config.site as string);
  const why =
    !site ? 'no data-site'
    : (doNotTrack === '1' || globalPrivacyControl) && config.pulseHonourOptout !== 'off' ? 'the browser opted out'
    : '';
  if (why) return console.info('Pulse: ' + why + ', nothing is recorded');

  connect(config.endpoint, { v: 1, site, visitor: { touch: maxTouchPoints > 1 }, webdriver });
  watchViews((+(config.pulseIdle as string) || 30) * 1000);
  watchEvents();
  watchErrors();
  if (document.querySelector('[data-pulse-404]')) notFound();
  stub?.q?.forEach((call) => pulse(...call));
})(window);
