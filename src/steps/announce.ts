import type { AnnounceAction } from '../core/procedure/action.ts';
import type { Deed } from './deed.ts';

/** Lets an announcement count as said; whoever shows the run shows it, as often as it takes, and no more than once. */
export function announce({ text, status }: AnnounceAction<string>): Deed {
  return { status: 'done', says: `Announced${status === undefined ? '' : ` (${status})`}: ${text}` };
}
