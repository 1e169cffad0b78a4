import type { Digest, StepId } from '../brand.ts';
import { digestOf } from '../digest.ts';
import { fillAction, fillExpect, fillRelease, Unfillable } from '../fill.ts';
import type { FillContext, FilledRelease } from '../fill.ts';
import type { ResolvedAction } from '../procedure/action.ts';
import type { Run, RunStep } from './state.ts';

/** What exactly a step would do now, and the digest that an approval of it is bound to. */
export type Binding = { readonly action: ResolvedAction; readonly digest: Digest };

/**
 * Fills in a step's action from the run alone, and digests it with everything that gives it its meaning. What it has to
 * observe is filled in too, so that a value that is missing there is found before anything is done.
 */
export function bind(run: Run, step: RunStep): Binding | { readonly mistake: string } {
  try {
    const { action: source, expect } = step.plan.probe;
    const action = fillAction(source, fillContextOf(run));
    if (expect) fillExpect(expect, fillContextOf(run));
    const releases = step.plan.releases && fillRelease(step.plan.releases, fillContextOf(run));
    return { action, digest: digestOfStep(run, step, { action, ...(releases && { releases }) }) };
  } catch (error) {
    if (error instanceof Unfillable) return { mistake: error.message };
    throw error;
  }
}

/** The values that references of this run stand for. */
export function fillContextOf(run: Run): FillContext {
  const outputs: Record<StepId, Readonly<Record<string, string>>> = {};
  for (const { plan, state } of run.steps) if (state.status === 'finished') outputs[plan.id] = state.result.outputs;
  return { run: run.id, params: run.params, target: run.target.vars, secrets: run.target.secrets, outputs };
}

type Filled = { readonly action: ResolvedAction; readonly releases?: FilledRelease };

function digestOfStep(run: Run, { plan, attempt }: RunStep, filled: Filled): Digest {
  const quorum = plan.approve ?? null;
  const { procedure, target, params } = run;
  return digestOf({ v: 1, run: run.id, step: plan.id, attempt, procedure, target, params, ...filled, quorum });
}
