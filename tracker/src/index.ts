import { ownConfig } from './config';
import { customEvent } from './custom';
import { watchEvents } from './events';
import { guard, warn } from './guard';
import { createSender } from './send';
import { steadyClock } from './time';
import { trackViews, type NewEvent } from './views';

/** The function that pages call; before this script has loaded, a stub that keeps the calls in `q`. */
interface Pulse {
  (name?: unknown, props?: unknown): void;
  q?: [name?: unknown, props?: unknown][];
  loaded?: true;
}

guard((page: Window & { pulse?: Pulse }) => {
  const stub = page.pulse;
  // A second tag, or a framework that ran this one again, must not count anything twice.
  if (stub && stub.loaded) return;
  let record: (event: NewEvent) => void = () => {};
  const pulse: Pulse = guard((name, props) => {
    const event = customEvent(name, props);
    if (event) record(event);
  });
  pulse.loaded = true;
  page.pulse = pulse;

  const { site, idle, honourOptout, endpoint } = ownConfig();
  const { doNotTrack, globalPrivacyControl, maxTouchPoints, webdriver } = navigator as Navigator & {
    globalPrivacyControl?: boolean;
  };
  if (!site) return warn('no data-site, nothing is recorded');
  if (honourOptout && (doNotTrack === '1' || globalPrivacyControl)) {
    return console.info('Pulse: the browser opted out, nothing is recorded');
  }

  const now = steadyClock(Date.now);
  const send = createSender(
    { v: 1, site, visitor: maxTouchPoints > 1 ? { touch: true } : undefined, webdriver: webdriver || undefined },
    // A text without further headers needs no preflight; without cookies any page may post it.
    async (body) => fetch(endpoint, { method: 'POST', body, keepalive: true, credentials: 'omit' }),
    (body) => navigator.sendBeacon && navigator.sendBeacon(endpoint, body),
    now,
  );
  record = trackViews(now, idle, send);
  watchEvents(record);
  for (const call of (stub && stub.q) || []) pulse(...call);
})(window);
