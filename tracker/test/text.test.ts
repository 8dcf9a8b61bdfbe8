import { describe, expect, it } from 'vitest';
import { address, clean, uuid } from '../src/text';

describe('what leaves of a text', () => {
  it('is one line, without spaces around it', () => {
    expect(clean('  See \n our\tplans ', 80)).toBe('See our plans');
  });

  it('ends at the limit', () => {
    expect(clean('x'.repeat(100), 80)).toBe('x'.repeat(80));
  });

  it('takes no time to speak of, however long it was', () => {
    const before = performance.now();
    clean('x '.repeat(50_000), 80);
    expect(performance.now() - before).toBeLessThan(200);
  });
});

describe('an address', () => {
  it('leaves without its hash, and not longer than 2,000 characters', () => {
    expect(address('https://shop.example/a?b=c#d#e')).toBe('https://shop.example/a?b=c');
    expect(address('https://shop.example/' + 'x'.repeat(5_000))).toHaveLength(2_000);
  });
});

describe('an id', () => {
  it('is a random UUID of version 4', () => {
    const ids = Array.from({ length: 100 }, uuid);
    expect(new Set(ids).size).toBe(100);
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });
});
