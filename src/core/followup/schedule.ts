import type { Instant } from '../brand.ts';
import type { ReminderWhen } from './event.ts';
import type { FollowUp } from './state.ts';

const DAY = 24 * 60 * 60_000;
/** Nobody needs to hear of something earlier than a day before it is due. */
const LONGEST_LEAD = DAY;
/** Days after it was due. Who has heard of it for eight weeks does not need to hear it again; it stays in every list. */
const AFTER_DAYS = [1, 3, 7, 14, 21, 28, 35, 42, 49, 56];

type Slot = { readonly at: Instant; readonly when: ReminderWhen };

/** When people are reminded of an item: once before it is due, when it is, and then again and again, ever more rarely. */
function slotsOf({ openedAt, dueAt, postponed }: Pick<FollowUp, 'openedAt' | 'dueAt' | 'postponed'>): readonly Slot[] {
  const since = postponed.at(-1)?.at ?? openedAt;
  const lead = Math.min(LONGEST_LEAD, Math.max(0, dueAt - since) / 4);
  return [
    { at: Math.round(dueAt - lead) as Instant, when: 'before' },
    { at: dueAt, when: 'due' },
    ...AFTER_DAYS.map((days): Slot => ({ at: (dueAt + days * DAY) as Instant, when: 'after' })),
  ];
}

/** The reminder that an item is owed at this moment: the last one whose time has come, however many were missed. */
export function owedReminder(item: FollowUp, now: Instant): { readonly when: ReminderWhen; readonly slot: number } | null {
  if (item.done) return null;
  const slots = slotsOf(item);
  const slot = slots.findLastIndex(({ at }) => at <= now) + 1;
  const last = slots[slot - 1];
  return last && slot > item.slot ? { when: last.when, slot } : null;
}

/** When an item will be owed its next reminder; null where it never will. */
export function nextReminderAt(item: FollowUp): Instant | null {
  return item.done ? null : (slotsOf(item)[item.slot]?.at ?? null);
}
