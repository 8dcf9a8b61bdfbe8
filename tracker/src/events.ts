// Clicks and form submissions. Listens only: what the page or the browser makes of them is their business.

import { listen } from './guard';
import { address } from './identity';
import { ACCESSIBLE, IDENTIFIERS, nameOf, PRIVATE } from './names';
import type { NewEvent } from './views';

const CONTROL = '[href],button,summary,[type=submit],[type=button],[role=button]';
const NAMED = '[data-pulse-name]:not(form)';
const LINK = '[href]:not([href^=javascript i])';
const DOWNLOAD =
  /\.(apk|csv|dmg|docx?|exe|gz|mp[34]|msi|od[pst]|pdf|pkg|pptx?|rar|txt|xlsx?|zip)$/i;

export const watchEvents = (record: (event: NewEvent) => void): void => {
  // Left, Ctrl and keyboard clicks are "click"; the middle button is "auxclick", so is the right one.
  listen<MouseEvent>('click auxclick submit', (event) => {
    // From the innermost element outwards, through open shadow roots.
    const closest = (selector: string) =>
      event.composedPath().find((node): node is Element => node instanceof Element && node.matches(selector));
    if (closest('[data-pulse-ignore]')) return;

    const isForm = event.type === 'submit';
    const element = isForm ? closest('form:valid:not([method=dialog])') : closest(CONTROL) || closest(NAMED);
    const isLink = element && element.matches(LINK);
    // The middle button opens links and does nothing to buttons.
    if (!element || event.button > (isLink ? 1 : 0)) return;
    record({
      ...(isLink ? follow(element) : { event: isForm ? 'form' : 'click' }),
      name: nameOf(
        element,
        isForm || closest(PRIVATE) ? IDENTIFIERS : ACCESSIBLE,
        isForm ? 'form' : isLink ? 'link' : 'button',
      ),
    });
  });
};

/** Where a link leads. Of other protocols (mail, telephone) no more than which. */
const follow = (link: Element): Pick<NewEvent, 'event' | 'target'> => {
  const { protocol, host, pathname, href } = new URL(link.getAttribute('href')!, document.baseURI);
  const isPage = /^http/.test(protocol);
  return {
    event:
      link.matches('[download]') || (isPage && DOWNLOAD.test(pathname))
        ? 'download'
        : host === location.host ? 'click' : 'outbound',
    target: isPage ? address(href) : protocol,
  };
};
