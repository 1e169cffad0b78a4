/** Long because every port of the rooms stands here once, so that none of them has to know another. */

import type { Digest, Instant, PersonId, RoleId, RunId, StepId, StreamId } from './brand.ts';
import type { Json } from './digest.ts';
import type { Kind, Kinds } from './kinds.ts';
import type { Timed } from './stream-kind.ts';
import type { Filled, OutputRule, Poll, ResolvedAction } from './procedure/action.ts';
import type { Expect } from './procedure/action.ts';
import type { Effect, PlannedStep } from './procedure/planned-step.ts';
import type { Procedure } from './procedure/schema.ts';
import type { Settings } from './settings.ts';
import type { Acting, BotAct, PersonAct } from './incident/command.ts';
import type { RefusalName } from './incident/refusal.ts';

/** Time as a parameter. `now` may jump; `monotonicMs` never goes back and is what durations are measured on. */
export type Clock = {
  now(): Instant;
  monotonicMs(): number;
  /** Calls back once after `ms`; the returned function takes it back. */
  after(ms: number, callback: () => void): () => void;
};

/** Randomness as a parameter. */
export type Ids = {
  /** At least 128 random bits, URL-safe: for buttons. */
  token(): string;
  /** Short and readable, unique within an installation: for incidents and runs (`7f3kq2`). */
  short(): string;
};

export type Log = {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
};

// The store ---------------------------------------------------------------------------------------------------------

/** One stream's part of an append; `expectedSeq` is the seq of the last event that the writer has seen (0: none). */
export type Write<K extends Kind = Kind> = {
  readonly stream: StreamId<K>;
  readonly expectedSeq: number;
  readonly facts: readonly Kinds[K]['fact'][];
};

/** Claims that change hands in the same transaction. */
export type ClaimChange = {
  readonly take?: readonly { readonly key: string; readonly holder: string }[];
  readonly giveBack?: readonly string[];
};

export type AppendResult =
  | { readonly status: 'ok'; readonly seqs: Readonly<Record<string, number>> }
  /** Somebody else wrote first: load again and decide again. */
  | { readonly status: 'conflict' }
  /** Another holder has a claim that was to be taken; nothing was written. */
  | { readonly status: 'held'; readonly key: string; readonly by: string; readonly since: Instant }
  /** A newer Rollbot wrote an event type, or made a kind of stream, that this one does not know. */
  | { readonly status: 'read-only'; readonly type: string };

export type Loaded<K extends Kind = 'incident'> = {
  readonly state: Kinds[K]['state'];
  readonly seq: number;
  readonly readOnly: string | null;
};
export type StoredEvent<K extends Kind = 'incident'> = {
  readonly stream: StreamId<K>;
  readonly seq: number;
  readonly event: Timed<Kinds[K]['fact']>;
  readonly hash: Digest;
};

/** The journal and the tables beside it. Every method that writes has it on disk when it answers. */
export type Store = {
  /** The state of a stream: from its snapshot if that is of this fold's version, and the events after it. */
  load<K extends Kind>(stream: StreamId<K>): Promise<Loaded<K>>;
  /** One transaction over all streams and claims; event times are the later of `now` and the stream's last event. */
  append(writes: readonly Write[], claims: ClaimChange, now: Instant): Promise<AppendResult>;
  events<K extends Kind>(stream: StreamId<K>): Promise<readonly StoredEvent<K>[]>;
  /** Streams that are owed something by now, soonest first; `null` in `nextDue` means never by time alone. */
  dueStreams(now: Instant): Promise<readonly StreamId<Kind>[]>;
  nextDueAt(): Promise<Instant | null>;
  /** Streams of a kind (incidents where none is said) that are not closed, newest first; all of them with `includeClosed`. */
  streams<K extends Kind = 'incident'>(options?: {
    readonly kind?: K;
    readonly includeClosed?: boolean;
    readonly limit?: number;
  }): Promise<readonly StreamId<K>[]>;
  /** The stream that a run or a button's token belongs to. */
  streamOf(key: { readonly run: RunId } | { readonly token: string } | { readonly channel: string }): Promise<StreamId | null>;
  claims(): Promise<readonly { readonly key: string; readonly holder: string; readonly since: Instant }[]>;

  /** Keeps what came in before it is acknowledged; `false` when this key was there already. */
  accept(key: string, kind: string, body: Json, now: Instant): Promise<boolean>;
  /** What came in and has not been dealt with, oldest first; only of some kinds, or of all but some, and not more than so many. */
  pendingInbox(options?: {
    readonly kinds?: readonly string[];
    readonly except?: readonly string[];
    readonly limit?: number;
  }): Promise<readonly InboxRow[]>;
  settleInbox(key: string, now: Instant): Promise<void>;
  /** Forgets rows whose keys need not be known again. */
  dropInbox(keys: readonly string[]): Promise<void>;

  /** Bounded output of an attempt, already redacted. */
  saveOutput(at: OutputKey, text: string): Promise<void>;
  readOutput(at: OutputKey): Promise<string | null>;

  /** Where a message of a stream stands in chat, and what it last said. */
  message(stream: StreamId<string>, key: string): Promise<MessageRow | null>;
  saveMessage(stream: StreamId<string>, key: string, row: MessageRow): Promise<void>;
  messages(stream: StreamId<string>): Promise<readonly (MessageRow & { readonly key: string })[]>;

  /** What was computed from each whole stream of a kind, as far as it was kept; some of it may be older than its stream. */
  summaries<K extends Kind>(kind: K): Promise<readonly { readonly stream: StreamId<K>; readonly summary: Json }[]>;
  /** Streams whose summary is missing, older than they are, or of another version of what computes it. */
  staleSummaries<K extends Kind>(kind: K, version: string): Promise<readonly StreamId<K>[]>;
  saveSummary(stream: StreamId<Kind>, kept: { readonly seq: number; readonly version: string; readonly summary: Json }): Promise<void>;
  /** How many streams and events there are, and how many rows of the inbox wait. */
  size(): Promise<{ readonly streams: number; readonly events: number; readonly inbox: number }>;

  /** Small facts of an installation (the workspace's id and the like). */
  getFact(name: string): Promise<Json | null>;
  setFact(name: string, value: Json): Promise<void>;
  /** Removes inbox rows settled before `before`. */
  prune(before: Instant): Promise<void>;
  verify(): Promise<readonly VerifyFinding[]>;
  close(): Promise<void>;
};

