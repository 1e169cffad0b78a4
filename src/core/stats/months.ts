import type { Instant } from '../brand.ts';
import type { Chart } from '../chart.ts';
import { median } from '../trigger/statistics.ts';
import { PHASES, recoveryOf } from './phases.ts';
import type { Phase, Recovery } from './phases.ts';
import type { IncidentSummary } from './summary.ts';

/** The recoveries of one month: how many, and the median of all and of each phase, in milliseconds. */
export type Month = {
  /** `2026-11`, in UTC, as the incident was opened. */
  readonly month: string;
  readonly recoveries: number;
  readonly medianMs: number;
  readonly phases: Readonly<Record<Phase, number | null>>;
};

const MOST_MONTHS = 12;

/** Time to recover by month, oldest first, of the last twelve months that had any; drills are no recoveries. */
export function monthsOf(summaries: readonly IncidentSummary[]): readonly Month[] {
  const months = new Map<string, Recovery[]>();
  for (const summary of summaries) {
    const recovery = summary.drill ? null : recoveryOf(summary);
    if (recovery === null) continue;
    const month = new Date(summary.openedAt).toISOString().slice(0, 7);
    months.set(month, [...(months.get(month) ?? []), recovery]);
  }
  const sorted = [...months].toSorted(([a], [b]) => (a < b ? -1 : 1)).slice(-MOST_MONTHS);
  return sorted.map(([month, all]) => ({
    month,
    recoveries: all.length,
    medianMs: median(all.map(({ totalMs }) => totalMs)),
    phases: Object.fromEntries(PHASES.map((phase) => [phase, medianOf(all, phase)])) as Month['phases'],
  }));
}

/** The medians as a chart; null where there are not two months to compare. */
export function monthsChart(months: readonly Month[]): Chart | null {
  if (months.length < 2) return null;
  const points = (value: (month: Month) => number | null): readonly { readonly at: Instant; readonly value: number }[] =>
    months.flatMap((month) => {
      const of = value(month);
      return of === null ? [] : [{ at: Date.parse(`${month.month}-15T00:00:00Z`) as Instant, value: of / MINUTE_MS }];
    });
  const series = [
    { name: 'time to recover', points: points(({ medianMs }) => medianMs), gapMs: TWO_MONTHS_MS },
    { name: 'waiting for people', points: points(({ phases }) => phases.wait), gapMs: TWO_MONTHS_MS },
  ];
  return { title: 'Time to recover by month (median)', say: sayMinutes, series, limits: [], marks: [] };
}

const MINUTE_MS = 60_000;
const TWO_MONTHS_MS = 63 * 24 * 60 * 60_000;

/** Whole minutes make a quiet axis. */
function sayMinutes(minutes: number): string {
  return `${Number(minutes.toFixed(1))} min`;
}

function medianOf(recoveries: readonly Recovery[], phase: Phase): number | null {
  const known = recoveries.flatMap(({ phases }) => phases[phase] ?? []);
  return known.length === 0 ? null : median(known);
}
