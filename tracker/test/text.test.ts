import { afterEach, describe, expect, it, vi } from 'vitest';
import { readConfig } from '../src/config';
import { address, clean, newId } from '../src/text';

/** A site with these attributes on its script tag. */
function site(dataset: Record<string, string> = {}): void {
  vi.stubGlobal('document', { currentScript: { src: 'https://pulse.example/pulse.js', dataset } });
  vi.stubGlobal('window', {});
  readConfig();
}

afterEach(() => {
  vi.unstubAllGlobals();
});

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
    site();
    expect(address('https://shop.example/a?b=c#d#e')).toBe('https://shop.example/a?b=c');
    expect(address('https://shop.example/' + 'x'.repeat(5_000))).toHaveLength(2_000);
  });

  it('keeps its hash where hashes are pages', () => {
    site({ pulseHash: '' });
    expect(address('https://shop.example/a?b=c#/d')).toBe('https://shop.example/a?b=c#/d');
  });
});

describe('an id', () => {
  it('is 128 random bits: four numbers of 32', () => {
    const ids = Array.from({ length: 100 }, newId);
    expect(new Set(ids).size).toBe(100);
    for (const id of ids) {
      expect(id).toMatch(/^\d{1,10}(-\d{1,10}){3}$/);
      expect(Math.max(...id.split('-').map(Number))).toBeLessThan(2 ** 32);
    }
  });
});