export type InboxRow = { readonly key: string; readonly kind: string; readonly body: Json; readonly at: Instant };
export type OutputKey = { readonly run: RunId; readonly step: StepId; readonly attempt: number };
/** `posting`: an intent to post whose answer was never seen; look for it before posting again. */
export type MessageRow = {
  readonly status: 'posting' | 'posted';
  readonly channel: string;
  readonly ts: string | null;
  readonly digest: Digest;
  readonly extra: Json;
};
export type VerifyFinding = { readonly stream: StreamId<string>; readonly seq: number | null; readonly says: string };

// Steps -------------------------------------------------------------------------------------------------------------

/** What the executor is asked to do; the action has its references filled in, secrets excepted. */
export type StepRequest = {
  readonly run: RunId;
  readonly step: StepId;
  readonly attempt: number;
  readonly effect: Effect;
  readonly action: ResolvedAction;
  readonly expect?: Expect<Filled>;
  readonly poll?: Poll;
  readonly outputs: Readonly<Record<string, OutputRule>>;
  readonly timeoutMs: number;
  readonly target: TargetAccess;
};

/** What a step may see of its target: its own environment and its secrets, read at the last moment. */
export type TargetAccess = {
  readonly env: Readonly<Record<string, string>>;
  /** Throws a sentence when the secret can't be read. */
  secret(name: string): Promise<string>;
  /** Every value that may appear nowhere, whether this step uses it or not; what can't be read is left out. */
  readonly hidden?: () => Promise<readonly string[]>;
};

export type StepWatch = {
  /** Aborted when the step has to end: `reason` is `bot-stopped` or `stopped-by-person`. */
  readonly signal: AbortSignal;
  /** Called once a process group exists, and awaited before the program does anything. */
  onProcess(process: { readonly pgid: number; readonly startedAt: string }): Promise<void>;
  onOutput(text: string): void;
};

export type StepAnswer =
  | {
      readonly status: 'ok' | 'already-done';
      readonly says: string;
      readonly observed?: Json;
      readonly outputs: Readonly<Record<string, string>>;
    }
  /** It ended, and it did not do what it should. */
  | {
      readonly status: 'failed';
      readonly says: string;
      readonly observed?: Json;
      /** Of a program that ended by itself. */ readonly exit?: number;
    }
  /** Nobody knows: a timeout, a lost connection, an answer that can't be read. */
  | {
      readonly status: 'unknown';
      readonly reason: 'timeout' | 'connection-lost' | 'bot-stopped' | 'stopped-by-person' | 'unclear';
      readonly says: string;
    };

/** Performs one action. It never throws for what the world does, and never knows the rules. */
export type Steps = {
  perform(request: StepRequest, watch: StepWatch): Promise<StepAnswer>;
  /** Whether a process group that an earlier bot started is still alive (the same one, not a re-used number). */
  isAlive(process: { readonly pgid: number; readonly startedAt: string }): Promise<boolean>;
  /** SIGTERM, then SIGKILL after the grace period. */
  kill(process: { readonly pgid: number; readonly startedAt: string }): Promise<void>;
};

