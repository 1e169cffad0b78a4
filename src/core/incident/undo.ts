import type { StepId } from '../brand.ts';
import type { PlannedStep } from '../procedure/planned-step.ts';
import type { Run, RunStep } from './state.ts';

/** The steps whose effect stands and can be taken back, last one first. */
export function undoable(run: Run): readonly RunStep[] {
  if (run.steps.some((step) => step.plan.phase === 'undo')) return [];
  return run.steps.filter((step) => hasEffect(step) && step.plan.undo?.kind === 'action').toReversed();
}

/** Whether a step has changed something that is still changed, as far as is known. */
export function hasEffect(step: RunStep): boolean {
  const { plan, state } = step;
  return plan.phase === 'step' && plan.effect !== 'read' && state.status === 'finished' && state.result.outcome === 'ok';
}

/** Undo steps are steps like any other, one after the other, in reverse order. */
export function undoSteps(run: Run): readonly RunStep[] {
  let previous: StepId | null = null;
  return undoable(run).flatMap(({ plan }) => {
    if (plan.undo?.kind !== 'action') return [];
    const id = `undo.${plan.id}` as StepId;
    const { title, action, effect, timeoutMs, check } = plan.undo;
    const undo: PlannedStep = {
      id,
      phase: 'undo',
      title,
      effect,
      probe: { action },
      timeoutMs,
      after: previous === null ? [] : [previous],
      ...(check && { check }),
      undo: { kind: 'none', because: 'it is an undo itself' },
      outputs: {},
    };
    previous = id;
    return [{ plan: undo, attempt: 1, state: { status: 'pending', checked: false }, startedAt: null, trail: [] } satisfies RunStep];
  });
}
