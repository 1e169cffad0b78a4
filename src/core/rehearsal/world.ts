import { fillContextOf } from '../incident/binding.ts';
import type { Run, RunStep } from '../incident/state.ts';
import { fillAction, fillExpect, Unfillable } from '../fill.ts';
import type { Probe } from '../procedure/action.ts';
import type { StepAnswer } from '../ports.ts';
import { madeUpOutputs } from './made-up.ts';
import type { Script } from './script.ts';

/** How an attempt at a step ends in the made-up world. */
export function answerOf(run: Run, step: RunStep, script: Script): StepAnswer {
  const { plan, attempt } = step;
  const turn = script.turn(plan, attempt);
  const cannot = unfillable(run, plan.probe);
  if (cannot !== null) return { status: 'failed', says: cannot };
  if (turn === 'failed') return { status: 'failed', says: 'it was to fail here' };
  if (turn === 'unknown' || (typeof turn === 'object' && 'unknown' in turn)) {
    return { status: 'unknown', reason: 'timeout', says: 'its result was to be lost here' };
  }
  const outputs = madeUpOutputs(
    plan,
    run.steps.map((each) => each.plan),
  );
  const given = typeof turn === 'object' ? turn.outputs : {};
  if (turn === 'already-done') return { status: 'already-done', says: 'nothing to do', outputs };
  return { status: 'ok', says: 'done', outputs: { ...outputs, ...given } };
}

type Checked = { readonly done: boolean | null; readonly says: string };

/** What a step's own check says: before it begins, or after its result was lost. */
export function checkSays(run: Run, step: RunStep, script: Script, when: 'before' | 'after-crash'): Checked {
  const { check } = step.plan;
  const turn = script.turn(step.plan, step.attempt);
  const cannot = check ? unfillable(run, check) : 'the step has no check';
  if (cannot !== null) return { done: null, says: cannot };
  const says = 'its check says so';
  if (when === 'before') return { done: turn === 'unclear' ? null : turn === 'already-done', says };
  return { done: typeof turn === 'object' && 'unknown' in turn ? turn.unknown === 'happened' : null, says };
}

/** What a probe can't be filled in with, as a real run would find. */
function unfillable(run: Run, { action, expect }: Probe): string | null {
  try {
    fillAction(action, fillContextOf(run));
    if (expect) fillExpect(expect, fillContextOf(run));
    return null;
  } catch (error) {
    if (error instanceof Unfillable) return error.message;
    throw error;
  }
}
