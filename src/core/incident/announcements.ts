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

export type Announced = {
  readonly status: SystemStatus;
  readonly at: Instant;
  /** The run that said it, where it ended half-way and will not say what becomes of it: people have to. */
  readonly leftBy: Run | null;
};

/** How the system is and since when, by what was announced last; null where nobody has said. */
export function systemStatusOf(runs: readonly Run[]): Announced | null {
  const last = announcementsOf(runs).findLast(({ status }) => status !== null);
  return last?.status ? { status: last.status, at: last.at, leftBy: endedHalfWay(last.run) ? last.run : null } : null;
}

/** What people have to do where nobody else will say how the system is from now on. */
export function sayLeft({ id }: Run): string {
  return `Run ${id} ended half-way, so it does not say when that changes: look how the system is, and tell people by hand.`;
}

/** Whether a run ended before it had done, or taken back, all that it was to do. */
function endedHalfWay({ progress }: Run): boolean {
  return progress.status === 'finished' && !['verified', 'nothing-to-do', 'undone'].includes(progress.outcome);
}

function announced(run: Run, step: RunStep): readonly Announcement[] {
  const { plan, state } = step;
  if (plan.probe.action.kind !== 'announce' || state.status !== 'finished' || state.result.outcome !== 'ok') return [];
  const bound = bind(run, step);
  if ('mistake' in bound || bound.action.kind !== 'announce') return [];
  const { text, status, to } = bound.action;
  return [{ run, step, at: state.result.at, text: sayFilled(text), status: status ?? null, to }];
}
