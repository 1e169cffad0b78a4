import type { Instant } from '../brand.ts';
import { nextReminderAt, owedReminder } from './schedule.ts';
import type { FollowUpState } from './state.ts';

/** Something that follow-ups are owed right now. */
export type FollowUpEffect = { readonly do: 'give-buttons'; readonly item: string } | { readonly do: 'remind' };

/** Derives what is owed from the state alone, so that a reminder comes once, whatever happens to the bot. */
export function due(state: FollowUpState, now: Instant): readonly FollowUpEffect[] {
  if (state.status === 'none') return [];
  const bare = state.items.filter(({ token }) => token === null).map(({ id }) => ({ do: 'give-buttons', item: id }) as const);
  return state.items.some((item) => owedReminder(item, now)) ? [...bare, { do: 'remind' }] : bare;
}

/** When time alone makes something due; the present moment where something is due already, null where nothing will be. */
export function nextDueAt(state: FollowUpState): Instant | null {
  if (state.status === 'none') return null;
  if (due(state, state.lastAt).length > 0) return state.lastAt;
  const times = state.items.flatMap((item) => nextReminderAt(item) ?? []);
  return times.length === 0 ? null : (Math.min(...times) as Instant);
}
