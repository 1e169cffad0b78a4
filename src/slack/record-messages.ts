import { AUDIENCES } from '../core/incident/record-event.ts';
import type { SentUpdate } from '../core/incident/record.ts';
import { commandersOf } from '../core/settings.ts';
import { severityCard, updateCard, updateDueCard, updateForCard } from './cards/record-cards.ts';
import type { Card } from './cards/blocks.ts';
import type { Desired, Happened, MessageView, Place } from './messages.ts';

type View = Pick<MessageView, 'incident' | 'settings'>;

const HERE: Place = { kind: 'incident' };

/** What is said to people in an incident besides its runs, and since when: who is called, what was told, and what is waited for. */
export function recordMessages(view: View): readonly Happened[] {
  const { incident, settings } = view;
  const { severity, updates } = incident.record;
  return [
    ...(severity
      ? [{ at: severity.at, messages: [message(`severity:${severity.token}`, HERE, severityCard(severity, incident, settings))] }]
      : []),
    ...updates.map((update) => ({ at: update.at, messages: messagesOfUpdate(update, view) })),
    ...calls(view),
  ];
}

function messagesOfUpdate(update: SentUpdate, { incident }: View): readonly Desired[] {
  const key = `update:${update.number}`;
  const outside = AUDIENCES.flatMap((audience) =>
    update.update[audience].to.channels
      .filter((id) => id !== incident.channel?.id)
      .map((id) => message(`${key}:${audience}:${id}`, { kind: 'channel', id }, updateForCard(update, audience, incident))),
  );
  return [message(key, HERE, updateCard(update, incident)), ...outside];
}

/** Only the last call is asked anew; those before it say what became of them. */
function calls({ incident, settings }: View): readonly Happened[] {
  const { calls: all, updates } = incident.record;
  const heard = updates.at(-1)?.at ?? 0;
  return all.map(({ dueAt, token }, index) => {
    const done = incident.status === 'closed' || heard > dueAt;
    const desired = message(`update-due:${token}`, HERE, updateDueCard({ token, done }, incident, settings, commandersOf(settings)));
    return { at: dueAt, messages: [{ ...desired, onlyEdit: done || index < all.length - 1 }] };
  });
}

function message(key: string, place: Place, card: Card): Desired {
  return { key, place, priority: 'page', content: { kind: 'card', card } };
}
