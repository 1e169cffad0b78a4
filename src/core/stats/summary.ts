import type { Instant } from '../brand.ts';
import { evolve, INITIAL } from '../incident/evolve.ts';
import type { IncidentEvent, RunOutcome } from '../incident/event.ts';
import { detectedAt } from '../incident/moments.ts';
import type { Run } from '../incident/state.ts';
import { figuresOf } from '../report/figures.ts';

/** Has to change whenever `summarise` does, so that what was kept is computed anew. */
export const SUMMARY_VERSION = 'incident-summary-3';

/** What lists and statistics need of an incident, so that none of them has to read its journal again. */
export type IncidentSummary = {
  readonly incident: string;
  readonly title: string;
  readonly drill: boolean;
  readonly openedAt: Instant;
  readonly closedAt: Instant | null;
  /** When what it is about began, as far as anything saw that. */
  readonly beganAt: Instant | null;
  readonly detectedAt: Instant;
  readonly pagedAt: Instant | null;
  readonly acknowledgedAt: Instant | null;
  readonly runs: readonly RunSummary[];
};

export type RunSummary = {
  readonly run: string;
  readonly procedure: string;
  readonly target: string;
  readonly estimate: string | null;
  /** Null while it goes on. */
  readonly outcome: RunOutcome | null;
  readonly startedAt: Instant;
  /** When the last of its steps was done; null where none was. */
  readonly executedAt: Instant | null;
  readonly endedAt: Instant | null;
  /** For people, before and after that moment. */
  readonly waitedMs: { readonly before: number; readonly after: number };
  /** Without waiting for people. */
  readonly machineMs: number | null;
};

/** Reads the summary of an incident from its journal; null where there is none in it. */
export function summarise(events: readonly IncidentEvent[]): IncidentSummary | null {
  const state = events.reduce(evolve, INITIAL);
  if (state.status === 'none') return null;
  const { incident, title, drill, openedAt, beganAt, record } = state;
  const pages = events.flatMap((event) => (event.type === 'page-noted' ? [{ note: event.note, at: event.since ?? event.at }] : []));
  const alerts = record.alerts.map((each) => each.beganAt);
  const began = [...(beganAt === null ? [] : [beganAt]), ...alerts];
  return {
    incident,
    title,
    drill,
    openedAt,
    closedAt: state.status === 'closed' ? state.closedAt : null,
    beganAt: began.length === 0 ? null : (Math.min(...began) as Instant),
    detectedAt: detectedAt(state),
    pagedAt: pages.find(({ note }) => note.is === 'called')?.at ?? null,
    acknowledgedAt: pages.find(({ note }) => note.is === 'acknowledged')?.at ?? null,
    runs: state.runs.map((run) => summaryOf(run, events)),
  };
}

function summaryOf(run: Run, events: readonly IncidentEvent[]): RunSummary {
  const { startedAt, executedAt, endedAt, waitingMs, machineMs } = figuresOf(run, events);
  const until = executedAt === null ? [] : events.filter(({ at }) => at <= executedAt);
  const before = executedAt === null ? waitingMs : Math.min(waitingMs, figuresOf(run, until).waitingMs);
  return {
    run: run.id,
    procedure: run.procedure.id,
    target: run.target.name,
    estimate: run.procedure.estimate ?? null,
    outcome: run.progress.status === 'finished' ? run.progress.outcome : null,
    startedAt,
    executedAt,
    endedAt,
    waitedMs: { before, after: waitingMs - before },
    machineMs,
  };
}
