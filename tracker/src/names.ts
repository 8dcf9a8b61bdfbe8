// What a link, a button or a form is called. Never by what somebody typed.

import { clean } from './text';

/** What is typed or chosen into. */
export const FIELDS = 'select,input,textarea';

/** Its text stays here. What can be edited may hold typed text. */
export const PRIVATE = '[data-pulse-private],[contenteditable]';
/** Nor fields inside a link, nor what a screen reader would not read. */
const UNREAD = PRIVATE + ',[data-pulse-ignore],[aria-hidden=true],style,' + FIELDS;

/** What a screen reader would say is among them; not of forms, and of what is private. Browsers split constants once. */
const SOURCES = 'data-pulse-name aria-labelledby aria-label text alt title id name action';
const SOURCES_UNREAD = 'data-pulse-name id name action';

/**
 * From attributes and the text, best first; the owner's own name always wins, and the last resort is what kind of
 * element it is. As attributes, because a field called "id" hides a form's property of that name.
 */
export const nameOf = (element: Element, isPublic: unknown): string => {
  for (const source of (isPublic ? SOURCES : SOURCES_UNREAD).split(' ')) {
    const given = element.getAttribute(source);
    const value =
      source === 'text' ? textOf(element)
      : source === 'aria-labelledby' ? textOf(document.getElementById(given!))
      : given;
    // Without the query of an address: tokens are kept there.
    const name = value && clean(value.replace(/\?\S+/, ''));
    if (name) return name;
  }
  return element.localName;
};

const textOf = (node: any): string =>
  node?.closest
    ? node.closest(UNREAD) ? '' : node.ariaLabel || node.getAttribute('alt') || [...node.childNodes].map(textOf).join(' ')
    // Of all else only texts can be split: no comment, and nothing that is not there.
    : node?.splitText ? node.data : '';
