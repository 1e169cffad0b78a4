import type { RoleId, RunId, StepId, TokenId } from '../brand.ts';
import { refuse } from './refusal.ts';
import type { Refusal } from './refusal.ts';
import { runOf, stepOf } from './state.ts';
import type { Approval, IncidentState, Run, RunStep } from './state.ts';

export type Place = { readonly run: Run; readonly step: RunStep };

/** The step that a command names, or the refusal that says why there is none to act on. */
export function findStep(state: IncidentState, at: { run: RunId; step: StepId }): Place | Refusal {
  const run = runOf(state, at.run);
  if (!run) return refuse('no-such-run');
  if (run.progress.status === 'finished') return refuse('run-finished');
  const step = stepOf(run, at.step);
  return step ? { run, step } : refuse('no-such-step');
}

/** The step whose button carries this token, whether it still waits for it or not. */
export function findByToken(state: IncidentState, token: TokenId): Place | undefined {
  if (state.status === 'none') return undefined;
  for (const run of state.runs) {
    const step = run.steps.find((each) => tokenOf(each) === token);
    if (step) return { run, step };
  }
  return undefined;
}

/** The approval that a step is waiting for or went by, if any. */
export function approvalOf({ state }: RunStep): Approval | null {
  switch (state.status) {
    case 'awaiting-approval':
    case 'approved':
    case 'refused':
      return state.approval;
    case 'intended':
    case 'unknown':
      return state.intent.approval;
    case 'finished':
      return state.result.approval;
    case 'pending':
    case 'skipped':
    case 'asking':
      return null;
    default:
      return state satisfies never;
  }
}

/** The roles that a person shares with those that are asked for. */
export function sharedRoles(theirs: readonly RoleId[], wanted: readonly RoleId[]): readonly RoleId[] {
  return theirs.filter((role) => wanted.includes(role));
}

function tokenOf(step: RunStep): TokenId | undefined {
  if (step.state.status === 'asking' || step.state.status === 'unknown') return step.state.token;
  return approvalOf(step)?.token;
}
