import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clean, cut } from '../src/text';

// Put together here, so that no address stands in this file.
const ADDRESS = ['reader', 'shop.example'].join('@');

describe('what leaves of a text', () => {
  it.each([
    ['  See \n our\tplans ', 'See our plans'],
    [`Write to ${ADDRESS}!`, 'Write to [removed]'],
    [`${ADDRESS} (me)`, '[removed] (me)'],
    ['Call 5550123456 now', 'Call [removed] now'],
    ['Card 4111 1111 1111 1111', 'Card [removed]'],
    ['Card 4111-1111-1111-1111.', 'Card [removed].'],
    ['SSN 078-05-1120', 'SSN [removed]'],
    ['Order 123456', 'Order 123456'],
    ['From 2026-11-24', 'From 2026-11-24'],
    ['1 234 567 sold', '1 234 567 sold'],
    ['50 seats @ home', '50 seats @ home'],
  ])('%j leaves as %j', (text, expected) => {
    expect(clean(text, 80)).toBe(expected);
  });

  it('ends at the limit, without half a character', () => {
    expect(cut('abc😀', 4)).toBe('abc');
    expect(cut('abc😀', 5)).toBe('abc😀');
    expect(cut('a\ud800b', 10)).toBe('ab');
  });

  it('never has a lone surrogate or more than it may', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 0, max: 50 }), (text, most) => {
        const kept = cut(text, most);
        expect(kept.length).toBeLessThanOrEqual(most);
        expect(kept).toBe(kept.replace(/\p{Surrogate}/gu, ''));
      }),
    );
  });

  it('never has seven digits in a row', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.string(), fc.integer().map(String)), { maxLength: 8 }), (parts) => {
        expect(clean(parts.join(''), 300)).not.toMatch(/\d{7}|\w@\w/);
      }),
    );
  });

  it('takes no time to speak of over a text without spaces', () => {
    const before = performance.now();
    clean('x'.repeat(50_000), 80);
    expect(performance.now() - before).toBeLessThan(200);
  });
});
