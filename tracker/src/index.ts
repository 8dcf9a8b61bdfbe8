import { pulse } from './custom';
import { config, readConfig } from './config';
import { watchErrors } from './errors';
import { watchEvents } from './events';
import { guard } from './guard';
import { forgetAbout } from './send';
import { arrive, halt, halted, record, watchViews } from './views';

/** The function that pages call; before this script has loaded, a stub that keeps the calls in `q`. */
interface Pulse {
  (name?: unknown, props?: unknown): void;
  q?: [name?: unknown, props?: unknown][];
  notFound?: () => void;
}

/** How browsers ask not to be tracked. */
type Wishes = { doNotTrack?: unknown; globalPrivacyControl?: boolean };

guard((page: Window & { pulse?: Pulse }) => {
  const stub = page.pulse;
  // A second tag, or a framework that ran this one again, must not count anything twice.
  if (stub?.notFound) return;

  readConfig();
  /** Why nothing is ever recorded here, whatever the page calls. */
  const never =
    !+(config.site as string) ? 'no data-site'
    : ((navigator as Wishes).doNotTrack == 1 || (navigator as Wishes).globalPrivacyControl) &&
      config.pulseHonourOptout != 'off' ? 'opted out'
    : /^(localhost$|127\.|\[)/.test(location.hostname) && config.pulseLocal == null ? 'localhost'
    : '';

  // For whoever reads it out; another one each time the page is loaded.
  const random = Math.random().toString(36).toUpperCase();
  const code = random.slice(2, 5) + '-' + random.slice(5, 9);
  const notFound = () => record({ event: 'not_found' });
  page.pulse = Object.assign(pulse, {
    notFound,
    optOut: guard(() => {
      forgetAbout();
      halt('opted out');
      // Last, for it may throw. The text is the reason that the next page says.
      localStorage['pulseOptOut'] = 'opted out';
    }),
    optIn: guard(() => {
      halt(never);
      delete localStorage['pulseOptOut'];
    }),
    reference: () => {
      if (config.reference == null || halted) return;
      record({ event: 'reference', name: code });
      return code;
    },
    forget: () => {
      record({ event: 'forget' });
      halt('forgotten');
    },
  }) as Pulse;

  watchViews();
  watchEvents();
  watchErrors();
  let flag: unknown;
  try {
    flag = localStorage['pulseOptOut'];
  } catch {
    // Nothing can be remembered here, and nobody needs to be told.
  }
  const why = never || (flag as string) || (config.paused != null && 'paused');
  if (why) halt(why);
  else arrive();
  if (document.querySelector('[data-pulse-404]')) notFound();
  stub?.q?.map((call) => pulse(...call));
})(window);
