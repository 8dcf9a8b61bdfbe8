import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { NewEvent } from '../src/views';

const record = vi.fn<(event: NewEvent) => void>();
vi.mock('../src/views', () => ({ record }));

let customEvent: (name: unknown, props?: unknown) => NewEvent | undefined;
let warnings: string[];

beforeEach(async () => {
  // The last warning is not repeated, so every test gets a fresh page.
  vi.resetModules();
  const { pulse } = await import('../src/custom');
  customEvent = (name, props) => {
    record.mockClear();
    pulse(name, props);
    return record.mock.calls[0]?.[0];
  };
  warnings = [];
  vi.spyOn(console, 'warn').mockImplementation((text: string) => void warnings.push(text));
});

afterEach(() => {
  vi.restoreAllMocks();
});

describe("a site's own event", () => {
  it('has a name and may have properties', () => {
    expect(customEvent('Signup', { plan: 'pro', seats: 3, trial: true })).toEqual({
      event: 'custom',
      name: 'Signup',
      props: { plan: 'pro', seats: 3, trial: true },
    });
    expect(customEvent('Signup', undefined)).toEqual({ event: 'custom', name: 'Signup', props: {} });
    expect(warnings).toEqual([]);
  });

  it('keeps false, zero and the empty text', () => {
    expect(customEvent('x', { a: false, b: 0, c: '', d: -1.5 })?.props).toEqual({ a: false, b: 0, c: '', d: -1.5 });
    expect(warnings).toEqual([]);
  });

  it.each([[undefined], [null], ['  '], [42], [{}]])('is nothing without a name, and says so: %j', (name) => {
    expect(customEvent(name, {})).toBeUndefined();
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toMatch(/^Pulse: /);
  });

  it.each([
    ['an object', { city: 'Ulm' }],
    ['a list', [1]],
    ['nothing', null],
    ['no number', NaN],
    ['an endless number', Infinity],
  ])('loses a property that is %s, and says so', (_, value) => {
    expect(customEvent('Signup', { plan: 'pro', bad: value })).toMatchObject({ name: 'Signup', props: { plan: 'pro' } });
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toBe('Pulse: cut event: ["Signup",{"plan":"pro"}]');
  });

  it.each([
    ['undefined', undefined],
    ['a function', () => 1],
    ['a symbol', Symbol('s')],
  ])('loses a property that is %s, as JSON does', (_, value) => {
    expect(customEvent('Signup', { plan: 'pro', bad: value })?.props).toEqual({ plan: 'pro' });
  });

  it('keeps the first twenty properties, and says so', () => {
    const props = Object.fromEntries(Array.from({ length: 22 }, (_, i) => ['p' + i, i]));
    expect(Object.keys(customEvent('Signup', props)!.props!)).toHaveLength(20);
    expect(warnings).toHaveLength(1);
  });

  it('is cut where it is too long, and says so', () => {
    const event = customEvent('n'.repeat(81), { ['k'.repeat(41)]: 'v'.repeat(201) })!;
    expect(event.name).toHaveLength(80);
    expect(Object.keys(event.props!)[0]).toHaveLength(40);
    expect(Object.values(event.props!)[0]).toHaveLength(200);
    expect(warnings).toEqual(['Pulse: cut event: ' + JSON.stringify([event.name, event.props])]);
  });

  it('complains once, not at each call', () => {
    for (let i = 0; i < 5; i++) customEvent('Signup', { bad: null });
    expect(warnings).toHaveLength(1);
  });

  it('always fits the collector', () => {
    fc.assert(
      fc.property(fc.string(), fc.anything({ maxKeys: 30, withDate: true, withMap: true }), (name, props) => {
        const event = customEvent(name, props);
        if (!event) {
          expect(name.trim()).toBe('');
          return;
        }
        expect(event.name!.length).toBeLessThanOrEqual(80);
        const sent = JSON.parse(JSON.stringify(event.props)) as Record<string, unknown>;
        expect(Object.keys(sent).length).toBeLessThanOrEqual(20);
        for (const [key, value] of Object.entries(sent)) {
          expect(key.length).toBeLessThanOrEqual(40);
          expect(['string', 'number', 'boolean']).toContain(typeof value);
        }
      }),
    );
  });
});
