import type { Instant, RoleId, StreamId, TokenId } from '../brand.ts';
import type { Told } from '../contact/told.ts';
import type { Actor, Person } from './event.ts';

/** Who does what in an incident; it is held by one person at a time. */
export const INCIDENT_ROLES = ['commander', 'scribe', 'communications'] as const;
export type IncidentRole = (typeof INCIDENT_ROLES)[number];

/** How bad it is and what follows from that, as `rollbot.yml` said when it was set. */
export type Severity = {
  readonly id: string;
  readonly title: string;
  /** Who has to be told. */
  readonly tell: readonly RoleId[];
  /** Who is paged because of it, and in which words. */
  readonly told?: readonly Told[];
  /** How often people outside hear of it; null where nobody waits for it. */
  readonly updateEveryMs: number | null;
};

/** Somebody's message that was put into the timeline. */
export type NotedMessage = { readonly channel: string; readonly ts: string; readonly author: string | null };

export const AUDIENCES = ['engineering', 'business'] as const;
export type Audience = (typeof AUDIENCES)[number];
/** Where an update goes besides the incident's own channel. */
export type UpdatePlaces = { readonly channels: readonly string[]; readonly mail: readonly string[] };
/** `unknown`: nobody heard what came of it, and it is sent once more as the same mail. */
export type MailStatus = 'sent' | 'failed' | 'again' | 'unknown';
/** What is said to whom. */
export type Update = Readonly<Record<Audience, { readonly text: string; readonly to: UpdatePlaces }>>;

/** What people say and decide about an incident beside its runs, and what comes to it from elsewhere. */
export type RecordEvent =
  | { type: 'note-added'; text: string; saidAt: Instant; by: Person; message: NotedMessage | null }
  | { type: 'severity-set'; severity: Severity; by: Actor; token: TokenId }
  | { type: 'role-taken'; role: IncidentRole; by: Person }
  | { type: 'role-handed-over'; role: IncidentRole; to: Person; by: Person }
  | { type: 'update-sent'; number: number; update: Update; by: Person }
  /** Its mail goes out after this. */
  | { type: 'update-mail-intended'; number: number; audience: Audience; attempt: number }
  /** What became of its mail; `again` is tried once more. */
  | { type: 'update-mailed'; number: number; audience: Audience; attempt: number; status: MailStatus; says: string }
  /** Nobody has sent the update that was due then. */
  | { type: 'update-fell-due'; dueAt: Instant; token: TokenId }
  | { type: 'root-cause-set'; text: string; by: Person }
  | { type: 'lessons-set'; text: string; by: Person }
  | { type: 'action-item-added'; title: string; owner: string | null; by: Person }
  | {
      type: 'alerts-joined';
      stream: StreamId<'alert'>;
      source: string;
      title: string;
      /** When the first of them began, by what the source says, and when it came in. */
      beganAt: Instant;
      heardAt: Instant;
      firing: number;
    }
  | { type: 'alerts-over'; stream: StreamId<'alert'>; title: string }
  | { type: 'alerts-returned'; stream: StreamId<'alert'>; title: string }
  | { type: 'incident-reopened'; by: Person; reason: string };

/** Their names, for the table of all events. */
export const RECORD_EVENTS: Readonly<Record<RecordEvent['type'], true>> = {
  'note-added': true,
  'severity-set': true,
  'role-taken': true,
  'role-handed-over': true,
  'update-sent': true,
  'update-mail-intended': true,
  'update-mailed': true,
  'update-fell-due': true,
  'root-cause-set': true,
  'lessons-set': true,
  'action-item-added': true,
  'alerts-joined': true,
  'alerts-over': true,
  'alerts-returned': true,
  'incident-reopened': true,
};
