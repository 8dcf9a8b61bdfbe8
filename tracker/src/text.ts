// What may leave the page of a text that somebody wrote or saw there.

/**
 * E-mail addresses; seven digits in a row, or nine in groups: telephone, card, account and social security numbers,
 * but no date.
 */
const PERSONAL = /[^\s@<>]+@[^\s@<>]+|\d{7,}|\d([ -]?\d){8,}/g;

/** At most `most` UTF-16 units, and no half of a surrogate pair: one would make the whole batch unreadable. */
export const cut = (text: string, most: number): string =>
  text.slice(0, most).replace(/\p{Cs}/gu, '');

/** On one line, without e-mail addresses and long numbers. */
export const clean = (text: string, most: number): string =>
  // Shortened first as well: the pattern takes its time over very long words.
  cut(text.replace(/\s+/g, ' ').trim().slice(0, 999).replace(PERSONAL, '[removed]'), most);
