import { accept, isRefusal, refuse, refuseScope, type Answer } from '../api/answer.ts';
import { flagOf, textOf } from '../api/arguments.ts';
import { isMember, scopedChannel, visibleChannel } from '../api/conversations.ts';
import type { MethodCall, MethodTable } from '../api/method.ts';
import { scopesFor } from '../api/scopes.ts';
import { channelShape } from '../shapes/channel.ts';
import { directMessage, findDirectMessage, isDirect, join } from '../state/channels.ts';
import { announce } from '../state/messages.ts';
import type { Channel, User } from '../state/model.ts';

/** Who is in which conversation. */
export const membershipMethods: MethodTable = {
  'conversations.invite': { tier: 3, scopes: scopesFor('invite'), required: ['channel', 'users'], json: true, run: invite },
  'conversations.join': { tier: 3, scopes: ['channels:join'], required: ['channel'], json: true, run: joinChannel },
  'conversations.open': { tier: 3, scopes: ['im:write', 'mpim:write'], required: [], json: true, run: open },
};

/** Slack's documentation says 100, its types say 1000: the smaller one is safe. */
const invitedMax = 100;
const directMax = 8;

function invite(call: MethodCall): Answer {
  const channel = scopedChannel(call, textOf(call.args, 'channel'), 'invite');
  if (isRefusal(channel)) return channel;
  if (isDirect(channel)) return refuse('method_not_supported_for_channel_type');
  if (!isMember(call, channel)) return refuse('not_in_channel');
  if (channel.archived) return refuse('is_archived');
  const ids = idsIn(call, 'users');
  if (ids.length === 0) return refuse('no_user');
  if (ids.length > invitedMax) return refuse('too_many_users');
  const errors = ids.flatMap((user) => {
    const error = inviteError(call, channel, user);
    return error ? [{ user, ok: false, error }] : [];
  });
  const [first] = errors;
  if (first && (!flagOf(call.args, 'force') || errors.length === ids.length)) return refuse(first.error, { errors });
  for (const user of ids.filter((id) => !errors.some((error) => error.user === id))) {
    join(call.workspace, channel, user, call.app.botUserId);
    announce(call.workspace, channel, 'channel_join', user, `<@${user}> has joined the channel`);
  }
  return accept({ channel: channelShape(call.workspace, channel), ...(first ? { errors } : {}) });
}

function inviteError(call: MethodCall, channel: Channel, id: string): string | null {
  const user = call.workspace.users.get(id);
  if (id === call.app.botUserId) return 'cant_invite_self';
  if (!user) return 'user_not_found';
  if (channel.members.has(id)) return 'already_in_channel';
  if (user.kind === 'deactivated' || user.kind === 'bot' || user.kind === 'stranger') return 'cant_invite';
  const elsewhere = [...call.workspace.channels.values()].some((other) => !isDirect(other) && other.members.has(id));
  return user.kind === 'single-channel-guest' && elsewhere ? 'ura_max_channels' : null;
}

function joinChannel(call: MethodCall): Answer {
  const channel = visibleChannel(call, textOf(call.args, 'channel'));
  if (isRefusal(channel)) return channel;
  if (channel.kind !== 'public' && channel.kind !== 'shared') return refuse('method_not_supported_for_channel_type');
  if (channel.archived) return refuse('is_archived');
  if (isMember(call, channel)) {
    const warning = 'already_in_channel';
    return accept({ channel: channelShape(call.workspace, channel), warning, response_metadata: { warnings: [warning] } });
  }
  join(call.workspace, channel, call.app.botUserId, null);
  announce(call.workspace, channel, 'channel_join', call.app.botUserId, `<@${call.app.botUserId}> has joined the channel`);
  return accept({ channel: channelShape(call.workspace, channel) });
}

function open(call: MethodCall): Answer {
  const { workspace, app, args } = call;
  if (textOf(args, 'channel')) {
    const channel = visibleChannel(call, textOf(args, 'channel'));
    if (isRefusal(channel)) return channel;
    return isDirect(channel) ? opened(call, channel, true) : refuse('method_not_supported_for_channel_type');
  }
  const ids = idsIn(call, 'users');
  if (ids.length === 0) return refuse('users_list_not_supplied');
  if (ids.length > directMax) return refuse('too_many_users');
  const scope = ids.length === 1 ? 'im:write' : 'mpim:write';
  if (!app.scopes.includes(scope)) return refuseScope([scope], app.scopes);
  const error = ids.map((id) => partnerError(call, workspace.users.get(id))).find((found) => found !== null);
  if (error) return refuse(error);
  const members = [app.botUserId, ...ids];
  const existing = findDirectMessage(workspace, members);
  return opened(call, existing ?? directMessage(workspace, members), existing !== undefined);
}

function opened(call: MethodCall, channel: Channel, already: boolean): Answer {
  const shape = flagOf(call.args, 'return_im') ? channelShape(call.workspace, channel) : { id: channel.id };
  return accept({ ...(already ? { no_op: true, already_open: true } : {}), channel: shape });
}

/** Why the app can't talk to somebody in private. A stranger is only known where a channel is shared. */
function partnerError(call: MethodCall, user: User | undefined): string | null {
  if (!user || user.id === call.app.botUserId) return 'user_not_found';
  if (user.kind === 'deactivated') return 'user_disabled';
  const met = [...call.workspace.channels.values()].some((channel) => channel.members.has(user.id) && isMember(call, channel));
  return user.kind === 'stranger' && !met ? 'user_not_visible' : null;
}

function idsIn(call: MethodCall, name: string): string[] {
  const value = call.args[name];
  const parts = Array.isArray(value) ? value.map(String) : textOf(call.args, name).split(',');
  return parts.map((part) => part.trim()).filter((part) => part !== '');
}
