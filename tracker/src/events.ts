// Clicks and form submissions, and what shows that a visitor is stuck. Listens only: what the page or the browser
// makes of them is their business.

import { pulse } from './custom';
import { listen } from './guard';
import { FIELDS, nameOf, PRIVATE } from './names';
import { schedule } from './send';
import { address } from './text';
import { now } from './time';
import { record } from './views';
import type { Props } from './wire';

const CONTROL = '[href],button,summary,[role=button],[type=button],[type=submit]';
const NAMED = '[data-pulse-name]:not(form)';
/** What works without a change that a script could see. */
const LIVE = 'audio,label,[href],video,canvas,' + FIELDS;

/** PostHog's figures: three clicks, a second, thirty pixels; nothing changed within two and a half seconds. */
const BURST = 1_000;
const NEAR = 30;
const DEAD = 2_500;

let clicks = 0;
/** The first click of a burst; once it is one, the last. */
let first = {} as MouseEvent;
let observer: MutationObserver;
/** Asked now and then; says that the last click did nothing, once it is time. None when something has changed. */
export let verdict: (() => void) | 0;

/** The last click did something. */
export const changed = (): void => {
  observer.disconnect();
  verdict = 0;
};

export const watchEvents = (): void => {
  observer = new MutationObserver(changed);
  listen('focusin selectionchange scroll submit blur', changed);

  // Left, Ctrl and keyboard clicks are "click"; the middle button is "auxclick", so is the right one.
  listen<MouseEvent>('focusin submit click auxclick', (event) => {
    const type = event.type;
    // From the innermost element outwards, through open shadow roots. Asked for once: each time is another list.
    const path = event.composedPath() as Element[];
    const closest = (selector: string) => path.find((node) => node.matches?.(selector)) as HTMLInputElement | undefined;
    const inner = closest('*');
    // A script may click the document or the window, where there is none.
    if (!inner || closest('[data-pulse-ignore]')) return;

    const submits = type === 'submit';
    const form = submits ? 'form' : type === 'focusin' && 'form_start';
    const element =
      submits ? closest('form:valid:not([method=dialog])')
      : form ? closest(FIELDS)?.form
      : closest(CONTROL) || closest(NAMED);
    /** Of a link. */
    const href = element?.getAttribute('href');
    // The middle button opens links and does nothing to buttons.
    if (event.button > +(href != null)) return;
    const name = nameOf(element || inner, !form && element && !closest(PRIVATE));
    // An event of the site's own that stands in the page, instead of the click or the submission.
    const declared =
      submits ? closest('form:valid[data-pulse-event]')
      : !form && closest('[data-pulse-event]:not(form)');
    if (declared) declare(declared);
    if (element && element !== declared) {
      record(
        href != null
          ? {
              event: form || 'click',
              name,
              // Where it leads. Of other protocols (mail, telephone) no more than which: up to the colon.
              target: address(new URL(href, document.baseURI).href).match(/http.*|.*?:/)![0],
              download: element.hasAttribute('download'),
            }
          : { event: form || 'click', name },
        // A form is started once.
        type === 'focusin' && element,
      );
    }
    if (type === 'click') {
      if (
        !(event.timeStamp - first.timeStamp <= BURST && (event.x - first.x) ** 2 + (event.y - first.y) ** 2 <= NEAR ** 2)
      ) {
        clicks = 0;
        first = event;
      }
      if (++clicks > 2) {
        if (clicks < 4) record({ event: 'rage_click', name });
        first = event;
      }

      observer.observe(document, { childList: true, subtree: true, characterData: true, attributes: true });
      const due = now() + DEAD;
      verdict = () => {
        if (now() < due) return schedule();
        changed();
        // Asked here because the click has to be short, and as good as there: nothing has changed since.
        if (!(closest(LIVE) || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey)) {
          record({ event: 'dead_click', name });
        }
      };
      schedule();
    }
  });
};

/** The name in data-pulse-event, and a property for each attribute whose name goes on from there. */
const declare = (element: Element): void => {
  const props: Props = {};
  for (const name of element.getAttributeNames()) {
    const key = name.split('data-pulse-event-')[1];
    if (key) props[key] = element.getAttribute(name)!;
  }
  pulse(element.getAttribute('data-pulse-event'), props);
};
