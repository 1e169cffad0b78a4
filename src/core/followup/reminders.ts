import type { Instant } from '../brand.ts';
import type { ReminderWhen } from './event.ts';
import type { FollowUp, FollowUpList } from './state.ts';

/** What people were reminded of at one moment. */
export type Reminder = {
  readonly at: Instant;
  readonly items: readonly (FollowUp & { readonly when: ReminderWhen })[];
  /** Nothing of it waits any more, or it was said again since. */
  readonly isOver: boolean;
};

/** All reminders, oldest first; what came at the same moment is one. */
export function currentReminders({ items }: Pick<FollowUpList, 'items'>): readonly Reminder[] {
  const moments = [...new Set(items.flatMap(({ reminders }) => reminders.map(({ at }) => at)))].toSorted((a, b) => a - b);
  return moments.map((at) => {
    const reminded = items.flatMap((item) => {
      const own = item.reminders.find((each) => each.at === at);
      return own ? [{ ...item, when: own.when }] : [];
    });
    return { at, items: reminded, isOver: reminded.every((item) => !isCurrent(item, at)) };
  });
}

/** Whether an item is still reminded of by what was said then. */
function isCurrent({ done, dueAt, reminders }: FollowUp, at: Instant): boolean {
  const last = reminders.at(-1);
  return done === null && last?.at === at && last.dueAt === dueAt;
}
