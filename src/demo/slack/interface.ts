import type { Change } from './change.ts';
import type { Patience, SlackClock } from './clock.ts';
import type { Admin, Faults } from './backstage.ts';
import type { WorkspaceSeed } from './seed.ts';

/** How a workspace is started; everything has a default. */
export interface SlackOptions {
  /** 0 takes any free port. */
  port?: number;
  /** Message ids, rate limits, response_url lifetimes and event retries follow this clock. */
  clock?: SlackClock;
  /** Counts the three seconds that the app has to acknowledge, and that a trigger_id lives; by the machine's time, unless a test counts. */
  patience?: Patience;
  /** When an unacknowledged event comes again, in milliseconds of the clock (0, 60 000, 300 000). */
  eventRetryDelaysMs?: readonly number[];
  /** Decides which of several open connections gets a payload. */
  randomSeed?: number;
  seed?: WorkspaceSeed;
}

/** What Slack hands out when an app is installed. */
export interface Installation {
  botToken: string;
  appToken: string;
  signingSecret: string;
  teamId: string;
  appId: string;
  botUserId: string;
  botId: string;
}

/** A running workspace on loopback. */
export interface SlackEmulator {
  /** For `clientOptions.slackApiUrl`. */
  readonly apiUrl: string;
  /** Every Web API call in order, with its answer. */
  readonly calls: readonly Call[];
  /** Everything that Slack would have shown to a person as a failure without telling the app. */
  readonly failures: readonly Failure[];
  readonly faults: Faults;
  readonly admin: Admin;
  /** Installs the app of a manifest (already parsed), or installs it again with changed scopes; refuses an invalid manifest with its errors. */
  install(manifest: unknown): Installation;
  /** Delivers by signed HTTP from now on, after the url_verification handshake; null goes back to Socket Mode. */
  setRequestUrl(url: string | null): Promise<void>;
  person(name: string): Person;
  /** Keeps back what people do until the returned function is called, so that several deeds reach the app in the same instant. */
  hold(): () => void;
  /** Says that messages like this are fine wherever they appear, now or later. */
  expects(pattern: Pattern, where?: { in?: string }): void;
  /** The app's messages that no `sees` or `expects` has matched. */
  unexpected(): Sighting[];
  /** The story so far, one readable line for each thing that happened. */
  transcript(): string[];
  /** How many Socket Mode connections are open, without those whose end was announced. */
  connections(): number;
  /** Listens to everything that changes; the returned function stops it. */
  on(listener: (change: Change) => void): () => void;
  /** Waits, in real time, until no delivery is unanswered and no API call is being worked on. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

/** A part of a rendered text, or a regular expression over it. */
export type Pattern = string | RegExp;

/** Somebody in the workspace, as what they can do and see. Channels are `#name`; `@name` is a direct message with that person or bot. */
export interface Person {
  readonly name: string;
  readonly id: string;
  /** Sends a slash command; answers with the text that the app's acknowledgement shows, or with the error that Slack shows. */
  types(commandLine: string, where: { in: string }): Promise<string>;
  /** Posts a message (`@name` and `#name` become mentions) and answers with its ts. */
  says(text: string, where: { in: string; thread?: string }): Promise<string>;
  /** Presses the newest visible button with that label; rejects with the visible ones when there is none. */
  clicks(label: Pattern, where?: ClickTarget): Promise<Receipt>;
  /** Picks an option of a menu, radio group, checkbox group or date picker, found by placeholder, label, action_id or block_id. */
  selects(what: string, choice: Choice, where?: ClickTarget): Promise<Receipt>;
  /** Fills inputs of the open view by label, block_id or action_id. */
  fills(values: Record<string, Choice>): Promise<void>;
  /** Fills and submits the open view. */
  submits(values?: Record<string, Choice>): Promise<SubmitOutcome>;
  /** Closes the open view: its own, or with `all` the whole stack. */
  closesView(how?: { all?: boolean }): Promise<void>;
  /** Opens the app's home tab. */
  opensHome(): Promise<void>;
  /** Uses a global shortcut, by name or callback_id. */
  usesShortcut(name: string): Promise<Receipt>;
  /** Uses a message shortcut on the newest visible message that matches. */
  usesMessageShortcut(name: string, where: { message: Pattern; in?: string }): Promise<Receipt>;
  reacts(emoji: string, where: { message: Pattern; in?: string }): Promise<void>;
  pins(where: { message: Pattern; in?: string }): Promise<void>;
  edits(newText: string, where: { message: Pattern; in?: string }): Promise<void>;
  deletes(where: { message: Pattern; in?: string }): Promise<void>;
  joins(channel: string): Promise<void>;
  leaves(channel: string): Promise<void>;
  /** Starts the client again: ephemeral messages and open views are gone. */
  reloads(): void;
  /** Waits for something visible to them that matches, and answers with what they see; rejects with what is visible instead. */
  sees(pattern: Pattern, where?: { in?: string; within?: number }): Promise<Sighting>;
  /** Everything they can see in a channel right now, oldest first, threads in place. */
  messages(channel: string): Sighting[];
  /** Their open view, if any. */
  view(): Sighting | null;
  /** Everything on their screen: channels they are in, open views, the app's home. */
  screen(): Screen;
  /** Presses or fills one exact element; what `clicks` and `selects` come down to, and what a page with real buttons calls. */
  acts(target: ElementTarget, choice?: Choice): Promise<Receipt>;
}

/** Where a button or menu is looked for. */
export interface ClickTarget {
  in?: string;
  message?: Pattern;
  block?: string;
  /** False cancels the confirmation dialog, so nothing is sent. */
  confirm?: boolean;
}

/** One element of one message or view. */
export interface ElementTarget {
  /** A message: its channel id and ts. */
  message?: { channel: string; ts: string };
  /** A view: its id. */
  view?: string;
  blockId: string;
  actionId: string;
}

/** What somebody puts into an element: text, an option's text or value, `@name`, `#channel`, or several of them. */
export type Choice = string | readonly string[];

/** How a deed went: whether the app acknowledged in time, and what Slack showed otherwise. */
export interface Receipt {
  acked: boolean;
  shown: string;
}

/** What became of a submitted view. */
export type SubmitOutcome =
  | { status: 'closed' }
  | { status: 'errors'; errors: Record<string, string> }
  | { status: 'updated'; view: Sighting }
  | { status: 'pushed'; view: Sighting }
  | { status: 'trouble'; shown: string };

/** Something on somebody's screen, as it was at the moment of looking. */
export interface Sighting {
  kind: 'message' | 'ephemeral' | 'view' | 'home';
  /** The message's ts or the view's id. */
  id: string;
  ts: string;
  threadTs: string | null;
  /** `#ops`, `@rollbot`, or empty for a view. */
  channel: string;
  channelId: string;
  author: string;
  byApp: boolean;
  /** What a person reads: the blocks when there are some, else the text. */
  text: string;
  /** The `text` field, which notifications and old clients show; a view's title. */
  notification: string;
  blocks: readonly Record<string, unknown>[];
  buttons: readonly string[];
  edits: number;
  reactions: readonly string[];
  files: readonly { id: string; title: string; content: string }[];
}

/** All that a person could see now. */
export interface Screen {
  channels: readonly { id: string; name: string; topic: string; archived: boolean; messages: readonly Sighting[] }[];
  views: readonly Sighting[];
  home: Sighting | null;
}

/** A Web API call. `lost` means that it was carried out but its answer never left. */
export interface Call {
  method: string;
  args: Record<string, unknown>;
  /** Milliseconds of the workspace's clock. */
  at: number;
  status: number;
  answer: Record<string, unknown>;
  executed: boolean;
  lost: boolean;
}

/** Something that Slack shows as a failure and the app is never told. */
export interface Failure {
  kind:
    | 'not-connected'
    | 'missed-ack'
    | 'bad-status'
    | 'bad-ack'
    | 'bad-ack-view'
    | 'unknown-error-key'
    | 'event-given-up'
    | 'unknown-envelope';
  /** What was delivered: `/rollback`, `block_actions approve`, `view_submission start`, `app_mention`. */
  about: string;
  /** One sentence saying what went wrong. */
  detail: string;
  at: number;
}
