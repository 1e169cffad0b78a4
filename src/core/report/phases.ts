import type { Instant } from '../brand.ts';
import { detectedAt, troubleAt } from '../incident/moments.ts';
import type { IncidentEvent } from '../incident/event.ts';
import type { IncidentState } from '../incident/state.ts';
import { figuresOf, waitedBetween } from './figures.ts';

type Incident = Exclude<IncidentState, { status: 'none' }>;

/** What the time went into, from the trouble to its end. */
export const PHASES = ['detect', 'page', 'acknowledge', 'decide', 'wait for approval', 'execute', 'verify'] as const;
export type PhaseName = (typeof PHASES)[number];

/** How long a phase took, in milliseconds, and from when until when; null where it never came to that, or nobody knows. */
export type Phase = {
  readonly name: PhaseName;
  readonly from: Instant | null;
  readonly to: Instant | null;
  readonly tookMs: number | null;
};

/**
 * The phases of an incident with what its first run took: people wait for each of them in a different way. Waiting for approvals
 * is taken out of executing, and counts once where two waits overlap.
 */
export function phasesOf(state: Incident, events: readonly IncidentEvent[]): readonly Phase[] {
  const detected = detectedAt(state);
  const paged = first(state.pages.flatMap(({ calledAt }) => (calledAt === null ? [] : [calledAt])));
  const acknowledged = first(state.pages.flatMap((page) => (page.acknowledged ? [page.acknowledged.at] : [])));
  const run = state.runs[0];
  const figures = run ? figuresOf(run, events) : null;
  const decided = run?.startedAt ?? null;
  const executed = figures?.executedAt ?? null;
  const over = figures?.endedAt ?? null;
  const waitedMs = run && executed !== null ? waitedBetween(run, events, decided ?? detected, executed) : null;
  return [
    span('detect', troubleAt(state), detected),
    span('page', paged === null ? null : detected, paged),
    span('acknowledge', paged, acknowledged),
    span('decide', latest(detected, acknowledged, decided), decided),
    { name: 'wait for approval', from: null, to: null, tookMs: waitedMs },
    {
      ...span('execute', decided, executed),
      tookMs: decided === null || executed === null ? null : Math.max(0, executed - decided - (waitedMs ?? 0)),
    },
    span('verify', executed, over),
  ];
}

function span(name: PhaseName, from: Instant | null, to: Instant | null): Phase {
  return { name, from, to, tookMs: from === null || to === null ? null : Math.max(0, to - from) };
}

/** Whoever answered before the run began had it in hand from then on. */
function latest(detected: Instant, acknowledged: Instant | null, decided: Instant | null): Instant {
  return acknowledged !== null && decided !== null && acknowledged <= decided ? acknowledged : detected;
}

function first(times: readonly Instant[]): Instant | null {
  return times.length === 0 ? null : (Math.min(...times) as Instant);
}
