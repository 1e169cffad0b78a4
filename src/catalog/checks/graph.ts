import type { StepId } from '../../core/brand.ts';
import { didYouMean } from '../../core/procedure/nearest.ts';
import type { PlannedStep } from '../../core/procedure/planned-step.ts';
import type { Finding } from '../finding.ts';
import { pathOf } from './subject.ts';
import type { Subject } from './subject.ts';

/** Ids are unique, `after` names other steps of this procedure, and nothing waits for itself in the end. */
export function graph(subject: Subject): readonly Finding[] {
  const mistakes = [...duplicates(subject), ...unknownAfter(subject)];
  return mistakes.length > 0 ? mistakes : cycles(subject);
}

/** Everything that is certainly finished before an item begins. */
export function before(item: PlannedStep, items: readonly PlannedStep[]): ReadonlySet<StepId> {
  const seen = new Set<StepId>();
  const open = [...item.after];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (seen.has(id)) continue;
    seen.add(id);
    open.push(...(items.find((each) => each.id === id)?.after ?? []));
  }
  return seen;
}

function duplicates(subject: Subject): readonly Finding[] {
  const { items } = subject;
  return items
    .filter((item, index) => items.findIndex(({ id }) => id === item.id) < index)
    .map((item) => ({
      path: [...pathOf(item, subject), 'id'],
      says: `The id "${item.id}" is taken by an item above; expected another one.`,
    }));
}

function unknownAfter({ procedure }: Subject): readonly Finding[] {
  const ids = procedure.steps.map(({ id }) => id);
  return procedure.steps.flatMap((step, index) =>
    (step.after ?? []).flatMap((id, place) => {
      const path = ['steps', index, 'after', place];
      if (id === step.id) return [{ path, says: `"${id}" waits for itself; expected other steps.` }];
      if (ids.includes(id)) return [];
      return [{ path, says: `There is no step "${id}".${didYouMean(id, ids)} Expected the id of a step of this file.` }];
    }),
  );
}

function cycles(subject: Subject): readonly Finding[] {
  const circle = subject.items.find((item) => before(item, subject.items).has(item.id));
  if (!circle) return [];
  const way = wayBack(circle, subject.items);
  const path = circle.phase === 'step' ? [...pathOf(circle, subject), 'after'] : pathOf(circle, subject);
  return [{ path, says: `These wait for one another: ${way.join(' → ')}; expected an order with a beginning.` }];
}

/** The shortest way along `after` from an item back to itself. */
function wayBack(start: PlannedStep, items: readonly PlannedStep[]): readonly StepId[] {
  const ways: StepId[][] = start.after.map((id) => [start.id, id]);
  const seen = new Set<StepId>();
  for (let way = ways.shift(); way; way = ways.shift()) {
    const last = way.at(-1)!;
    if (last === start.id) return way;
    if (seen.has(last)) continue;
    seen.add(last);
    for (const id of items.find((each) => each.id === last)?.after ?? []) ways.push([...way, id]);
  }
  return [start.id];
}
