import { afterEach, describe, expect, it, vi } from 'vitest';
import { config, readConfig as readOwnConfig, type Config, type Settings } from '../src/config';

const SRC = 'https://pulse.example/pulse.js';

/** What is read of a script with these attributes. */
function readConfig(src: string, attributes: Settings): Config {
  vi.stubGlobal('document', { currentScript: { src, dataset: attributes }, querySelector: () => null });
  vi.stubGlobal('location', { href: src });
  readOwnConfig();
  return config;
}

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('the settings of a site', () => {
  it('come from the attributes of the script tag', () => {
    expect(readConfig(SRC, { site: '7', pulseIdle: '60', pulseHonourOptout: 'off' })).toEqual({
      site: '7',
      pulseIdle: '60',
      pulseHonourOptout: 'off',
      endpoint: new URL('https://pulse.example/api/collect'),
    });
  });

  it('come from the query string where attributes were stripped', () => {
    const src = SRC + '?site=7&pulseIdle=10&pulseHonourOptout=off';
    expect(readConfig(src, {})).toMatchObject({ site: '7', pulseIdle: '10', pulseHonourOptout: 'off' });
  });

  it('prefer the attribute to the query string', () => {
    expect(readConfig(SRC + '?site=2', { site: '1' }).site).toBe('1');
    expect(readConfig(SRC + '?site=2', {}).site).toBe('2');
  });

  it('send to the origin of the script, whatever its path', () => {
    expect(readConfig('http://localhost:8080/static/a.js?v=3', { site: '1' }).endpoint.href).toBe(
      'http://localhost:8080/api/collect',
    );
  });
});
