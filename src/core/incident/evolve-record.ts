import type { Instant } from '../brand.ts';
import { keyOfNote } from './record.ts';
import type { IncidentRecord, Mailed } from './record.ts';
import type { Audience, RecordEvent } from './record-event.ts';

export type TimedRecordEvent = Exclude<RecordEvent, { type: 'incident-reopened' }> & { readonly at: Instant };

/** Nobody has to be shown that an older call is over. */
const MOST_CALLS = 50;

/** A state has an end, also where people have a lot to say; what is marked again after so many others stands there twice. */
const MOST_KNOWN_NOTES = 1000;

/** Folds what people say about an incident into its record. */
export function evolveRecord(record: IncidentRecord, event: TimedRecordEvent): IncidentRecord {
  const { at } = event;
  switch (event.type) {
    case 'note-added': {
      const { text, saidAt, by, message } = event;
      const newest = { text, saidAt, by, message };
      return { ...record, notes: { newest, known: [...record.notes.known, keyOfNote(newest)].slice(-MOST_KNOWN_NOTES) } };
    }
    case 'severity-set': {
      const { severity, by, token } = event;
      return { ...record, severity: { ...severity, at, by, token } };
    }
    case 'role-taken':
      return { ...record, people: { ...record.people, [event.role]: event.by } };
    case 'role-handed-over':
      return { ...record, people: { ...record.people, [event.role]: event.to } };
    case 'update-sent': {
      const { number, update, by } = event;
      return { ...record, updates: [...record.updates, { number, update, by, at, mailed: {} }] };
    }
    case 'update-mail-intended':
      return mailed(record, event, { status: 'intended', attempts: event.attempt, at, says: '' });
    case 'update-mailed':
      return mailed(record, event, { status: event.status, attempts: event.attempt, at, says: event.says });
    case 'update-fell-due':
      return { ...record, calls: [...record.calls, { dueAt: event.dueAt, token: event.token }].slice(-MOST_CALLS) };
    case 'root-cause-set':
      return { ...record, writeUp: { ...record.writeUp, rootCause: { text: event.text, by: event.by, at } } };
    case 'lessons-set':
      return { ...record, writeUp: { ...record.writeUp, lessons: { text: event.text, by: event.by, at } } };
    case 'action-item-added': {
      const { title, owner, by } = event;
      return { ...record, writeUp: { ...record.writeUp, items: [...record.writeUp.items, { title, owner, by }] } };
    }
    case 'alerts-joined': {
      const { stream, source, title, beganAt, heardAt, firing } = event;
      return { ...record, alerts: [...record.alerts, { stream, source, title, beganAt, heardAt, firing, over: false }] };
    }
    case 'alerts-over':
    case 'alerts-returned': {
      const over = event.type === 'alerts-over';
      return { ...record, alerts: record.alerts.map((each) => (each.stream === event.stream ? { ...each, over } : each)) };
    }
    default:
      event satisfies never;
      return record;
  }
}

function mailed(
  record: IncidentRecord,
  { number, audience }: { readonly number: number; readonly audience: Audience },
  known: Mailed,
): IncidentRecord {
  const updates = record.updates.map((each) =>
    each.number === number ? { ...each, mailed: { ...each.mailed, [audience]: known } } : each,
  );
  return { ...record, updates };
}
