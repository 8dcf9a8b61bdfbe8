import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openAccount, type Reading } from '../src/time';
import type { Phase, Span } from '../src/wire';

const IDLE = 30_000;
const TICK = 5_000;

type Step = 'sign' | 'show' | 'hide' | 'tick';

/** A reader, step by step: "hide at 12.3 s" is [12.3, 'hide']. While shown the account is asked each 5 s, as on a page. */
function reader(steps: [seconds: number, step: Step][], idle = IDLE) {
  const account = openAccount(idle);
  let shown = true;
  let asked = 0;
  for (const [seconds, step] of steps) {
    const now = Math.round(seconds * 1000);
    for (; shown && asked + TICK < now; asked += TICK) account(asked + TICK, true);
    asked = Math.max(asked, now);
    if (step === 'show') shown = true;
    if (step === 'hide') shown = false;
    account(now, shown, step === 'sign' && shown);
  }
  return (seconds: number): Reading => {
    const now = Math.round(seconds * 1000);
    for (; shown && asked + TICK < now; asked += TICK) account(asked + TICK, true);
    return account(now, shown);
  };
}

function totals({ open, visible, active }: Reading): number[] {
  return [open / 1000, visible / 1000, active / 1000];
}

/** Neighbours that are equal are one, as the collector reads them. */
function folded(spans: Span[]): Span[] {
  return spans.filter(([, phase], i) => phase !== spans[i - 1]?.[1]);
}

/** Tenths of a second that the spans give to a phase. */
function tenthsOf(phase: Phase, { spans, open }: Pick<Reading, 'spans' | 'open'>): number {
  return spans.reduce(
    (sum, [from, at], i) => (at === phase ? sum + (spans[i + 1]?.[0] ?? open / 100) - from : sum),
    0,
  );
}

describe('open, visible and active', () => {
  it('gives 40 s of silent reading as 30 s active and 40 s visible', () => {
    const reading = reader([])(40);
    expect(totals(reading)).toEqual([40, 40, 30]);
    expect(reading.spans).toEqual([
      [0, 'a'],
      [300, 'i'],
    ]);
  });

  const table: [what: string, steps: [number, Step][], end: number, totals: number[], spans: Span[]][] = [
    ['stays, moving', [[10, 'sign'], [20, 'sign']], 30, [30, 30, 30], [[0, 'a']]],
    ['hides at once', [[0, 'hide']], 60, [60, 0, 0], [[0, 'h']]],
    ['hides and never returns', [[8, 'hide']], 60, [60, 8, 8], [[0, 'a'], [80, 'h']]],
    ['hides and returns soon', [[8, 'hide'], [12, 'show']], 20, [20, 16, 16], [[0, 'a'], [80, 'h'], [120, 'a']]],
    [
      'returns after the last sign is too old',
      [[8, 'hide'], [100, 'show']],
      110,
      [110, 18, 8],
      [[0, 'a'], [80, 'h'], [1000, 'i']],
    ],
    [
      'returns and moves',
      [[8, 'hide'], [100, 'show'], [104, 'sign']],
      110,
      [110, 18, 14],
      [[0, 'a'], [80, 'h'], [1000, 'i'], [1040, 'a']],
    ],
    [
      'falls idle, then moves',
      [[50, 'sign']],
      60,
      [60, 60, 40],
      [[0, 'a'], [300, 'i'], [500, 'a']],
    ],
    ['hides twice', [[8, 'hide'], [9, 'hide']], 20, [20, 8, 8], [[0, 'a'], [80, 'h']]],
    ['is shown twice', [[8, 'show'], [9, 'show']], 20, [20, 20, 20], [[0, 'a']]],
    [
      'is away for 29 minutes between two and one',
      [[25, 'sign'], [50, 'sign'], [75, 'sign'], [100, 'sign'], [120, 'hide'], [1860, 'show'], [1860, 'sign'], [1885, 'sign'], [1900, 'sign']],
      1920,
      [1920, 180, 180],
      [[0, 'a'], [1200, 'h'], [18600, 'a']],
    ],
  ];
  it.each(table)('a visitor %s', (_, steps, end, expected, spans) => {
    const reading = reader(steps)(end);
    expect(totals(reading)).toEqual(expected);
    expect(folded(reading.spans)).toEqual(spans);
  });

  it('ends a silent span exactly at the limit the site chose', () => {
    expect(reader([], 7_000)(12).spans).toEqual([
      [0, 'a'],
      [70, 'i'],
    ]);
    expect(totals(reader([], 5_000)(40))).toEqual([40, 40, 5]);
    expect(totals(reader([], 120_000)(200))).toEqual([200, 200, 120]);
  });

  it('takes a sign in the background for none', () => {
    const account = openAccount(IDLE);
    account(1_000, false);
    account(2_000, false);
    expect(totals(account(3_000, false))).toEqual([3, 1, 1]);
  });

  it('gives the same however often it is asked', () => {
    const account = openAccount(IDLE);
    const [once, twice] = [account(7_000, true), account(7_000, true)];
    expect(twice).toEqual(once);
  });

  it('leaves a reading alone once it was given', () => {
    const account = openAccount(IDLE);
    const early = account(1_000, true);
    const copy = structuredClone(early);
    for (let i = 1; i < 300; i++) account(1_000 + i * 1_000, i % 2 === 0, true);
    expect(early).toEqual(copy);
  });
});

