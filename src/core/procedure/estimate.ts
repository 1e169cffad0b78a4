import { parseDuration, sayDuration } from '../duration.ts';
import { median } from '../trigger/statistics.ts';

/** What a procedure says that it takes, in milliseconds. */
export type EstimateRange = { readonly fromMs: number; readonly toMs: number };

/** Against what the last runs say of it; `medianMs` is of so many runs. */
export type EstimateVerdict = EstimateRange & {
  readonly runs: number;
  readonly medianMs: number;
  readonly verdict: 'fits' | 'slower' | 'faster';
};

/** So many of the last runs are looked at, and with fewer than the least of them nothing is said. */
export const LAST_RUNS = 5;
const LEAST_RUNS = 3;

/** Reads `2m-3m`; a single `5m` means five minutes at most. Null where it is none. */
export function estimateRange(estimate: string): EstimateRange | null {
  const [first = '', second] = estimate.split('-');
  const from = parseDuration(first);
  const to = second === undefined ? from : parseDuration(second);
  if (from === undefined || to === undefined) return null;
  return { fromMs: second === undefined ? 0 : from, toMs: to };
}

/**
 * Whether the last runs, newest first and each in milliseconds without waiting for people, contradict what the procedure says
 * that it takes. Null where it says nothing, or too few have run.
 */
export function judgeEstimate(estimate: string | undefined, machineMs: readonly number[]): EstimateVerdict | null {
  const range = estimate === undefined ? null : estimateRange(estimate);
  const last = machineMs.slice(0, LAST_RUNS);
  if (range === null || last.length < LEAST_RUNS) return null;
  const medianMs = median(last);
  const verdict = medianMs > range.toMs ? 'slower' : medianMs < range.fromMs ? 'faster' : 'fits';
  return { ...range, runs: last.length, medianMs, verdict };
}

/** The sentence that calls a contradicted estimate out; null where there is no contradiction. */
export function sayContradiction(estimate: string | undefined, judged: EstimateVerdict | null): string | null {
  if (judged === null || judged.verdict === 'fits') return null;
  return `The last ${judged.runs} verified runs took ${sayDuration(judged.medianMs)} (median) without waiting for people, which is ${judged.verdict} than the estimate of ${estimate}: change the procedure, or its estimate.`;
}
