import type { StepId } from '../brand.ts';
import type { RunOutcome } from './event.ts';
import { hasFailed, isIdleQuestion, isOver, nothingWasDone, wentWrong } from './readiness.ts';
import type { HeldWhy, Run, RunStep } from './state.ts';
import { mayHaveActed } from './undo.ts';

export type Verdict =
  | { readonly kind: 'go-on' }
  | { readonly kind: 'hold'; readonly step: StepId; readonly why: HeldWhy }
  | { readonly kind: 'finish'; readonly outcome: RunOutcome };

const GO_ON: Verdict = { kind: 'go-on' };

/** What becomes of a run as a whole, given where each of its items stands. */
export function verdictOf(run: Run): Verdict {
  switch (run.progress.status) {
    case 'finished':
    case 'held':
      return GO_ON;
    case 'stopping':
      return run.steps.some(blocksStopping) ? GO_ON : { kind: 'finish', outcome: 'stopped' };
    case 'undoing':
      return verdictOfUndo(run.steps.filter((step) => step.plan.phase === 'undo'));
    case 'running':
      return verdictOfRunning(run);
    default:
      return run.progress satisfies never;
  }
}

/** Whether something acts at this moment, or may have acted: until it is known, nothing is over. */
function inFlight({ state }: RunStep): boolean {
  return state.status === 'intended' || state.status === 'unknown';
}

/** A read may be given up when a run stops; what can have changed something may not. */
function blocksStopping(step: RunStep): boolean {
  const { state, plan } = step;
  if (state.status !== 'unknown') return state.status === 'intended';
  return state.alive || (!state.givenUp && (plan.effect === 'destructive' || plan.effect === 'guarded'));
}

function verdictOfUndo(steps: readonly RunStep[]): Verdict {
  const failed = steps.find(wentWrong);
  if (failed) return steps.some(inFlight) ? GO_ON : { kind: 'hold', step: failed.plan.id, why: 'undo-failed' };
  return steps.every(isOver) ? { kind: 'finish', outcome: 'undone' } : GO_ON;
}

function verdictOfRunning(run: Run): Verdict {
  const wrong = run.steps.find(hasFailed) ?? run.steps.find(wentWrong);
  if (wrong) return run.steps.some(inFlight) ? GO_ON : verdictOfWrong(run, wrong);
  const over = run.steps.every((step) => isOver(step) || (step.state.status === 'pending' && isIdleQuestion(run, step)));
  if (!over) return GO_ON;
  return { kind: 'finish', outcome: nothingWasDone(run) ? 'nothing-to-do' : 'verified' };
}

/** Before anything was changed there is nothing to decide about, so the run just ends and gives its claims back. */
function verdictOfWrong(run: Run, wrong: RunStep): Verdict {
  if (wrong.plan.phase === 'preflight') return { kind: 'finish', outcome: 'preflight-failed' };
  if (wrong.state.status === 'refused') {
    const how = wrong.state.how;
    return run.steps.some(mayHaveActed) ? { kind: 'hold', step: wrong.plan.id, why: how } : { kind: 'finish', outcome: how };
  }
  return { kind: 'hold', step: wrong.plan.id, why: wrong.plan.phase === 'verify' ? 'unverified' : 'failed' };
}
