import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openAccount } from '../src/time';
import type { Phase, Span } from '../src/wire';
import { folded, spent, totals as totalsOf } from './support/spans';

const IDLE = 30_000;
const TICK = 5_000;

/** What is known of a view at some moment, with what the collector makes of it. */
interface Reading {
  phase: Phase;
  open: number;
  visible: number;
  active: number;
  spans: Span[];
}

function account(idle: number): (age: number, shown: boolean, sign?: boolean) => Reading {
  const spans: Span[] = [[0, 'a']];
  const tell = openAccount(idle, spans);
  return (age, shown, sign) => {
    const phase = tell(age, shown, sign);
    const report = { open: age, spans: structuredClone(spans) };
    return { phase, ...report, ...totalsOf(report) };
  };
}

type Step = 'sign' | 'show' | 'hide' | 'tick';

/** A reader, step by step: "hide at 12.3 s" is [12.3, 'hide']. While shown the account is asked each 5 s, as on a page. */
function reader(steps: [seconds: number, step: Step][], idle = IDLE) {
  const tell = account(idle);
  let shown = true;
  let asked = 0;
  for (const [seconds, step] of steps) {
    const now = Math.round(seconds * 1000);
    for (; shown && asked + TICK < now; asked += TICK) tell(asked + TICK, true);
    asked = Math.max(asked, now);
    if (step === 'show') shown = true;
    if (step === 'hide') shown = false;
    tell(now, shown, step === 'sign' && shown);
  }
  return (seconds: number): Reading => {
    const now = Math.round(seconds * 1000);
    for (; shown && asked + TICK < now; asked += TICK) tell(asked + TICK, true);
    return tell(now, shown);
  };
}

function totals({ open, visible, active }: Reading): number[] {
  return [open / 1000, visible / 1000, active / 1000];
}

describe('open, visible and active', () => {
  it('gives 40 s of silent reading as 30 s active and 40 s visible', () => {
    const reading = reader([])(40);
    expect(totals(reading)).toEqual([40, 40, 30]);
    expect(reading.spans).toEqual([
      [0, 'a'],
      [30_000, 'i'],
    ]);
  });

  const table: [what: string, steps: [number, Step][], end: number, totals: number[], spans: Span[]][] = [
    ['stays, moving', [[10, 'sign'], [20, 'sign']], 30, [30, 30, 30], [[0, 'a']]],
    ['hides at once', [[0, 'hide']], 60, [60, 0, 0], [[0, 'h']]],
    ['hides and never returns', [[8, 'hide']], 60, [60, 8, 8], [[0, 'a'], [8_000, 'h']]],
    ['hides and returns soon', [[8, 'hide'], [12, 'show']], 20, [20, 16, 16], [[0, 'a'], [8_000, 'h'], [12_000, 'a']]],
    [
      'returns after the last sign is too old',
      [[8, 'hide'], [100, 'show']],
      110,
      [110, 18, 8],
      [[0, 'a'], [8_000, 'h'], [100_000, 'i']],
    ],
    [
      'returns and moves',
      [[8, 'hide'], [100, 'show'], [104, 'sign']],
      110,
      [110, 18, 14],
      [[0, 'a'], [8_000, 'h'], [100_000, 'i'], [104_000, 'a']],
    ],
    [
      'falls idle, then moves',
      [[50, 'sign']],
      60,
      [60, 60, 40],
      [[0, 'a'], [30_000, 'i'], [50_000, 'a']],
    ],
    ['hides twice', [[8, 'hide'], [9, 'hide']], 20, [20, 8, 8], [[0, 'a'], [8_000, 'h']]],
    ['is shown twice', [[8, 'show'], [9, 'show']], 20, [20, 20, 20], [[0, 'a']]],
    [
      'is away for 29 minutes between two and one',
      [[25, 'sign'], [50, 'sign'], [75, 'sign'], [100, 'sign'], [120, 'hide'], [1860, 'show'], [1860, 'sign'], [1885, 'sign'], [1900, 'sign']],
      1920,
      [1920, 180, 180],
      [[0, 'a'], [120_000, 'h'], [1_860_000, 'a']],
    ],
  ];
  it.each(table)('a visitor %s', (_, steps, end, expected, spans) => {
    const reading = reader(steps)(end);
    expect(totals(reading)).toEqual(expected);
    expect(folded(reading)).toEqual(spans);
  });

  it('ends a silent span exactly at the limit the site chose', () => {
    expect(reader([], 7_000)(12).spans).toEqual([
      [0, 'a'],
      [7_000, 'i'],
    ]);
    expect(totals(reader([], 5_000)(40))).toEqual([40, 40, 5]);
    expect(totals(reader([], 120_000)(200))).toEqual([200, 200, 120]);
  });

  it('takes a sign in the background for none', () => {
    const tell = account(IDLE);
    tell(1_000, false);
    tell(2_000, false);
    expect(totals(tell(3_000, false))).toEqual([3, 1, 1]);
  });

  it('gives the same however often it is asked', () => {
    const tell = account(IDLE);
    const [once, twice] = [tell(7_000, true), tell(7_000, true)];
    expect(twice).toEqual(once);
  });

  it('says what the view is at the moment', () => {
    const tell = account(IDLE);
    expect([tell(1_000, true), tell(2_000, false), tell(40_000, true), tell(41_000, true, true)].map(({ phase }) => phase)).toEqual(
      ['a', 'h', 'i', 'a'],
    );
  });

  it('can be read of a report that had to wait, though the list went on', () => {
    const spans: Span[] = [[0, 'a']];
    const tell = openAccount(IDLE, spans);
    tell(10_000, true);
    tell(12_000, false);
    tell(20_000, true, true);
    expect(totalsOf({ open: 10_000, spans })).toEqual({ visible: 10_000, active: 10_000 });
  });
});

