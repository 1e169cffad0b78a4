import type { ChannelSeed } from '../seed.ts';
import type { Channel, ChannelKind, User } from './model.ts';
import { userNamed } from './people.ts';
import { seconds, type Workspace } from './workspace.ts';

/** Adds a channel of the seed, without a word to anybody. */
export function addChannel(workspace: Workspace, seed: ChannelSeed): Channel {
  const members = seed.members.map((name) => userNamed(workspace, name).id);
  const channel = blankChannel(workspace, seed.kind ?? 'public', seed.name, members[0] ?? '');
  for (const member of members) channel.members.add(member);
  channel.archived = seed.archived ?? false;
  channel.readOnly = seed.readOnly ?? false;
  channel.topic = { value: seed.topic ?? '', creator: members[0] ?? '', lastSet: seed.topic ? seconds(workspace) : 0 };
  if (seed.app) workspace.appChannels.add(channel.id);
  if (seed.app && workspace.app) channel.members.add(workspace.app.botUserId);
  return channel;
}

/** Creates a channel as somebody's deed; they are its first member. */
export function createChannel(workspace: Workspace, name: string, isPrivate: boolean, by: string): Channel {
  const channel = blankChannel(workspace, isPrivate ? 'private' : 'public', name, by);
  workspace.tell({ kind: 'channel-created', channel, by });
  join(workspace, channel, by, null);
  return channel;
}

/** The direct conversation between exactly these people, opened if need be. */
export function directMessage(workspace: Workspace, users: readonly string[]): Channel {
  const existing = findDirectMessage(workspace, users);
  if (existing) return existing;
  const group = users.length > 2;
  const name = group ? `mpdm-${users.map((id) => workspace.users.get(id)?.name ?? id).join('--')}-1` : '';
  const channel = blankChannel(workspace, group ? 'mpim' : 'im', name, users[0] ?? '');
  for (const user of users) channel.members.add(user);
  workspace.tell({ kind: 'channel-created', channel, by: users[0] ?? '' });
  return channel;
}

export function findDirectMessage(workspace: Workspace, users: readonly string[]): Channel | undefined {
  const wanted = new Set(users);
  return [...workspace.channels.values()].find(
    (channel) => isDirect(channel) && channel.members.size === wanted.size && users.every((user) => channel.members.has(user)),
  );
}

export function join(workspace: Workspace, channel: Channel, user: string, inviter: string | null): void {
  channel.members.add(user);
  workspace.tell({ kind: 'member-joined', channel, user, inviter });
}

export function leave(workspace: Workspace, channel: Channel, user: string): void {
  if (channel.members.delete(user)) workspace.tell({ kind: 'member-left', channel, user });
}

export function isDirect(channel: Channel): boolean {
  return channel.kind === 'im' || channel.kind === 'mpim';
}

/** A channel, not a direct message, by name or id. Archived ones count. */
export function channelNamed(workspace: Workspace, name: string): Channel | undefined {
  const wanted = name.replace(/^#/, '');
  return (
    workspace.channels.get(wanted) ?? [...workspace.channels.values()].find((channel) => !isDirect(channel) && channel.name === wanted)
  );
}

/** Whether somebody can read a channel without joining it: their own channels, and public ones of their team. */
export function canRead(channel: Channel, user: User): boolean {
  if (channel.members.has(user.id)) return true;
  return (channel.kind === 'public' || channel.kind === 'shared') && (user.kind === 'member' || user.kind === 'admin');
}

/** `#ops`, or for a direct message the other ones as `viewer` sees them. */
export function channelLabel(workspace: Workspace, channel: Channel, viewer: string | null = workspace.app?.botUserId ?? null): string {
  if (!isDirect(channel)) return `#${channel.name}`;
  const others = [...channel.members].filter((id) => id !== viewer);
  return others.map((id) => `@${workspace.users.get(id)?.name ?? id}`).join(', ');
}

function blankChannel(workspace: Workspace, kind: ChannelKind, name: string, creator: string): Channel {
  const prefix = kind === 'im' ? 'D' : kind === 'mpim' ? 'G' : 'C';
  const channel: Channel = {
    id: workspace.ids.named(prefix, name.replace(/^mpdm-/, '')),
    name,
    kind,
    creator,
    createdAt: seconds(workspace),
    members: new Set(),
    archived: false,
    general: name === 'general',
    readOnly: false,
    topic: { value: '', creator: '', lastSet: 0 },
    purpose: { value: '', creator: '', lastSet: 0 },
    previousNames: [],
    messages: [],
    bookmarks: [],
    pins: [],
  };
  workspace.channels.set(channel.id, channel);
  return channel;
}
