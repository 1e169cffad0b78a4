import type { PlannedStep } from '../procedure/planned-step.ts';
import type { Run, RunStep } from './state.ts';
import { hasEffect } from './undo.ts';

/** The items that may begin now: everything before them is over and went well, and nothing else has failed. */
export function readySteps(run: Run): readonly RunStep[] {
  if (run.progress.status !== 'running' && run.progress.status !== 'undoing') return [];
  const phases = run.progress.status === 'undoing' ? ['undo'] : ['preflight', 'step', 'verify'];
  const eligible = run.steps.filter((step) => phases.includes(step.plan.phase));
  if (eligible.some(wentWrong)) return [];
  return eligible.filter((step) => step.state.status === 'pending' && isReady(run, step) && !isIdleQuestion(run, step));
}

/** Whether an item may do more than ask its own check: it is ready, and the check, if it has one, said *not done*. */
export function mayBegin(run: Run, step: RunStep): boolean {
  const unchecked = step.plan.check !== undefined && step.state.status === 'pending' && !step.state.checked;
  return !unchecked && readySteps(run).includes(step);
}

/** A failed or refused item: no new one begins until somebody has decided. */
export function wentWrong({ state }: Pick<RunStep, 'state'>): boolean {
  return state.status === 'refused' || hasFailed({ state });
}

/** An item that ran, or was about to, and did not do what it should. */
export function hasFailed({ state }: Pick<RunStep, 'state'>): boolean {
  return state.status === 'finished' && state.result.outcome === 'failed';
}

/** An item that needs nothing more. */
export function isOver(step: RunStep): boolean {
  return step.state.status === 'skipped' || (step.state.status === 'finished' && step.state.result.outcome !== 'failed');
}

/** Whether no step had anything to do, whatever was announced beside it, so that there is nothing to ask people about either. */
export function nothingWasDone(run: Run): boolean {
  const counting = changingAmong(run.steps.map(({ plan }) => plan));
  return run.steps.filter(({ plan }) => counting.includes(plan)).every((step) => isOver(step) && !hasEffect(step));
}

/** The steps by which it is told whether a run had anything to do: what is only said counts where nothing else is done. */
export function changingAmong(items: readonly PlannedStep[]): readonly PlannedStep[] {
  const deeds = items.filter(({ phase, effect }) => phase === 'step' && effect !== 'read');
  const changing = deeds.filter(({ probe }) => probe.action.kind !== 'announce');
  return changing.length > 0 ? changing : deeds;
}

/** A question about the result of a run that changed nothing. */
export function isIdleQuestion(run: Run, step: RunStep): boolean {
  return step.plan.phase === 'verify' && step.plan.ask !== undefined && nothingWasDone(run);
}

/** One that is left out stands for what comes before it: nobody overtakes by way of it. */
function isReady(run: Run, { plan }: RunStep, seen = new Set<RunStep>()): boolean {
  return plan.after.every((id) => {
    const before = run.steps.find((step) => step.plan.id === id);
    if (before === undefined || !isOver(before)) return false;
    if (before.state.status !== 'skipped' || seen.has(before)) return true;
    seen.add(before);
    return isReady(run, before, seen);
  });
}
