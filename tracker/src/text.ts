// Texts, addresses and ids. E-mail addresses and long numbers are taken out by the collector; here texts are made short.

import { config } from './config';

/** On one line, at most `most` UTF-16 units: as long as a name may be. */
export const clean = (text: string, most = 80): string => text.replace(/\s+/g, ' ').trim().slice(0, most);

/** Without the hash, unless that is what tells the site's pages apart; of a length that fits in a batch. */
export const address = (url: string): string =>
  (config.pulseHash == null ? url.replace(/#.*/, '') : url).slice(0, 2000);

/** 128 random bits. Not crypto.randomUUID: that one is missing on pages served over plain HTTP. */
export const newId = (): string => crypto.getRandomValues(new Uint32Array(4)).join('-');
