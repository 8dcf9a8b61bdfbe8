// Errors of the page, without anything that could name somebody: no quoted text, no digits, no stack.

import { listen } from './guard';
import { clean } from './text';
import { record } from './views';

export const watchErrors = (): void =>
  listen<ErrorEvent & PromiseRejectionEvent>('error unhandledrejection', (event) => {
    // A picture that does not load is an event without either.
    const text = event.message || event.reason?.message || event.reason;
    const name = text && clean((text + '').replace(/(["'`]).*\1|\d+/g, ''));
    if (name) record({ event: 'error', name, target: event.filename }, name);
  });
