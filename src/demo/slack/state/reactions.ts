import type { Channel, Message } from './model.ts';
import type { Workspace } from './workspace.ts';

/** Adds somebody's reaction; false when they had reacted like that already. */
export function addReaction(workspace: Workspace, channel: Channel, message: Message, user: string, emoji: string): boolean {
  const users = message.reactions.get(emoji) ?? [];
  if (users.includes(user)) return false;
  message.reactions.set(emoji, [...users, user]);
  workspace.tell({ kind: 'reacted', channel, message, user, emoji });
  return true;
}

/** Takes somebody's reaction back; false when there was none. */
export function removeReaction(workspace: Workspace, channel: Channel, message: Message, user: string, emoji: string): boolean {
  const users = message.reactions.get(emoji) ?? [];
  if (!users.includes(user)) return false;
  const rest = users.filter((other) => other !== user);
  if (rest.length > 0) message.reactions.set(emoji, rest);
  else message.reactions.delete(emoji);
  workspace.tell({ kind: 'unreacted', channel, message, user, emoji });
  return true;
}
