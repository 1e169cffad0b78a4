import type { PersonKind } from '../seed.ts';

export type Json = Record<string, unknown>;

export interface Team {
  id: string;
  name: string;
  domain: string;
}

export interface User {
  id: string;
  teamId: string;
  name: string;
  realName: string;
  title: string;
  email: string;
  tz: string;
  kind: PersonKind;
}

export interface Group {
  id: string;
  handle: string;
  name: string;
  members: string[];
  disabled: boolean;
  createdAt: number;
}

/** A topic or purpose: who wrote it and when, in seconds. */
export interface Note {
  value: string;
  creator: string;
  lastSet: number;
}

export interface Bookmark {
  id: string;
  title: string;
  link: string;
  emoji: string;
  createdAt: number;
  updatedAt: number;
  by: string;
}

interface Pin {
  ts: string;
  by: string;
  at: number;
}

/** `shared` is a public channel that another team is connected to. */
export type ChannelKind = 'public' | 'private' | 'shared' | 'im' | 'mpim';

export interface Channel {
  id: string;
  name: string;
  kind: ChannelKind;
  creator: string;
  createdAt: number;
  members: Set<string>;
  archived: boolean;
  general: boolean;
  readOnly: boolean;
  topic: Note;
  purpose: Note;
  previousNames: string[];
  messages: Message[];
  bookmarks: Bookmark[];
  pins: Pin[];
}

export interface Message {
  channel: string;
  ts: string;
  threadTs: string | null;
  broadcast: boolean;
  user: string;
  byApp: boolean;
  /** The only person who sees it, for an ephemeral message. */
  to: string | null;
  subtype: string | null;
  text: string;
  blocks: Json[] | null;
  attachments: Json[];
  metadata: Json | null;
  files: string[];
  edited: { user: string; ts: string } | null;
  edits: number;
  reactions: Map<string, string[]>;
  /** Rises with every change in the workspace, so that the newest thing on a screen can be told. */
  touched: number;
}

export interface StoredFile {
  id: string;
  name: string;
  title: string;
  length: number;
  createdAt: number;
  by: string;
  uploadTicket: string;
  content: Buffer | null;
  completed: boolean;
  shares: { channel: string; ts: string }[];
}

/** What somebody has put into the elements of a view or message: block_id → action_id → Slack's state of that element. */
export type Inputs = Record<string, Record<string, Json>>;

export interface View {
  id: string;
  kind: 'modal' | 'home';
  user: string;
  content: Json;
  blocks: Json[];
  externalId: string;
  hash: string;
  rootId: string;
  previousId: string | null;
  inputs: Inputs;
  touched: number;
}

export interface SlashCommand {
  command: string;
  escapes: boolean;
}

export interface Shortcut {
  name: string;
  callbackId: string;
  kind: 'global' | 'message';
}

/** The installed app, with everything that was frozen when it was installed. */
export interface App {
  id: string;
  name: string;
  botUserId: string;
  botId: string;
  botToken: string;
  appToken: string;
  signingSecret: string;
  verificationToken: string;
  scopes: readonly string[];
  events: readonly string[];
  commands: readonly SlashCommand[];
  shortcuts: readonly Shortcut[];
  homeTab: boolean;
  messagesTab: boolean;
  interactive: boolean;
  revoked: boolean;
}
