import type { Instant } from '../brand.ts';
import { detectedAt, troubleAt } from '../incident/moments.ts';
import type { IncidentEvent } from '../incident/event.ts';
import type { IncidentState, Run } from '../incident/state.ts';
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

/** The phases of an incident with what its first run took: people wait for each of them in a different way. */
export function phasesOf(state: Incident, events: readonly IncidentEvent[]): readonly Phase[] {
  const detected = detectedAt(state);
  const { paged, acknowledged } = answersTo(state);
  return [
    span('detect', troubleAt(state), detected),
    span('page', paged === null ? null : detected, paged),
    span('acknowledge', paged, acknowledged),
    ...phasesOfRun(state, events, state.runs[0]),
  ];
}

/**
 * What one run took. It was decided on from when somebody had the trouble in hand, or from the end of the run before it. Waiting for
 * approvals is taken out of executing, and counts once where two waits overlap.
 */
export function phasesOfRun(state: Incident, events: readonly IncidentEvent[], run: Run | undefined): readonly Phase[] {
  const decided = run?.startedAt ?? null;
  const figures = run ? figuresOf(run, events) : null;
  const executed = figures?.executedAt ?? null;
  const waitedMs = run && executed !== null ? waitedBetween(run, events, run.startedAt, executed) : null;
  return [
    span('decide', decidingFrom(state, run), decided),
    { name: 'wait for approval', from: null, to: null, tookMs: waitedMs },
    {
      ...span('execute', decided, executed),
      tookMs: decided === null || executed === null ? null : Math.max(0, executed - decided - (waitedMs ?? 0)),
    },
    span('verify', executed, figures?.endedAt ?? null),
  ];
}

/** Nobody decided on a run that began while another went on. */
function decidingFrom(state: Incident, run: Run | undefined): Instant | null {
  const earlier = state.runs.slice(0, run ? state.runs.indexOf(run) : 0);
  if (earlier.length === 0) return latest(detectedAt(state), answersTo(state).acknowledged, run?.startedAt ?? null);
  const ends = earlier.map(({ progress }) => (progress.status === 'finished' ? progress.at : Number.POSITIVE_INFINITY));
  const last = Math.max(...ends) as Instant;
  return run && last <= run.startedAt ? last : null;
}

function answersTo({ pages }: Incident): { readonly paged: Instant | null; readonly acknowledged: Instant | null } {
  return {
    paged: first(pages.flatMap(({ calledAt }) => (calledAt === null ? [] : [calledAt]))),
    acknowledged: first(pages.flatMap((page) => (page.acknowledged ? [page.acknowledged.at] : []))),
  };
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
