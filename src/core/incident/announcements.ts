import type { Instant } from '../brand.ts';
import { sayFilled } from '../fill.ts';
import type { SystemStatus } from '../procedure/action.ts';
import { bind } from './binding.ts';
import type { Run, RunStep } from './state.ts';

/** Something that a run tells people. It counts as said when its step is finished: the messages follow from that. */
export type Announcement = {
  readonly run: Run;
  readonly step: RunStep;
  readonly at: Instant;
  readonly text: string;
  /** How the system is from then on; null where this says nothing of it. */
  readonly status: SystemStatus | null;
  readonly to: readonly string[];
};

/** Everything that these runs have announced, oldest first; one whose step found nothing to do was not announced. */
export function announcementsOf(runs: readonly Run[]): readonly Announcement[] {
  return runs.flatMap((run) => run.steps.flatMap((step) => announced(run, step))).toSorted((a, b) => a.at - b.at);
}

/** How the system is and since when, by what was announced last; null where nobody has said. */
export function systemStatusOf(runs: readonly Run[]): { readonly status: SystemStatus; readonly at: Instant } | null {
  const last = announcementsOf(runs).findLast(({ status }) => status !== null);
  return last?.status ? { status: last.status, at: last.at } : null;
}

function announced(run: Run, step: RunStep): readonly Announcement[] {
  const { plan, state } = step;
  if (plan.probe.action.kind !== 'announce' || state.status !== 'finished' || state.result.outcome !== 'ok') return [];
  const bound = bind(run, step);
  if ('mistake' in bound || bound.action.kind !== 'announce') return [];
  const { text, status, to } = bound.action;
  return [{ run, step, at: state.result.at, text: sayFilled(text), status: status ?? null, to }];
}
