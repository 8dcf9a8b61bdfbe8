// The collector takes e-mail addresses and long numbers out of every text. Here texts are only made short.

/** On one line, at most `most` UTF-16 units. */
export const clean = (text: string, most: number): string => text.replace(/\s+/g, ' ').trim().slice(0, most);

/** Without the hash, which is the page's own business, and of a length that fits in a batch. */
export const address = (url: string): string => url.replace(/#.*/, '').slice(0, 2000);

/** Version 4. Not crypto.randomUUID: that one is missing on pages served over plain HTTP. */
export const uuid = (): string =>
  'xxxxxxxx-xxxx-4xxx-axxx-xxxxxxxxxxxx'.replace(/x/g, () =>
    (crypto.getRandomValues(new Uint8Array(1))[0]! & 15).toString(16),
  );
