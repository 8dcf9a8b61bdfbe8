// What tells that two documents are of one tab or one browser, where the site wants to know: a random number.

import { config } from './config';
import { guard } from './guard';
import { newId } from './text';
import { halted } from './views';

/** Milliseconds without a send after which a token is not used again: a session is over then. */
const LIMIT = 30 * 60_000;

let token: string | undefined;

/**
 * The token, which is kept as just used; none where the site wants none, or the storage throws. When nothing is
 * recorded any more it goes, but what still has to be sent says which it was.
 */
export const useToken = guard((): string | undefined => {
  const store =
    config.pulseMode === 'tab' ? sessionStorage
    : config.pulseMode === 'browser' && localStorage;
  if (!store) return;
  // A page that was only left has no reason, which would have a first letter.
  if ((halted as string)[0]) {
    delete store['pulseToken'];
  } else {
    // The time, of thirteen digits, and the token.
    const kept: string = store['pulseToken'] || '';
    token = Date.now() - parseInt(kept) < LIMIT ? kept.slice(14) : newId();
    store['pulseToken'] = Date.now() + ' ' + token;
  }
  return token;
});
