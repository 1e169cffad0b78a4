import type { PersonId } from '../../core/brand.ts';
import type { Reminder } from '../../core/followup/reminders.ts';
import type { FollowUpList, FollowUpState } from '../../core/followup/state.ts';
import type { Settings } from '../../core/settings.ts';
import { followUpListCard, reminderCard } from '../cards/follow-up-card.ts';
import type { LiveMessage } from '../live.ts';

/** The list's key among the messages of its stream. */
export const LIST = 'list';

/** The one message of an incident's channel that shows all that is left to be done, and who does it. */
export function listMessage(list: Exclude<FollowUpState, { status: 'none' }>): LiveMessage {
  return { key: LIST, body: { card: followUpListCard(list) }, priority: 'output', onlyEdit: list.status === 'closed' };
}

/** A reminder in the channel, which calls those whom it is for: an edit notifies nobody, so each is a message of its own. */
export function reminderMessage(list: FollowUpList, reminder: Reminder, settings: Settings): LiveMessage {
  const card = reminderCard({ list, reminder, settings });
  return { key: `remind:${reminder.at}`, body: { card }, priority: 'output', onlyEdit: reminder.isOver };
}

/** The same as a direct message. */
export function directReminder(list: FollowUpList, reminder: Reminder, person: PersonId): LiveMessage {
  const card = reminderCard({ list, reminder, settings: null });
  return { key: `remind:${reminder.at}:${person}`, body: { card }, priority: 'output', onlyEdit: reminder.isOver, channel: person };
}
