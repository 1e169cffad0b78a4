import type { Action } from '../../core/procedure/action.ts';
import type { Path } from '../finding.ts';
import { pathOf } from './subject.ts';
import type { Subject } from './subject.ts';

/** Everything that a procedure may do or ask, with where it stands: steps and checks, what is waited for, checks of steps, and undos with theirs. */
export function actionsOf(subject: Subject): readonly { readonly action: Action; readonly path: Path }[] {
  return subject.items.flatMap((item) => {
    const path = pathOf(item, subject);
    const source = item.phase === 'step' ? subject.procedure.steps[Number(path[1])] : undefined;
    const undo = item.undo?.kind === 'action' && source?.undo ? item.undo : undefined;
    return [
      { action: item.probe.action, path: source?.wait ? [...path, 'wait'] : path },
      ...(item.check ? [{ action: item.check.action, path: [...path, 'check'] }] : []),
      ...(undo ? [{ action: undo.action, path: [...path, 'undo'] }] : []),
      ...(undo?.check ? [{ action: undo.check.action, path: [...path, 'undo', 'check'] }] : []),
    ];
  });
}