// People ------------------------------------------------------------------------------------------------------------

/** What a person is in the workspace and which roles they hold, read no longer than 60 s ago. */
export type PersonReading =
  | { readonly status: 'member'; readonly id: PersonId; readonly name: string; readonly roles: readonly RoleId[]; readonly asOf: Instant }
  | { readonly status: 'refused'; readonly why: 'bot' | 'guest' | 'deactivated' | 'stranger' | 'unknown' }
  | { readonly status: 'unreadable'; readonly why: string };

export type People = {
  /** `fresh` bypasses the cache. */
  read(person: PersonId, options?: { readonly fresh?: boolean }): Promise<PersonReading>;
  /** Who holds a role now, as far as it can be read. */
  holders(role: RoleId): Promise<readonly PersonId[] | { readonly unreadable: string }>;
};

// Operations --------------------------------------------------------------------------------------------------------

/** What somebody asks for with `/rollback <procedure> …`; values are as typed and not yet checked. */
export type StartOrder = Acting & {
  readonly procedure: string;
  readonly target: string | null;
  readonly params: Readonly<Record<string, string>>;
  readonly reason: string | null;
  /** The channel in which it was asked for: its open incident is used, else a new one is opened. */
  readonly channel: string | null;
  /** An open incident in which it is started, whatever the channel; who may start it stays the same. */
  readonly within?: StreamId;
};

/** One mistake in an order, with the part of it that is wrong, so that a form can mark its field. */
export type OrderMistake = {
  readonly part: 'procedure' | 'target' | 'params' | 'role' | 'claim';
  readonly name: string | null;
  readonly says: string;
};

export type StartAnswer =
  /** `madeWay`: runs of drills that ended for it. */
  | { readonly status: 'started'; readonly stream: StreamId; readonly run: RunId; readonly madeWay?: readonly RunId[] }
  | { readonly status: 'refused'; readonly mistakes: readonly OrderMistake[] };

export type ActAnswer =
  /** `says` where whoever did it has to be told more than that it is done. */
  | { readonly status: 'done'; readonly stream: StreamId; readonly says?: string }
  | { readonly status: 'refused'; readonly refusal: RefusalName; readonly says: string; readonly stream: StreamId | null };

/** What a run would do: reads are performed, everything else is only shown. */
export type DryRun = {
  readonly procedure: string;
  readonly title: string;
  readonly target: string;
  readonly params: Readonly<Record<string, string>>;
  /** Of parameters that stood for the last good version: why it is that one. */
  readonly why: Readonly<Record<string, string>>;
  readonly items: readonly {
    readonly step: PlannedStep;
    /** Filled in as far as it can be known before the steps have run. */
    readonly action: ResolvedAction | null;
    readonly digest: Digest | null;
    /** What a read found, or why the item would not run. */
    readonly says: string | null;
    readonly holds: boolean | null;
  }[];
};

/** What people can have done, whichever room they come from. */
export type Operations = {
  start(order: StartOrder): Promise<StartAnswer>;
  /** The mistakes of an order, without starting it and without touching the outside. */
  examine(order: StartOrder): readonly OrderMistake[];
  dryRun(order: StartOrder): Promise<{ readonly status: 'shown'; readonly dryRun: DryRun } | Extract<StartAnswer, { status: 'refused' }>>;
  act(act: PersonAct, where?: { readonly stream: StreamId }): Promise<ActAnswer>;
  /** For what chat learned: the channel of an incident, an approval that was shown. */
  note(stream: StreamId, act: Extract<BotAct, { kind: 'link-channel' | 'show-approval' }>): Promise<void>;
  /** Calls back whenever a stream has changed; the returned function ends it. */
  onChange(listener: (stream: StreamId) => void): () => void;
};

// Catalog -----------------------------------------------------------------------------------------------------------

export type CatalogEntry = {
  readonly id: string;
  readonly procedure: Procedure;
  readonly steps: readonly PlannedStep[];
  /** Of the file's bytes. */
  readonly hash: Digest;
};
export type CatalogMistake = { readonly file: string; readonly line: number; readonly column: number; readonly says: string };

/** Procedures and settings as they are on disk now; one broken file does not take the others away. */
export type Catalog = {
  procedures(): readonly CatalogEntry[];
  procedure(id: string): CatalogEntry | null;
  settings(): Settings;
  /** Of a target's own part of `rollbot.yml`. */
  targetHash(name: string): Digest | null;
  mistakes(): readonly CatalogMistake[];
  /** Reads the files again where they have changed. */
  refresh(): Promise<void>;
};
