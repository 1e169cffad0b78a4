import type { Instant, StreamId, TokenId } from '../brand.ts';
import { sha256 } from '../digest.ts';
import type { Actor, Person } from './event.ts';
import type { Audience, IncidentRole, MailStatus, NotedMessage, Severity, Update } from './record-event.ts';

/** What is known of an incident beside its runs. */
export type IncidentRecord = {
  readonly severity: (Severity & { readonly at: Instant; readonly by: Actor; readonly token: TokenId }) | null;
  readonly people: Readonly<Partial<Record<IncidentRole, Person>>>;
  /** The newest one, and what the newest ones are known by: the timeline reads all of them from the journal. */
  readonly notes: { readonly newest: Note | null; readonly known: readonly string[] };
  readonly updates: readonly SentUpdate[];
  /** The calls for an update, oldest first. */
  readonly calls: readonly { readonly dueAt: Instant; readonly token: TokenId }[];
  readonly writeUp: WriteUp;
  readonly alerts: readonly JoinedAlerts[];
  readonly reopenedAt: Instant | null;
};

export type Note = { readonly text: string; readonly saidAt: Instant; readonly by: Person; readonly message: NotedMessage | null };
export type SentUpdate = {
  readonly number: number;
  readonly update: Update;
  readonly by: Person;
  readonly at: Instant;
  /** What became of its mail to each audience. */
  readonly mailed: Readonly<Partial<Record<Audience, Mailed>>>;
};
export type Mailed = { readonly status: MailStatus | 'intended'; readonly attempts: number; readonly at: Instant; readonly says: string };
export type Said = { readonly text: string; readonly by: Person; readonly at: Instant };
/** What people found out afterwards. */
export type WriteUp = {
  readonly rootCause: Said | null;
  readonly lessons: Said | null;
  readonly items: readonly { readonly title: string; readonly owner: string | null; readonly by: Person }[];
};
export type JoinedAlerts = {
  readonly stream: StreamId<'alert'>;
  readonly source: string;
  readonly title: string;
  readonly beganAt: Instant;
  readonly heardAt: Instant;
  readonly firing: number;
  readonly over: boolean;
};

/** What is known of one that has just been opened. */
export const EMPTY_RECORD: IncidentRecord = {
  severity: null,
  people: {},
  notes: { newest: null, known: [] },
  updates: [],
  calls: [],
  writeUp: { rootCause: null, lessons: null, items: [] },
  alerts: [],
  reopenedAt: null,
};

/** What a note is recognised by when it arrives again: its message, or who said what when. */
export function keyOfNote({ text, saidAt, by, message }: Note): string {
  return message ? `${message.channel}/${message.ts}` : sha256(`${saidAt} ${by.id} ${text}`).slice(0, 16);
}

/** When people outside have to hear of it next; null while nobody waits for that. */
export function updateDueAt({ severity, updates, calls, reopenedAt }: IncidentRecord): Instant | null {
  if (severity?.updateEveryMs == null) return null;
  const heard = Math.max(severity.at, updates.at(-1)?.at ?? 0, reopenedAt ?? 0);
  const called = Math.max(heard, calls.at(-1)?.dueAt ?? 0);
  return (called + severity.updateEveryMs) as Instant;
}
