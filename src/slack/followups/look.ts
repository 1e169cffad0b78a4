import type { IncidentId, PersonId, RoleId, StreamId } from '../../core/brand.ts';
import { currentReminders } from '../../core/followup/reminders.ts';
import type { Reminder } from '../../core/followup/reminders.ts';
import type { FollowUpList } from '../../core/followup/state.ts';
import { isOfKind } from '../../core/kinds.ts';
import type { Catalog, Store } from '../../core/ports.ts';
import { isArchived } from '../archived.ts';
import type { ArchivedParts } from '../archived.ts';
import { incidentChannel } from '../incident-channel.ts';
import type { LiveMessage, LiveView } from '../live.ts';
import { directReminder, listMessage, reminderMessage } from './messages.ts';

export type FollowUpLookParts = ArchivedParts & {
  readonly store: Pick<Store, 'load'>;
  readonly catalog: Pick<Catalog, 'settings'>;
  readonly members: (role: RoleId) => Promise<readonly PersonId[] | null>;
};

/** Who is reminded one by one where there is no channel any more; more than these would be a crowd. */
const MOST_DIRECT = 10;

/**
 * What follow-ups want to say at this moment: their list, and each reminder as a message of its own, in the incident's channel
 * or, where that is archived, to each of those whom it is for.
 */
export async function lookAtFollowUps(parts: FollowUpLookParts, stream: StreamId<string>): Promise<LiveView | null> {
  if (!isOfKind(stream, 'followup')) return null;
  const { store, catalog } = parts;
  const { state, readOnly } = await store.load(stream);
  if (state.status === 'none' || readOnly !== null) return null;
  // An item can't be shown before it has its buttons, and has them a moment later.
  if (state.items.some(({ token }) => token === null)) return null;
  const { id: channel, tickMs } = await incidentChannel(store, `incident/${state.incident satisfies IncidentId}` as StreamId);
  if (channel === null) return { channel: '', messages: [], tickMs };
  const reminders = currentReminders(state);
  if (await isArchived(parts, channel)) return { channel, messages: await toEach(parts, state, reminders), tickMs: null };
  const settings = catalog.settings();
  return { channel, messages: [listMessage(state), ...reminders.map((each) => reminderMessage(state, each, settings))], tickMs: null };
}

async function toEach(parts: FollowUpLookParts, list: FollowUpList, reminders: readonly Reminder[]): Promise<readonly LiveMessage[]> {
  const messages = await Promise.all(
    reminders.map(async (reminder) => {
      const people = await Promise.all(
        reminder.items.map(async ({ taken, owner }) => (taken ? [taken.by.id] : ((await parts.members(owner)) ?? []))),
      );
      return [...new Set(people.flat())].slice(0, MOST_DIRECT).map((person) => directReminder(list, reminder, person));
    }),
  );
  return messages.flat();
}
