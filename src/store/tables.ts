import type { Kysely } from 'kysely';
import type { Digest, Instant, RunId, StepId, StreamId } from '../core/brand.ts';
import type { MessageRow } from '../core/ports.ts';

/** A database with Rollbot's tables, or a transaction on one. */
export type Db = Kysely<Tables>;

/** What stands in each table. JSON is text and instants are milliseconds, so that SQLite and Postgres keep the same. */
export type Tables = {
  events: EventRow;
  streams: StreamRow;
  claims: { key: string; holder: string; since: Instant };
  lookups: LookupRow;
  inbox: { key: string; ordinal: number; kind: string; body: string; at: Instant; settled_at: Instant | null };
  outputs: { run: RunId; step: StepId; attempt: number; text: string };
  messages: {
    stream: StreamId<string>;
    key: string;
    status: MessageRow['status'];
    channel: string;
    ts: string | null;
    digest: Digest;
    extra: string;
  };
  facts: { name: string; value: string };
  summaries: { stream: StreamId<string>; seq: number; version: string; summary: string };
};

/** One event. `body` is all of it but its type and its time, and `hash` covers everything else in the row. */
export type EventRow = {
  stream: StreamId<string>;
  seq: number;
  at: Instant;
  type: string;
  body: string;
  prev: Digest | null;
  hash: Digest;
};

/** What is computed from a stream's events, kept so that it need not be computed again. */
export type StreamRow = {
  stream: StreamId<string>;
  seq: number;
  status: string;
  /** The chat channel that was linked last. */
  channel: string | null;
  opened_at: Instant;
  next_due_at: Instant | null;
  snapshot_seq: number;
  snapshot_version: string;
  snapshot_digest: Digest;
  snapshot: string;
};

/** Which stream a run, or the token of a button, belongs to. */
export type LookupRow = { kind: 'run' | 'token'; key: string; stream: StreamId<string> };
