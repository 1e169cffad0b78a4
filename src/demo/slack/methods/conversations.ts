import { accept, isRefusal, refuse, type Answer, type Refusal } from '../api/answer.ts';
import { flagOf, pageOf, textOf } from '../api/arguments.ts';
import { isMember, scopedChannel } from '../api/conversations.ts';
import type { MethodCall, MethodTable } from '../api/method.ts';
import { scopeRefusal, scopesFor } from '../api/scopes.ts';
import { channelShape } from '../shapes/channel.ts';
import type { Channel, ChannelKind } from '../state/model.ts';

/** Looking at conversations. */
export const conversationMethods: MethodTable = {
  'conversations.list': { tier: 2, scopes: scopesFor('read'), required: [], json: false, run: list },
  'conversations.info': { tier: 3, scopes: scopesFor('read'), required: ['channel'], json: false, run: info },
  'conversations.members': { tier: 4, scopes: scopesFor('read'), required: ['channel'], json: false, run: members },
  'users.conversations': { tier: 3, scopes: scopesFor('read'), required: [], json: false, run: usersConversations },
};

const kindsOfType: Record<string, readonly ChannelKind[]> = {
  public_channel: ['public', 'shared'],
  private_channel: ['private'],
  im: ['im'],
  mpim: ['mpim'],
};

function list(call: MethodCall): Answer {
  return listed(call, (channel) => channel.kind === 'public' || channel.kind === 'shared' || isMember(call, channel));
}

function usersConversations(call: MethodCall): Answer {
  const user = textOf(call.args, 'user') || call.app.botUserId;
  if (!call.workspace.users.has(user)) return refuse('user_not_found');
  const known = (channel: Channel) => channel.kind === 'public' || channel.kind === 'shared' || isMember(call, channel);
  return listed(call, (channel) => channel.members.has(user) && known(channel));
}

function info(call: MethodCall): Answer {
  const channel = scopedChannel(call, textOf(call.args, 'channel'), 'read');
  if (isRefusal(channel)) return channel;
  return accept({ channel: channelShape(call.workspace, channel, { memberCount: flagOf(call.args, 'include_num_members') }) });
}

function members(call: MethodCall): Answer {
  const channel = scopedChannel(call, textOf(call.args, 'channel'), 'read');
  if (isRefusal(channel)) return channel;
  const page = pageOf(call.args, [...channel.members], 100);
  return isRefusal(page) ? page : accept({ members: page.items, response_metadata: { next_cursor: page.next } });
}

function listed(call: MethodCall, wanted: (channel: Channel) => boolean): Answer {
  const kinds = kindsIn(call);
  if (isRefusal(kinds)) return kinds;
  const excludeArchived = flagOf(call.args, 'exclude_archived');
  const all = [...call.workspace.channels.values()].filter(
    (channel) => kinds.includes(channel.kind) && wanted(channel) && !(excludeArchived && channel.archived),
  );
  const page = pageOf(call.args, all, 100);
  if (isRefusal(page)) return page;
  const channels = page.items.map((channel) => channelShape(call.workspace, channel, { memberCount: true }));
  return accept({ channels, response_metadata: { next_cursor: page.next } });
}

/** The kinds asked for; each needs its own scope. */
function kindsIn(call: MethodCall): ChannelKind[] | Refusal {
  const kinds: ChannelKind[] = [];
  for (const type of (textOf(call.args, 'types') || 'public_channel').split(',')) {
    const found = kindsOfType[type.trim()];
    if (!found) return refuse('invalid_types');
    kinds.push(...found);
  }
  const lacking = kinds.map((kind) => scopeRefusal(call.app, 'read', kind)).find((refusal) => refusal !== null);
  return lacking ?? kinds;
}
