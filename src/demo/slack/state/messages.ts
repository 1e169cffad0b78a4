import { withIds } from './blocks.ts';
import type { Channel, Json, Message } from './model.ts';
import type { Workspace } from './workspace.ts';

/** What somebody is about to say. Blocks are expected to be valid. */
export interface Draft {
  user: string;
  byApp?: boolean;
  text: string;
  blocks?: readonly Json[] | null;
  attachments?: readonly Json[];
  metadata?: Json | null;
  threadTs?: string | null;
  broadcast?: boolean;
  subtype?: string | null;
  files?: readonly string[];
}

/** What an edit changes; what is not named stays. */
export type Edit = Partial<Pick<Message, 'text' | 'blocks' | 'attachments' | 'metadata' | 'files'>>;

export function post(workspace: Workspace, channel: Channel, draft: Draft): Message {
  const message = compose(workspace, channel, draft, null);
  channel.messages.push(message);
  workspace.tell({ kind: 'posted', channel, message });
  return message;
}

/** Shows something to one person only. It is in no history and does not survive a reload. */
export function showEphemeral(workspace: Workspace, channel: Channel, to: string, draft: Draft): Message {
  const message = compose(workspace, channel, draft, to);
  workspace.ephemerals.add(message);
  workspace.tell({ kind: 'ephemeral-shown', channel, message });
  return message;
}

/** Changes a message in place. Slack sends nobody a notification for it. */
export function edit(workspace: Workspace, channel: Channel, message: Message, change: Edit, by: string): void {
  const before = { ...message };
  Object.assign(message, change);
  if (change.blocks) message.blocks = withIds(workspace.ids, change.blocks);
  message.edits += 1;
  message.edited = { user: by, ts: workspace.ids.ts() };
  message.touched = workspace.ids.step();
  if (message.to === null) workspace.tell({ kind: 'edited', channel, message, before });
  else workspace.tell({ kind: 'ephemeral-shown', channel, message });
}

export function remove(workspace: Workspace, channel: Channel, message: Message): void {
  if (workspace.ephemerals.delete(message)) {
    workspace.tell({ kind: 'ephemeral-removed', channel, message });
    return;
  }
  const index = channel.messages.indexOf(message);
  if (index < 0) return;
  channel.messages.splice(index, 1);
  channel.pins = channel.pins.filter((pin) => pin.ts !== message.ts);
  workspace.tell({ kind: 'deleted', channel, message });
}

export function messageAt(channel: Channel, ts: string): Message | undefined {
  return channel.messages.find((message) => message.ts === ts);
}

/** A parent's replies, oldest first. */
export function repliesTo(channel: Channel, ts: string): Message[] {
  return channel.messages.filter((message) => message.threadTs === ts && message.ts !== ts);
}

/** Pretends to be Slack itself, telling the channel about a deed. */
export function announce(workspace: Workspace, channel: Channel, subtype: string, user: string, text: string): Message {
  return post(workspace, channel, { user, subtype, text, byApp: false });
}

function compose(workspace: Workspace, channel: Channel, draft: Draft, to: string | null): Message {
  return {
    channel: channel.id,
    ts: workspace.ids.ts(),
    threadTs: draft.threadTs ?? null,
    broadcast: draft.broadcast ?? false,
    user: draft.user,
    byApp: draft.byApp ?? false,
    to,
    subtype: draft.subtype ?? null,
    text: draft.text,
    blocks: draft.blocks ? withIds(workspace.ids, draft.blocks) : null,
    attachments: [...(draft.attachments ?? [])],
    metadata: draft.metadata ?? null,
    files: [...(draft.files ?? [])],
    edited: null,
    edits: 0,
    reactions: new Map(),
    touched: workspace.ids.step(),
  };
}
