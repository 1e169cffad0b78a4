import type { Instant, RunId, StepId, TokenId } from '../../../src/core/brand.ts';
import type { IncidentState, Run, RunStep } from '../../../src/core/incident/state.ts';

/** A step and the run that it is in. */
export type Place = { readonly run: Run; readonly step: RunStep };
/** All that a move can see when it is made. */
export type Scene = { readonly state: IncidentState; readonly now: Instant; readonly tokens: readonly TokenId[]; newToken(): TokenId };

/** Every step of every run for which this holds. */
export function placesWhere(state: IncidentState, holds: (place: Place) => boolean): readonly Place[] {
  if (state.status === 'none') return [];
  return state.runs.flatMap((run) => run.steps.map((step) => ({ run, step }))).filter(holds);
}

export function at({ run, step }: Place): { run: RunId; step: StepId; attempt: number } {
  return { run: run.id, step: step.plan.id, attempt: step.attempt };
}
