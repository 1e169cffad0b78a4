import { linesOfAction } from '../../core/procedure/action-lines.ts';
import type { ResolvedAction } from '../../core/procedure/action.ts';
import { visible } from '../../core/visible.ts';

/** What an action does, letter by letter: whatever can't be seen is written out. */
export function sayAction(action: ResolvedAction): string {
  return visible(linesOfAction(action).join('\n'));
}
