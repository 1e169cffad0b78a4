import type { StepId } from '../brand.ts';
import type { IncidentEvent } from '../incident/event.ts';
import type { PlannedStep } from '../procedure/planned-step.ts';
import type { Played } from './play.ts';

/** What is wrong with a run, one sentence each; nothing where the promise was kept. */
export type Promised = (played: Played) => readonly string[];

/** The items of a run by id, the undo steps that were added included. */
export function itemsOf({ run }: Pick<Played, 'run'>): ReadonlyMap<StepId, PlannedStep> {
  return new Map(run.steps.map(({ plan }) => [plan.id, plan]));
}

/** The item with which something new begins at this event: it acts, or people are asked. */
export function beginsAt(event: IncidentEvent): StepId | null {
  const begins = event.type === 'step-intended' || event.type === 'approval-requested' || event.type === 'question-asked';
  return begins ? event.step : null;
}

/** The item that is over and went well at this event. */
export function wellOverAt(event: IncidentEvent): StepId | null {
  switch (event.type) {
    case 'step-finished':
      return event.outcome === 'failed' ? null : event.step;
    case 'step-settled':
      return event.as === 'happened' ? event.step : null;
    case 'question-answered':
      return event.answer === 'yes' ? event.step : null;
    default:
      return null;
  }
}

/** The item that went wrong at this event, so that somebody has to decide. */
export function wrongAt(event: IncidentEvent): StepId | null {
  switch (event.type) {
    case 'step-finished':
      return event.outcome === 'failed' ? event.step : null;
    case 'approval-denied':
    case 'approval-expired':
      return event.step;
    case 'question-answered':
      return event.answer === 'no' ? event.step : null;
    default:
      return null;
  }
}

/** The steps that have changed something which is still changed, in the order in which they ended. */
export function standing(played: Played): readonly PlannedStep[] {
  const items = itemsOf(played);
  const begun = new Map<StepId, number>();
  const over = new Map<StepId, PlannedStep>();
  for (const event of played.events) {
    const item = items.get(wellOverAt(event) ?? ('' as StepId));
    if (event.type === 'step-intended') begun.set(event.step, begun.get(event.step) ?? event.attempt);
    if (item?.phase === 'step' && item.effect !== 'read' && changed(event, begun)) over.set(item.id, item);
  }
  return [...over.values()];
}

/** Whether something of a procedure may have been changed: a step began, or a person was asked to do one. */
export function anythingBegan(played: Played): boolean {
  const items = itemsOf(played);
  return played.events.some((event) => {
    const item = event.type === 'approval-requested' ? undefined : items.get(beginsAt(event) ?? ('' as StepId));
    return item?.phase === 'step' && item.effect !== 'read';
  });
}

/** What is found done already was changed by this run only where an earlier attempt of it began. */
function changed(event: IncidentEvent, begun: ReadonlyMap<StepId, number>): boolean {
  if (event.type !== 'step-finished' || event.outcome !== 'already-done') return true;
  return (begun.get(event.step) ?? event.attempt) < event.attempt;
}
