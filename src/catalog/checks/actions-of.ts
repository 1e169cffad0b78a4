import type { Action, Expect } from '../../core/procedure/action.ts';
import type { Path } from '../finding.ts';
import { pathOf } from './subject.ts';
import type { Subject } from './subject.ts';

/** What is done or asked, where it stands, and what has to be observed. */
export type PlacedAction = { readonly action: Action; readonly path: Path; readonly expect?: Expect };

/** Everything that a procedure may do or ask, with where it stands: steps and checks, what is waited for, checks of steps, and undos with theirs. */
export function actionsOf(subject: Subject): readonly PlacedAction[] {
  return subject.items.flatMap((item) => {
    const path = pathOf(item, subject);
    const source = item.phase === 'step' ? subject.procedure.steps[Number(path[1])] : undefined;
    const undo = item.undo?.kind === 'action' && source?.undo ? item.undo : undefined;
    return [
      { ...item.probe, path: source?.wait ? [...path, 'wait'] : path },
      ...(item.check ? [{ ...item.check, path: [...path, 'check'] }] : []),
      ...(undo ? [{ action: undo.action, path: [...path, 'undo'] }] : []),
      ...(undo?.check ? [{ ...undo.check, path: [...path, 'undo', 'check'] }] : []),
    ];
  });
}
