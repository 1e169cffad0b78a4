import type { Pattern } from '../interface.ts';
import { canRead, channelNamed, isDirect, join, leave } from '../state/channels.ts';
import { announce, edit, messageAt, post, remove } from '../state/messages.ts';
import type { User } from '../state/model.ts';
import { addReaction } from '../state/reactions.ts';
import { seconds } from '../state/workspace.ts';
import { appOf, conversationOf, mustBeActive, type PeopleDesk } from './desk.ts';
import { findMessage } from './looking.ts';
import { writtenMessage } from './writing.ts';

/** Which message a deed is about. */
export interface MessageTarget {
  message: Pattern;
  in?: string;
}

export function says(desk: PeopleDesk, user: User, text: string, where: { in: string; thread?: string }): string {
  const { workspace } = desk;
  mustBeActive(user);
  const channel = conversationOf(workspace, user, where.in);
  if (channel.archived) throw new Error(`${where.in} is archived, so nobody can post there.`);
  if (isDirect(channel) && workspace.app && channel.members.has(workspace.app.botUserId) && !appOf(workspace).messagesTab) {
    throw new Error(`${where.in} takes no messages: the app's messages tab is off.`);
  }
  if (where.thread && !messageAt(channel, where.thread)) throw new Error(`${where.in} has no message ${where.thread} to reply to.`);
  desk.atHome.delete(user.id);
  return post(workspace, channel, { user: user.id, text: writtenMessage(workspace, text), threadTs: where.thread ?? null }).ts;
}

export function reacts(desk: PeopleDesk, user: User, emoji: string, where: MessageTarget): void {
  mustBeActive(user);
  const { channel, message } = findMessage(desk.workspace, user, where.message, where.in);
  addReaction(desk.workspace, channel, message, user.id, emoji.replaceAll(':', ''));
}

export function pins(desk: PeopleDesk, user: User, where: MessageTarget): void {
  mustBeActive(user);
  const { workspace } = desk;
  const { channel, message } = findMessage(workspace, user, where.message, where.in);
  if (channel.pins.some((pin) => pin.ts === message.ts)) throw new Error(`That message is pinned already: ${message.text}`);
  channel.pins.push({ ts: message.ts, by: user.id, at: seconds(workspace) });
  workspace.tell({ kind: 'pinned', channel, message, user: user.id });
  announce(workspace, channel, 'pinned_item', user.id, 'pinned a message to this channel.');
}

export function edits(desk: PeopleDesk, user: User, newText: string, where: MessageTarget): void {
  mustBeActive(user);
  const { channel, message } = findMessage(desk.workspace, user, where.message, where.in);
  if (message.user !== user.id) throw new Error(`${user.name} can only edit their own messages, and that one is not theirs.`);
  edit(desk.workspace, channel, message, { text: writtenMessage(desk.workspace, newText) }, user.id);
}

export function deletes(desk: PeopleDesk, user: User, where: MessageTarget): void {
  mustBeActive(user);
  const { channel, message } = findMessage(desk.workspace, user, where.message, where.in);
  if (message.user !== user.id) throw new Error(`${user.name} can only delete their own messages, and that one is not theirs.`);
  remove(desk.workspace, channel, message);
}

export function joins(desk: PeopleDesk, user: User, name: string): void {
  mustBeActive(user);
  const channel = channelNamed(desk.workspace, name);
  if (!channel || !canRead(channel, user)) throw new Error(`${user.name} can't join ${name}: it is not there or not public.`);
  if (channel.members.has(user.id)) return;
  join(desk.workspace, channel, user.id, null);
  announce(desk.workspace, channel, 'channel_join', user.id, `<@${user.id}> has joined the channel`);
}

export function leaves(desk: PeopleDesk, user: User, name: string): void {
  leave(desk.workspace, conversationOf(desk.workspace, user, name), user.id);
}