describe('machines and clocks', () => {
  it('counts a night with the lid closed as hidden', () => {
    const account = openAccount(IDLE);
    account(5_000, true);
    const reading = account(8 * 3_600_000, true);
    expect(totals(reading)).toEqual([8 * 3600, 5, 5]);
    expect(reading.spans).toEqual([[0, 'a'], [50, 'h'], [8 * 36_000, 'i']]);
  });

  it('goes on after the night with the first sign', () => {
    const account = openAccount(IDLE);
    account(5_000, true);
    account(8 * 3_600_000, true, true);
    expect(totals(account(8 * 3_600_000 + 10_000, true))).toEqual([8 * 3600 + 10, 15, 15]);
  });

  it('bears a busy page that is silent for a while', () => {
    expect(totals(openAccount(IDLE)(14_000, true))).toEqual([14, 14, 14]);
    expect(totals(openAccount(5_000)(14_000, true))).toEqual([14, 14, 5]);
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
    const account = openAccount(IDLE);
    turn(4_000);
    account(now(), true);
    turn(86_400_000);
    expect(totals(account(now(), true))).toEqual([86_404, 4, 4]);
  });
});

describe('spans', () => {
  it('never are more than 64, and the shortest go first', () => {
    const account = openAccount(IDLE);
    // 32 times 10 s shown and 10 s hidden, which makes one span too many; the fifth time it is hidden for a second only.
    const expected: Span[] = [[0, 'a']];
    let now = 0;
    for (let i = 0; i < 32; i++) {
      account((now += 10_000), false);
      if (i !== 4) expected.push([now / 100, 'h']);
      account((now += i === 4 ? 1_000 : 10_000), true, true);
      if (i !== 4) expected.push([now / 100, 'a']);
    }
    expect(folded(account(now, true).spans)).toEqual(expected);
  });

  it('keep exact totals when they are merged', () => {
    const account = openAccount(IDLE);
    for (let i = 0; i < 500; i++) {
      account(i * 2_000 + 1_000, false);
      account(i * 2_000 + 2_000, true, true);
    }
    expect(totals(account(1_000_000, true))).toEqual([1000, 500, 500]);
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
    const account = openAccount(idle);
    let now = 0;
    return steps.map(({ after, shown, sign }) => account((now += after), shown, sign && shown));
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

  it('has at most 64 spans, in order, within the open time', () => {
    fc.assert(
      fc.property(steps, idle, (steps, idle) => {
        for (const { spans, open } of replay(steps, idle)) {
          expect(spans.length).toBeLessThanOrEqual(64);
          expect(spans[0]![0]).toBe(0);
          spans.slice(1).forEach(([at], i) => {
            expect(at).toBeGreaterThan(spans[i]![0]);
            expect(at * 100).toBeLessThanOrEqual(open);
          });
        }
      }),
    );
  });

  it('has spans that add up to the totals, within a tenth for each change, unless some were merged', () => {
    fc.assert(
      fc.property(steps, idle, (steps, idle) => {
        // Each step changes the phase at most three times (idle, asleep, back), so 20 of them never fill the list.
        const few = steps.slice(0, 20);
        for (const reading of replay(few, idle)) {
          const within = few.length * 3 + 1;
          expect(Math.abs(tenthsOf('a', reading) - reading.active / 100)).toBeLessThanOrEqual(within);
          expect(Math.abs(tenthsOf('h', reading) - (reading.open - reading.visible) / 100)).toBeLessThanOrEqual(within);
          expect(tenthsOf('a', reading) + tenthsOf('i', reading) + tenthsOf('h', reading)).toBeCloseTo(reading.open / 100);
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
        expect(folded(twice!.spans)).toEqual(folded(once!.spans));
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
