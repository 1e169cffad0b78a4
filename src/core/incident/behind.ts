import { fillRelease, fillSentence } from '../fill.ts';
import { fillContextOf } from './binding.ts';
import type { Run, RunStep } from './state.ts';
import { hasEffect } from './undo.ts';

/** A branch that does not have what its run has left running; `commit` is what it lacks, where that is known. */
export type Behind = { readonly branch: string; readonly commit: string | null; readonly undone: boolean };

/**
 * The branches that whoever deploys from them next would bring the trouble back with: those that a run was to move forward, and
 * that have moved on, have refused it, or were never come to although a step before had deployed.
 */
export function behindOf(run: Run): readonly Behind[] {
  return run.steps.flatMap((step): readonly Behind[] => {
    const branch = step.plan.phase === 'step' ? branchOf(run, step) : null;
    if (branch === null) return [];
    const undo = undoOf(run, step);
    if (undo) return hasReached(step) && !hasReached(undo) ? [{ branch, commit: outputOf(undo, 'commit'), undone: true }] : [];
    const deployed = run.steps.find((each) => each.plan.releases && stands(run, each));
    if (hasReached(step) || !(deployed || stands(run, step))) return [];
    return [{ branch, commit: outputOf(step, 'commit') ?? (deployed ? releaseOf(run, deployed) : null), undone: false }];
  });
}

/** What has to be done about such a branch, as it is listed wherever that is. */
export function behindTitle({ branch, commit, undone }: Behind): string {
  const to = commit === null ? `what ${undone ? 'was there before' : 'runs now'}` : commit.slice(0, 12);
  return `Bring the branch ${branch} to ${to} before anybody deploys from it: it still has what was ${undone ? 'undone' : 'taken back'}`;
}

function branchOf(run: Run, { plan }: RunStep): string | null {
  const { action } = plan.probe;
  const branch = action.kind === 'git-restore' ? action.publish?.fastForward : undefined;
  return branch === undefined ? null : fillSentence(branch, fillContextOf(run));
}

function undoOf(run: Run, { plan: { id } }: RunStep): RunStep | undefined {
  return run.steps.find(({ plan, state }) => {
    return plan.id === `undo.${id}` && state.status === 'finished' && state.result.outcome !== 'failed';
  });
}

/** Whether what a step has done is still so. */
function stands(run: Run, step: RunStep): boolean {
  return hasEffect(step) && !undoOf(run, step);
}

function hasReached(step: RunStep): boolean {
  return outputOf(step, 'reached') === 'main';
}

function outputOf({ state }: RunStep, name: 'commit' | 'reached'): string | null {
  if (state.status !== 'finished' || state.result.outcome === 'failed') return null;
  return state.result.outputs[name] ?? null;
}

function releaseOf(run: Run, { plan: { releases } }: RunStep): string | null {
  return releases ? fillRelease(releases, fillContextOf(run)).version : null;
}
