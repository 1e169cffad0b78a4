import { bounded, boundedSamples } from '../reading/key-reading.ts';
import type { Command } from './command.ts';
import type { Decision } from './decide.ts';
import { refuse } from './refusal.ts';
import { firstActedAt, runOf } from './state.ts';
import type { IncidentState } from './state.ts';
import { verdictOf } from './verdict.ts';

/** What is read later than this after the end of a run says nothing about the run. */
const AFTER_WITHIN_MS = 5 * 60_000;

type Of<Kind extends Command['kind']> = Extract<Command, { kind: Kind }>;

/** Ends a run, or holds it for a decision, when its items say so. */
export function holdOrFinish(state: IncidentState, { run: id, token }: Of<'hold-or-finish'>): Decision {
  const run = runOf(state, id);
  if (!run) return refuse('no-such-run');
  const verdict = verdictOf(run);
  switch (verdict.kind) {
    case 'go-on':
      return refuse('not-due');
    case 'hold':
      return [{ type: 'run-held', run: id, step: verdict.step, why: verdict.why, token }];
    case 'finish':
      return [{ type: 'run-finished', run: id, outcome: verdict.outcome }];
    default:
      return verdict satisfies never;
  }
}

/**
 * Remembers, once, what the key metrics were before anything was done, and what they are when all is over. What was read while a
 * step acted already is no *before*, and what was read long after the end no *after*: neither is taken for one.
 */
export function noteMetrics(state: IncidentState, { run: id, when, readings }: Of<'note-metrics'>): Decision {
  const run = runOf(state, id);
  if (!run) return refuse('no-such-run');
  if (state.status === 'closed') return refuse('incident-closed');
  if (run.metrics[when] !== null) return [];
  const begunAt = firstActedAt(run) ?? Number.POSITIVE_INFINITY;
  const endedAt = run.progress.status === 'finished' ? run.progress.at : Number.NEGATIVE_INFINITY;
  const fit = readings.filter(({ at }) => (when === 'before' ? at <= begunAt : at <= endedAt + AFTER_WITHIN_MS));
  return fit.length === 0 ? refuse('not-due') : [{ type: 'metrics-read', run: id, when, readings: bounded(fit) }];
}

/** Keeps, once, how the key metrics went from before the run until after it: what its chart is drawn from. */
export function noteSamples(state: IncidentState, { run: id, metrics }: Of<'note-samples'>): Decision {
  const run = runOf(state, id);
  if (!run) return refuse('no-such-run');
  if (state.status === 'closed') return refuse('incident-closed');
  if (run.progress.status !== 'finished') return refuse('not-due');
  const some = metrics.filter(({ points }) => points.length > 1);
  return run.metrics.sampled !== null || some.length === 0 ? [] : [{ type: 'metrics-sampled', run: id, metrics: boundedSamples(some) }];
}

/** Remembers, once, that the files say something else now than what the run has pinned. */
export function noteSettings(state: IncidentState, { run: id, what, now }: Of<'note-settings'>): Decision {
  const run = runOf(state, id);
  if (!run) return refuse('no-such-run');
  if (run.progress.status === 'finished') return refuse('run-finished');
  const pinned = what === 'procedure' ? run.procedure.hash : run.target.hash;
  return now === pinned || run.settingsChanged.includes(what) ? [] : [{ type: 'settings-changed', run: id, what, now }];
}
