// What the collector makes of the spans that the tracker sends: the same totals, computed here once more.

import type { Phase, Span } from '../../src/wire';

interface Report {
  open: number;
  spans: Span[];
}

/** What begins after the report was made is not part of it; what took no time goes, and equal neighbours are one. */
export function folded({ open, spans }: Report): Span[] {
  return spans
    .filter(([at], i) => at <= open && at !== spans[i + 1]?.[0])
    .filter(([, phase], i, all) => phase !== all[i - 1]?.[1]);
}

/** Milliseconds that the spans give to a phase. */
export function spent(phase: Phase, report: Report): number {
  return folded(report).reduce(
    (sum, [from, at], i, all) => (at === phase ? sum + (all[i + 1]?.[0] ?? report.open) - from : sum),
    0,
  );
}

export function totals(report: Report): { visible: number; active: number } {
  const active = spent('a', report);
  return { active, visible: active + spent('i', report) };
}
