import type { Pattern, Screen, Sighting } from '../interface.ts';
import { channelLabel } from '../state/channels.ts';
import type { Channel, Message, User, View } from '../state/model.ts';
import { stackOf } from '../state/views.ts';
import type { Workspace } from '../state/workspace.ts';
import { conversationOf, knownConversation, type PeopleDesk } from './desk.ts';
import { messageSight, viewSight } from './sights.ts';

/** Something on a screen, with the object behind it. */
export type Seen =
  | { kind: 'message'; channel: Channel; message: Message; sight: Sighting; touched: number }
  | { kind: 'view'; view: View; sight: Sighting; touched: number };

/** Every message somebody can see, the newest last; ephemeral ones stand where they arrived. */
export function visibleMessages(workspace: Workspace, user: User, where?: string): Extract<Seen, { kind: 'message' }>[] {
  const own = [...workspace.channels.values()].filter((channel) => channel.members.has(user.id));
  const channels = where === undefined ? own : [conversationOf(workspace, user, where)];
  const seen = channels.flatMap((channel) => {
    const ephemerals = [...workspace.ephemerals].filter((message) => message.to === user.id && message.channel === channel.id);
    return [...channel.messages, ...ephemerals].map((message) => seenMessage(workspace, user, channel, message));
  });
  return seen.toSorted((a, b) => (a.message.ts < b.message.ts ? -1 : 1));
}

/** The view in front: the top modal, or the app's home while somebody looks at it. */
export function visibleViews(desk: PeopleDesk, user: User): Extract<Seen, { kind: 'view' }>[] {
  const home = desk.atHome.has(user.id) ? desk.workspace.homes.get(user.id) : undefined;
  const modal = stackOf(desk.workspace, user.id).at(-1);
  return [modal, home].flatMap((view) =>
    view ? [{ kind: 'view' as const, view, sight: viewSight(desk.workspace, view), touched: view.touched }] : [],
  );
}

/** Where somebody looks: `home`, `view`, a conversation (which may be yet to come), or everywhere. */
export function visibleThings(desk: PeopleDesk, user: User, where?: string): Seen[] {
  if (where === 'home' || where === 'view') return visibleViews(desk, user).filter((seen) => seen.sight.kind === where);
  if (where !== undefined && !knownConversation(desk.workspace, user, where)) return [];
  const messages = visibleMessages(desk.workspace, user, where);
  return where === undefined ? [...messages, ...visibleViews(desk, user)] : messages;
}

export function matches(pattern: Pattern, text: string): boolean {
  return typeof pattern === 'string' ? text.includes(pattern) : new RegExp(pattern.source, pattern.flags.replace('g', '')).test(text);
}

/** The newest visible message that matches; refuses with the latest ones when there is none. */
export function findMessage(workspace: Workspace, user: User, pattern: Pattern, where?: string): Extract<Seen, { kind: 'message' }> {
  const all = visibleMessages(workspace, user, where);
  const found = all.findLast((seen) => matches(pattern, seen.sight.text));
  if (found) return found;
  throw new Error(`${user.name} sees no message like ${String(pattern)}${where ? ` in ${where}` : ''}. The latest are:\n${latest(all)}`);
}

export function screenOf(desk: PeopleDesk, user: User): Screen {
  const { workspace } = desk;
  const channels = [...workspace.channels.values()].filter((channel) => channel.members.has(user.id));
  const home = workspace.homes.get(user.id);
  return {
    channels: channels.map((channel) => ({
      id: channel.id,
      name: channelLabel(workspace, channel, user.id),
      topic: channel.topic.value,
      archived: channel.archived,
      messages: visibleMessages(workspace, user, channel.id).map((seen) => seen.sight),
    })),
    views: stackOf(workspace, user.id).map((view) => viewSight(workspace, view)),
    home: home ? viewSight(workspace, home) : null,
  };
}

/** The last few things seen, one line each, for a sentence that says what is there instead. */
export function latest(all: readonly Seen[]): string {
  const lines = all
    .slice(-8)
    .map(({ sight }) => `  ${sight.channel || sight.kind}  ${sight.author}: ${sight.text.replaceAll('\n', ' ⏎ ')}`);
  return lines.join('\n') || '  nothing at all';
}

function seenMessage(workspace: Workspace, user: User, channel: Channel, message: Message): Extract<Seen, { kind: 'message' }> {
  return { kind: 'message', channel, message, sight: messageSight(workspace, channel, message, user.id), touched: message.touched };
}
