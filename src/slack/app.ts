import type { StreamId } from '../core/brand.ts';
import type { Catalog, Clock, Ids, Log, Operations, People, Store } from '../core/ports.ts';

/** How Slack is reached. Socket Mode needs no address of our own; HTTP needs one that Slack can call. */
export type SlackConfig = {
  readonly botToken: string;
  readonly connection:
    | { readonly kind: 'socket'; readonly appToken: string }
    | { readonly kind: 'http'; readonly port: number; readonly signingSecret: string };
  /** Another Web API than Slack's own, with `/api/` at its end; for the demo and for tests. */
  readonly apiUrl?: string;
};

export type SlackParts = {
  readonly config: SlackConfig;
  readonly store: Store;
  /** Used only after `start`, so it may be bound later than this room is built. */
  readonly operations: Operations;
  readonly catalog: Catalog;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
};

export type SlackStart =
  | { readonly status: 'connected'; readonly team: string; readonly port: number | null }
  /** Slack can't be reached now; it is tried again until it can, or until `stop`. */
  | { readonly status: 'waiting'; readonly says: string }
  /** Trying again can't help: the process should say this and end with exit code 78. */
  | { readonly status: 'refused'; readonly says: string };

export type Report = { readonly stream: StreamId; readonly fileName: string; readonly markdown: string };

/** Everything that knows Slack exists. */
export type Slack = {
  start(): Promise<SlackStart>;
  /** Takes no new work, lets what is being handled end (bounded), and closes. */
  stop(): Promise<void>;
  readonly people: People;
  /** Puts a report into the incident's channel, once however often it is called; resolves when it stands there, or on `stop`. */
  postReport(report: Report): Promise<void>;
  /** Whether people can reach the bot at this moment. */
  connected(): boolean;
  /** Resolves when every message says what the state says, as far as Slack lets it. */
  settled(): Promise<void>;
};

/** Builds the room; nothing is sent and nothing is listened to before `start`. */
export function createSlack(parts: SlackParts): Slack {
  throw new Error(`The Slack room (${parts.config.connection.kind}) is not built yet.`);
}
