// What a link, a button or a form is called. Never by what somebody typed.

import { clean } from './text';

/** Its text stays here. What can be edited may hold typed text. */
export const PRIVATE = '[data-pulse-private],[contenteditable]';
/** Nor fields inside a link, nor what a screen reader would not read. */
const UNREAD = PRIVATE + ',[data-pulse-ignore],textarea,select,style,[aria-hidden=true]';

// Where names come from, best first: attributes, and the text. The owner's own name always wins.

export const ACCESSIBLE = 'data-pulse-name aria-labelledby aria-label text alt title name id';
/** Of forms, and of what is private. As attributes, because a field called "id" hides a form's property of that name. */
export const IDENTIFIERS = 'data-pulse-name id name action';

/** `kind` is the last resort, so that every event has a name. */
export const nameOf = (element: Element, sources: string, kind: string): string => {
  for (const source of sources.split(' ')) {
    let value = source === 'text' ? textOf(element) : element.getAttribute(source) || '';
    if (source === 'aria-labelledby') value = textOf(document.getElementById(value));
    // Without the query of an address: tokens are kept there.
    value = clean(value.replace(/\?\S+/, ''), 80);
    if (value) return value;
  }
  return kind;
};

const textOf = (node: Node | null): string => {
  if (!(node instanceof Element)) return (node instanceof Text && node.data) || '';
  if (node.closest(UNREAD)) return '';
  return node.getAttribute('alt') || Array.from(node.childNodes, textOf).join(' ');
};