describe('machines and clocks', () => {
  it('counts a night with the lid closed as hidden', () => {
    const tell = account(IDLE);
    tell(5_000, true);
    const reading = tell(8 * 3_600_000, true);
    expect(totals(reading)).toEqual([8 * 3600, 5, 5]);
    expect(reading.spans).toEqual([[0, 'a'], [5_000, 'h'], [8 * 3_600_000, 'i']]);
  });

  it('goes on after the night with the first sign', () => {
    const tell = account(IDLE);
    tell(5_000, true);
    tell(8 * 3_600_000, true, true);
    expect(totals(tell(8 * 3_600_000 + 10_000, true))).toEqual([8 * 3600 + 10, 15, 15]);
  });

  it('bears a busy page that is silent for a while', () => {
    expect(totals(account(IDLE)(14_000, true))).toEqual([14, 14, 14]);
    expect(totals(account(5_000)(14_000, true))).toEqual([14, 14, 5]);
  });
});

describe('the clock', () => {
  let now: () => number;

  beforeEach(async () => {
    vi.useFakeTimers();
    vi.resetModules();
    ({ now } = await import('../src/time'));
  });

  afterEach(() => {
    vi.useRealTimers();
  });

  const turn = (ms: number) => vi.setSystemTime(Date.now() + ms);

  it('takes no step back and loses none afterwards', () => {
    turn(5_000);
    expect(now()).toBe(5_000);
    turn(-3_600_000);
    expect(now()).toBe(5_000);
    turn(2_000);
    expect(now()).toBe(7_000);
  });

  it('when it is set forward is taken for sleep', () => {
    const tell = account(IDLE);
    turn(4_000);
    tell(now(), true);
    turn(86_400_000);
    expect(totals(tell(now(), true))).toEqual([86_404, 4, 4]);
  });
});

