import type { IncidentEvent } from '../incident/event.ts';
import { nameOf } from '../incident/name-of.ts';
import type { RecordEvent } from '../incident/record-event.ts';

type TimedRecord = Extract<IncidentEvent, { type: RecordEvent['type'] }>;

/** What people said and decided, in one sentence each; null where another line says it already. */
export function sayRecordEvent(event: TimedRecord): string | null {
  switch (event.type) {
    case 'note-added':
      return sayNote(event);
    case 'severity-set':
      return `${nameOf(event.by)} set the severity: ${event.severity.id}, ${event.severity.title}`;
    case 'role-taken':
      return `${nameOf(event.by)} is ${event.role}`;
    case 'role-handed-over':
      return `${nameOf(event.by)} handed over: ${event.to.name} is ${event.role}`;
    case 'update-sent':
      return `${nameOf(event.by)} sent update ${event.number}: ${event.update.business.text}`;
    case 'update-mail-intended':
      return null;
    case 'update-mailed':
      if (event.status === 'sent') return `Update ${event.number} went to ${event.audience} by mail`;
      if (event.status === 'unknown') return `Nobody knows whether update ${event.number} went to ${event.audience} by mail: ${event.says}`;
      return event.status === 'failed' ? `Update ${event.number} could not be mailed to ${event.audience}: ${event.says}` : null;
    case 'update-fell-due':
      return 'An update for people outside was due, and nobody had sent one';
    case 'root-cause-set':
      return `${nameOf(event.by)} wrote down the root cause`;
    case 'lessons-set':
      return `${nameOf(event.by)} wrote down what was learned`;
    case 'action-item-added':
      return `${nameOf(event.by)} added to what is to be done: ${event.title}`;
    case 'alerts-joined':
      return `Alerts from ${event.source}: ${event.title} (${event.firing} firing)`;
    case 'alerts-over':
      return `The alerts are quiet: ${event.title}`;
    case 'alerts-returned':
      return `The alerts are back: ${event.title}`;
    case 'incident-reopened':
      return `${nameOf(event.by)} opened the incident again: ${event.reason}`;
    default:
      return event satisfies never;
  }
}

function sayNote({ text, by, message }: Extract<TimedRecord, { type: 'note-added' }>): string {
  if (message === null) return `${nameOf(by)}: ${text}`;
  return `${message.author ?? 'Somebody'} in the channel: ${text} (marked by ${nameOf(by)})`;
}
