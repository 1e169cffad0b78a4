import { mayHear } from '../api/scopes.ts';
import { messageShape } from '../shapes/message.ts';
import { viewShape } from '../shapes/view.ts';
import { isDirect } from '../state/channels.ts';
import type { Happening } from '../state/happening.ts';
import type { App, Channel, Json, Message } from '../state/model.ts';
import type { Workspace } from '../state/workspace.ts';

/** The Events API payloads that something causes: only what the app subscribed to, has the scopes for, and is in the channel for. */
export function eventsFor(workspace: Workspace, happening: Happening): Json[] {
  const { app } = workspace;
  if (!app || app.revoked) return [];
  return candidates(workspace, app, happening)
    .filter(({ subscription, allowed }) => allowed && app.events.includes(subscription))
    .map(({ event, channel }) => envelope(workspace, app, event, channel));
}

/** Something that an app may hear about under the name of a subscription. */
interface Candidate {
  subscription: string;
  allowed: boolean;
  event: Json;
  channel: Channel | null;
}

function candidates(workspace: Workspace, app: App, happening: Happening): Candidate[] {
  switch (happening.kind) {
    case 'posted':
      return [...aboutMessage(workspace, app, happening.channel, newMessage(workspace, happening)), ...mention(workspace, app, happening)];
    case 'edited':
      return aboutMessage(workspace, app, happening.channel, changedMessage(workspace, happening));
    case 'deleted':
      return aboutMessage(workspace, app, happening.channel, deletedMessage(workspace, happening));
    case 'member-joined':
    case 'member-left':
      return [membership(workspace, app, happening)];
    case 'reacted':
    case 'unreacted':
      return [reaction(workspace, app, happening)];
    case 'pinned':
    case 'unpinned':
      return [pin(workspace, app, happening)];
    case 'channel-created':
    case 'channel-archived':
    case 'channel-unarchived':
    case 'channel-renamed':
      return [aboutChannel(workspace, app, happening)];
    case 'file-shared':
      return [sharedFile(workspace, app, happening)];
    case 'home-opened':
      return [openedHome(workspace, happening)];
    default:
      return [];
  }
}

type Of<K extends Happening['kind']> = Extract<Happening, { kind: K }>;

const channelTypes = { public: 'channel', shared: 'channel', private: 'group', im: 'im', mpim: 'mpim' } as const;

function aboutMessage(workspace: Workspace, app: App, channel: Channel, event: Json): Candidate[] {
  const type = channelTypes[channel.kind];
  const subscription = `message.${type === 'channel' ? 'channels' : type === 'group' ? 'groups' : type}`;
  const full = { ...event, channel: channel.id, channel_type: type, event_ts: event.event_ts ?? workspace.ids.ts() };
  return [{ subscription, allowed: hears(app, channel, mayHear(app, 'history', channel)), event: full, channel }];
}

function newMessage(workspace: Workspace, { channel, message }: Of<'posted'>): Json {
  return { ...messageShape(workspace, channel, message), event_ts: message.ts };
}

function changedMessage(workspace: Workspace, { channel, message, before }: Of<'edited'>): Json {
  const [now, previous] = [message, before].map((version) => messageShape(workspace, channel, version));
  return { type: 'message', subtype: 'message_changed', hidden: true, message: now, previous_message: previous, ts: workspace.ids.ts() };
}

function deletedMessage(workspace: Workspace, { channel, message }: Of<'deleted'>): Json {
  const previous = messageShape(workspace, channel, message);
  const ts = workspace.ids.ts();
  return { type: 'message', subtype: 'message_deleted', hidden: true, deleted_ts: message.ts, previous_message: previous, ts };
}

/** A mention of the app in a channel that it is in, by anybody but itself. */
function mention(workspace: Workspace, app: App, { channel, message }: Of<'posted'>): Candidate[] {
  const mentioned = !message.byApp && channel.kind !== 'im' && message.subtype === null && message.text.includes(`<@${app.botUserId}`);
  if (!mentioned) return [];
  const { user, text, ts, team, thread_ts, blocks } = messageShape(workspace, channel, message);
  const event = { type: 'app_mention', user, text, ts, team, thread_ts, blocks, channel: channel.id, event_ts: ts };
  return [{ subscription: 'app_mention', allowed: hears(app, channel, app.scopes.includes('app_mentions:read')), event, channel }];
}

