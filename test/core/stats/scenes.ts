import type { Instant } from '../../../src/core/brand.ts';
import type { RunOutcome } from '../../../src/core/incident/event.ts';
import type { IncidentSummary, RunSummary } from '../../../src/core/stats/summary.ts';

export const MINUTE = 60_000;
const NOON = Date.UTC(2026, 10, 10, 12);

function minutesAfterNoon(minutes: number): Instant {
  return (NOON + minutes * MINUTE) as Instant;
}

/** A run as it is summed up: two minutes to wait for people, two to do, one to verify. */
export function ran(change: Partial<RunSummary> = {}, startedAt = NOON + 5 * MINUTE): RunSummary {
  const at = (minutes: number): Instant => (startedAt + minutes * MINUTE) as Instant;
  return {
    run: 'r1',
    procedure: 'cache',
    target: 'production',
    estimate: '2m-3m',
    outcome: 'verified',
    startedAt: at(0),
    executedAt: at(4),
    endedAt: at(5),
    waitedMs: { before: 2 * MINUTE, after: 0 },
    machineMs: 3 * MINUTE,
    ...change,
  };
}

/** An incident that began two minutes before it was seen; somebody was paged after one minute, and came after another. */
export function summary(change: Partial<IncidentSummary> = {}): IncidentSummary {
  return {
    incident: 'k7m2xq',
    title: 'The cache is cold',
    drill: false,
    openedAt: minutesAfterNoon(2),
    closedAt: minutesAfterNoon(30),
    beganAt: minutesAfterNoon(0),
    detectedAt: minutesAfterNoon(2),
    pagedAt: minutesAfterNoon(3),
    acknowledgedAt: minutesAfterNoon(4),
    runs: [ran()],
    ...change,
  };
}

/** The same, so many days earlier, with the whole way back as long as that. */
export function earlier(days: number, totalMinutes: number, change: Partial<RunSummary> = {}): IncidentSummary {
  const back = days * 24 * 60 * MINUTE;
  const began = (NOON - back) as Instant;
  const endedAt = (began + totalMinutes * MINUTE) as Instant;
  const startedAt = (endedAt - 5 * MINUTE) as Instant;
  const run = ran({ startedAt, executedAt: (endedAt - MINUTE) as Instant, endedAt, ...change });
  return summary({ openedAt: began, detectedAt: began, beganAt: began, pagedAt: null, acknowledgedAt: null, runs: [run] });
}

export function ended(outcome: RunOutcome | null): Partial<RunSummary> {
  return { outcome, ...(outcome === 'verified' ? {} : { machineMs: MINUTE }) };
}
