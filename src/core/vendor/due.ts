import type { Instant } from '../brand.ts';
import type { VendorState, VendorTask } from './state.ts';

/** What time alone makes owed. */
export type VendorEffect = { readonly do: 'remind' } | { readonly do: 'lose-mail' };

/** After this nobody waits for the answer of a mail server any more. */
const MAIL_LOST_MS = 2 * 60_000;
/** A day of reminders; then people know, or nobody reads them. */
const MOST_REMINDERS = 96;

/** What a task is owed at this moment. */
export function due(state: VendorState, now: Instant): readonly VendorEffect[] {
  if (state.status !== 'open') return [];
  const isLost = state.mail.status === 'intended' && now >= state.mail.at + MAIL_LOST_MS;
  return [...(isLost ? [{ do: 'lose-mail' } as const] : []), ...(remindersDue(state, now) ? [{ do: 'remind' } as const] : [])];
}

/** When that is next; null where it never is. */
export function nextDueAt(state: VendorState): Instant | null {
  if (state.status !== 'open') return null;
  const moments = [
    ...(state.mail.status === 'intended' ? [state.mail.at + MAIL_LOST_MS] : []),
    ...(state.reminders < MOST_REMINDERS ? [state.remindAt] : []),
  ];
  return moments.length === 0 ? null : (Math.min(...moments) as Instant);
}

/** Whether the owner of a task has to be reminded. */
export function remindersDue({ reminders, remindAt }: VendorTask, now: Instant): boolean {
  return reminders < MOST_REMINDERS && now >= remindAt;
}
