import type { Instant } from '../brand.ts';
import type { IncidentSummary } from './summary.ts';

/** What the way back is made of, in its order. */
export const PHASES = ['detect', 'page', 'acknowledge', 'decide', 'wait', 'execute', 'verify'] as const;
export type Phase = (typeof PHASES)[number];

/** The way back from an incident: how long it took and what that was made of, in milliseconds; null where a phase was not gone through, or nobody knows. */
export type Recovery = {
  readonly recoveredAt: Instant;
  readonly totalMs: number;
  readonly phases: Readonly<Record<Phase, number | null>>;
};

/** The way back as the last verified run has it; null where there was none. It begins when things went wrong, as far as anything saw that. */
export function recoveryOf({ beganAt, detectedAt, pagedAt, acknowledgedAt, runs }: IncidentSummary): Recovery | null {
  const run = runs.findLast(({ outcome }) => outcome === 'verified');
  if (!run || run.endedAt === null) return null;
  const { startedAt, endedAt, waitedMs } = run;
  const executedAt = run.executedAt ?? endedAt;
  // Where nobody was called in time, people came by themselves.
  const paged = before(pagedAt, startedAt);
  const acknowledged = paged === null ? null : before(acknowledgedAt, startedAt);
  const came = acknowledged ?? paged ?? detectedAt;
  return {
    recoveredAt: endedAt,
    totalMs: endedAt - Math.min(beganAt ?? detectedAt, detectedAt),
    phases: {
      detect: beganAt === null ? null : Math.max(0, detectedAt - beganAt),
      page: paged === null ? null : Math.max(0, paged - detectedAt),
      acknowledge: paged === null || acknowledged === null ? null : Math.max(0, acknowledged - paged),
      decide: Math.max(0, startedAt - came),
      wait: waitedMs.before,
      execute: Math.max(0, executedAt - startedAt - waitedMs.before),
      // Questions to people are a part of it.
      verify: Math.max(0, endedAt - executedAt),
    },
  };
}

function before(at: Instant | null, end: Instant): Instant | null {
  return at !== null && at <= end ? at : null;
}
