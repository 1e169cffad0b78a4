import type { RoleId, StepId } from '../brand.ts';
import type { PlannedStep } from '../procedure/planned-step.ts';
import type { Run, RunStep } from './state.ts';

/** The steps whose effect stands and can be taken back, in the reverse order of their ends. */
export function undoable(run: Run): readonly RunStep[] {
  if (run.steps.some((step) => step.plan.phase === 'undo')) return [];
  return inOrder(run.steps)
    .filter((step) => hasEffect(step) && step.plan.undo?.kind === 'action')
    .toReversed()
    .toSorted((a, b) => endOf(b) - endOf(a));
}

/** Whether a step has changed something that is still changed, as far as is known: now, or in an attempt whose result was lost. */
export function hasEffect(step: RunStep): boolean {
  const { plan, state } = step;
  if (plan.phase !== 'step' || plan.effect === 'read' || state.status !== 'finished') return false;
  return state.result.outcome === 'ok' || (state.result.outcome === 'already-done' && step.startedAt !== null);
}

/** Whether a step may have changed anything, however it ended: it began, or a person was asked to do it. */
export function mayHaveActed({ plan, state, startedAt }: RunStep): boolean {
  return plan.phase === 'step' && plan.effect !== 'read' && (startedAt !== null || state.status === 'asking');
}

/** Undo steps are steps like any other, one after the other, in reverse order. */
export function undoSteps(run: Run): readonly RunStep[] {
  let previous: StepId | null = null;
  return undoable(run).flatMap((step) =>
    undoStep(step.plan, previous).map((plan): RunStep => {
      previous = plan.id;
      return { plan, attempt: 1, state: { status: 'pending', checked: false }, startedAt: null, trail: [] };
    }),
  );
}

/** The item that takes a step back, after another one; none where there is no way back. */
export function undoStep({ id, undo }: PlannedStep, previous: StepId | null = null): readonly PlannedStep[] {
  if (undo?.kind !== 'action') return [];
  const { title, action, effect, timeoutMs, check } = undo;
  return [
    {
      id: `undo.${id}` as StepId,
      phase: 'undo',
      title,
      effect,
      probe: { action },
      timeoutMs,
      after: previous === null ? [] : [previous],
      ...(check && { check }),
      undo: { kind: 'none', because: 'it is an undo itself' },
      outputs: {},
      ...(action.kind === 'manual' && { ask: action.by as RoleId }),
    },
  ];
}

function endOf({ state }: RunStep): number {
  return state.status === 'finished' ? state.result.at : 0;
}

/** Each item after those that it waits for: what orders steps that ended in the same millisecond. */
function inOrder(steps: readonly RunStep[]): readonly RunStep[] {
  const rest = [...steps];
  const placed: RunStep[] = [];
  while (rest.length > 0) {
    const free = rest.findIndex(({ plan }) => !rest.some((other) => plan.after.includes(other.plan.id)));
    placed.push(...rest.splice(Math.max(0, free), 1));
  }
  return placed;
}