function membership(workspace: Workspace, app: App, happening: Of<'member-joined' | 'member-left'>): Candidate {
  const { channel, user } = happening;
  const joined = happening.kind === 'member-joined';
  const event = {
    type: joined ? 'member_joined_channel' : 'member_left_channel',
    user,
    channel: channel.id,
    channel_type: channel.kind === 'private' ? 'G' : 'C',
    team: workspace.users.get(user)?.teamId ?? workspace.team.id,
    ...(joined && happening.inviter ? { inviter: happening.inviter } : {}),
    event_ts: workspace.ids.ts(),
  };
  return { subscription: event.type, allowed: hears(app, channel, mayHear(app, 'read', channel)), event, channel };
}

function reaction(workspace: Workspace, app: App, happening: Of<'reacted' | 'unreacted'>): Candidate {
  const { channel, message, user, emoji } = happening;
  const type = happening.kind === 'reacted' ? 'reaction_added' : 'reaction_removed';
  const event = { type, user, reaction: emoji, item: item(message), item_user: message.user, event_ts: workspace.ids.ts() };
  return { subscription: type, allowed: hears(app, channel, app.scopes.includes('reactions:read')), event, channel };
}

function pin(workspace: Workspace, app: App, happening: Of<'pinned' | 'unpinned'>): Candidate {
  const { channel, message, user } = happening;
  const type = happening.kind === 'pinned' ? 'pin_added' : 'pin_removed';
  const pinned = { ...item(message), message: messageShape(workspace, channel, message), created_by: user };
  const event = { type, user, channel_id: channel.id, item: pinned, event_ts: workspace.ids.ts() };
  return { subscription: type, allowed: hears(app, channel, app.scopes.includes('pins:read')), event, channel };
}

/** Channels are public knowledge when they are public; private ones are news only to their members. */
function aboutChannel(
  workspace: Workspace,
  app: App,
  happening: Of<'channel-created' | 'channel-archived' | 'channel-unarchived' | 'channel-renamed'>,
): Candidate {
  const { channel, by } = happening;
  const isPrivate = channel.kind === 'private';
  const type = {
    'channel-created': 'created',
    'channel-archived': 'archive',
    'channel-unarchived': 'unarchive',
    'channel-renamed': 'rename',
  }[happening.kind];
  const subscription = `${isPrivate ? 'group' : 'channel'}_${type}`;
  const detailed = { id: channel.id, name: channel.name, created: channel.createdAt, creator: channel.creator };
  const subject = type === 'created' || type === 'rename' ? { channel: detailed } : { channel: channel.id, user: by };
  const known = channel.kind === 'public' || channel.kind === 'shared' || channel.members.has(app.botUserId);
  const event = { type: subscription, ...subject, event_ts: workspace.ids.ts() };
  return { subscription, allowed: known && !isDirect(channel) && mayHear(app, 'read', channel), event, channel };
}

function sharedFile(workspace: Workspace, app: App, { channel, file, user }: Of<'file-shared'>): Candidate {
  const event = {
    type: 'file_shared',
    file_id: file,
    user_id: user,
    file: { id: file },
    channel_id: channel.id,
    event_ts: workspace.ids.ts(),
  };
  return { subscription: 'file_shared', allowed: hears(app, channel, app.scopes.includes('files:read')), event, channel };
}

/** Needs no scope. The view is only there when the home was published before. */
function openedHome(workspace: Workspace, { user, channel }: Of<'home-opened'>): Candidate {
  const home = workspace.homes.get(user);
  const view = home ? { view: viewShape(workspace, home) } : {};
  const event = { type: 'app_home_opened', user, channel: channel.id, tab: 'home', ...view, event_ts: workspace.ids.ts() };
  return { subscription: 'app_home_opened', allowed: true, event, channel: null };
}

function hears(app: App, channel: Channel, scoped: boolean): boolean {
  return scoped && channel.members.has(app.botUserId);
}

function item(message: Message): Json {
  return { type: 'message', channel: message.channel, ts: message.ts };
}

function envelope(workspace: Workspace, app: App, event: Json, channel: Channel | null): Json {
  const team = workspace.team.id;
  return {
    token: app.verificationToken,
    team_id: team,
    context_team_id: team,
    context_enterprise_id: null,
    api_app_id: app.id,
    event,
    type: 'event_callback',
    event_id: workspace.ids.serial('Ev'),
    event_time: Math.floor(workspace.clock.now() / 1000),
    authorizations: [{ enterprise_id: null, team_id: team, user_id: app.botUserId, is_bot: true, is_enterprise_install: false }],
    is_ext_shared_channel: channel?.kind === 'shared',
    event_context: `4-${workspace.ids.hex(32)}`,
  };
}
