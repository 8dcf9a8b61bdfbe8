// What names a page view.

import { PRIVATE } from './names';
import { clean, cut } from './text';
import type { Head } from './wire';

/** The head of a view as of `now`. Its age grows, all else stays as it is at the first call: heads never disagree. */
export type HeadAt = (now: number) => Head;

/** The title is only read when the head is first needed, when the page has had time to set it. */
export const newHead = (began: number, url: string, referrer: string, resumed: boolean): HeadAt => {
  let head: Head | undefined;
  return (now) => {
    head = head || {
      id: uuid(),
      url,
      referrer: address(referrer) || undefined,
      title: (!document.documentElement.matches(PRIVATE) && clean(document.title, 300)) || undefined,
      age: 0,
      resumed: resumed || undefined,
    };
    return { ...head, age: now - began };
  };
};

/** Version 4. Not crypto.randomUUID: that one is missing on pages served over plain HTTP. */
export const uuid = (): string =>
  'xxxxxxxx-xxxx-4xxx-axxx-xxxxxxxxxxxx'.replace(/x/g, () =>
    (crypto.getRandomValues(new Uint8Array(1))[0]! & 15).toString(16),
  );

/** Without the hash, which is the page's own business, and of a length that fits in a batch. */
export const address = (url: string): string => {
  return cut(url.replace(/#.*/, ''), 2000);
};
