import type { StepId } from '../brand.ts';
import type { PlannedStep } from '../procedure/planned-step.ts';
import { beginsAt, itemsOf, wellOverAt, wrongAt } from './reading.ts';
import type { Promised } from './reading.ts';

/** Nothing is done without an intent, and no intent has two results. */
export const intentBeforeResult: Promised = (played) => {
  const open = new Set<StepId>();
  return played.events.flatMap((event): readonly string[] => {
    if (event.type === 'step-intended') {
      if (open.has(event.step)) return [`${event.step} began twice at once`];
      open.add(event.step);
    }
    if (event.type === 'step-unknown') open.delete(event.step);
    if (event.type !== 'step-finished') return [];
    const was = open.delete(event.step);
    return event.outcome === 'ok' && !was ? [`${event.step} was done without an intent`] : [];
  });
};

/** An item begins when everything that it waits for is over and went well. */
export const everythingBeforeIsOver: Promised = (played) => {
  const items = itemsOf(played);
  const over = new Set<StepId>();
  return played.events.flatMap((event): readonly string[] => {
    const done = wellOverAt(event);
    if (done !== null) over.add(done);
    const item = items.get(beginsAt(event) ?? ('' as StepId));
    if (!item) return [];
    if (item.skip !== undefined) return [`${item.id} began although it is left out: ${item.skip}`];
    return waitsFor(item, items)
      .filter((id) => !over.has(id))
      .map((id) => `${item.id} began before ${id} was over`);
  });
};

/** One that is left out hands on what it waits for itself. */
function waitsFor(item: PlannedStep, items: ReadonlyMap<StepId, PlannedStep>): readonly StepId[] {
  return item.after.flatMap((id) => {
    const before = items.get(id);
    if (!before) return [id];
    return before.skip === undefined ? [id] : waitsFor(before, items);
  });
}

/** After something went wrong, or somebody stopped the run, nothing begins until somebody has decided. */
export const nothingAfterSomethingWrong: Promised = (played) => {
  let wrong: string | null = null;
  return played.events.flatMap((event): readonly string[] => {
    if (event.type === 'run-continued') wrong = null;
    if (event.type === 'run-stop-requested' || event.type === 'run-made-way') wrong = 'the run was stopped';
    const begins = beginsAt(event);
    const says = wrong !== null && begins !== null ? [`${begins} began although ${wrong}`] : [];
    const failed = wrongAt(event);
    if (failed !== null && wrong === null) wrong = `${failed} went wrong and nobody had decided`;
    return says;
  });
};