describe('spans', () => {
  /** A second shown and a second hidden, so many times. */
  function restless(times: number): Reading {
    const tell = account(IDLE);
    for (let i = 0; i < times; i++) {
      tell(i * 2_000 + 1_000, false);
      tell(i * 2_000 + 2_000, true, true);
    }
    return tell(times * 2_000, true);
  }

  it('are told one by one up to 400', () => {
    expect(restless(199).spans).toHaveLength(399);
    expect(totals(restless(199))).toEqual([398, 199, 199]);
  });

  it('beyond that count the time of the second and third as the first was, and stay in step', () => {
    const reading = restless(300);
    expect(reading.spans.length).toBeLessThanOrEqual(400);
    // What is left out is counted as active; all that came later is right.
    expect(reading.spans.slice(0, 3)).toEqual([[0, 'a'], [203_000, 'h'], [204_000, 'a']]);
    expect(totals(reading)).toEqual([600, 401, 401]);
  });
});

describe('any reader at all', () => {
  const steps = fc.array(
    fc.record({
      // Up to a quarter of an hour, so that sleep, idleness and quick changes all occur.
      after: fc.oneof(fc.integer({ min: 0, max: 400 }), fc.integer({ min: 0, max: 900_000 })),
      shown: fc.boolean(),
      sign: fc.boolean(),
    }),
    { maxLength: 200 },
  );
  const idle = fc.integer({ min: 5, max: 120 }).map((seconds) => seconds * 1000);

  function replay(steps: { after: number; shown: boolean; sign: boolean }[], idle: number): Reading[] {
    const tell = account(idle);
    let now = 0;
    return steps.map(({ after, shown, sign }) => tell((now += after), shown, sign && shown));
  }

  it('is active at most while visible, and visible at most while open', () => {
    fc.assert(
      fc.property(steps, idle, (steps, idle) => {
        for (const { open, visible, active } of replay(steps, idle)) {
          expect(active).toBeGreaterThanOrEqual(0);
          expect(visible).toBeGreaterThanOrEqual(active);
          expect(open).toBeGreaterThanOrEqual(visible);
          expect([open, visible, active].every(Number.isInteger)).toBe(true);
        }
      }),
    );
  });

  it('has totals that never fall', () => {
    fc.assert(
      fc.property(steps, idle, (steps, idle) => {
        const readings = replay(steps, idle);
        readings.slice(1).forEach((reading, i) => {
          expect(reading.open).toBeGreaterThanOrEqual(readings[i]!.open);
          expect(reading.visible).toBeGreaterThanOrEqual(readings[i]!.visible);
          expect(reading.active).toBeGreaterThanOrEqual(readings[i]!.active);
        });
      }),
    );
  });

  it('has at most 400 spans, in order, within the open time', () => {
    fc.assert(
      fc.property(steps, idle, (steps, idle) => {
        for (const { spans, open } of replay(steps, idle)) {
          expect(spans.length).toBeLessThanOrEqual(400);
          expect(spans[0]).toEqual([0, 'a']);
          spans.slice(1).forEach(([at], i) => {
            expect(at).toBeGreaterThanOrEqual(spans[i]![0]);
            expect(at).toBeLessThanOrEqual(open);
          });
        }
      }),
    );
  });

  it('has spans that give all of its time to one phase or another', () => {
    fc.assert(
      fc.property(steps, idle, (steps, idle) => {
        for (const reading of replay(steps, idle)) {
          expect(spent('a', reading) + spent('i', reading) + spent('h', reading)).toBe(reading.open);
        }
      }),
    );
  });

  it('gains nothing by hiding a second time', () => {
    fc.assert(
      fc.property(steps, idle, fc.integer({ min: 0, max: 10_000_000 }), (steps, idle, later) => {
        const hidden = [...steps, { after: 1, shown: false, sign: false }];
        const [once] = replay(hidden, idle).slice(-1);
        const [twice] = replay([...hidden, { after: later, shown: false, sign: false }], idle).slice(-1);
        expect([twice!.visible, twice!.active]).toEqual([once!.visible, once!.active]);
        expect(folded(twice!)).toEqual(folded(once!));
      }),
    );
  });

  it('is active no longer than the limit for each sign of life', () => {
    fc.assert(
      fc.property(steps, idle, (steps, idle) => {
        const signs = steps.filter(({ shown, sign }) => shown && sign).length;
        const last = replay(steps, idle).at(-1);
        if (last) expect(last.active).toBeLessThanOrEqual((signs + 1) * idle);
      }),
    );
  });
});
