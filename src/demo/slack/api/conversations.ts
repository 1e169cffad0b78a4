import { channelNamed, directMessage, isDirect } from '../state/channels.ts';
import type { Channel } from '../state/model.ts';
import { refuse, type Refusal } from './answer.ts';
import type { MethodCall } from './method.ts';
import { scopeRefusal, type Deed } from './scopes.ts';

/** The conversation with this id, if the app may know of it: private ones and direct messages of others don't exist for it. */
export function visibleChannel(call: MethodCall, id: string): Channel | Refusal {
  const channel = call.workspace.channels.get(id);
  if (!channel) return refuse('channel_not_found');
  const hidden = channel.kind === 'private' || isDirect(channel);
  return hidden && !isMember(call, channel) ? refuse('channel_not_found') : channel;
}

/** A visible conversation for which the app also has the scope that the deed takes. */
export function scopedChannel(call: MethodCall, id: string, deed: Deed): Channel | Refusal {
  const channel = visibleChannel(call, id);
  if ('ok' in channel) return channel;
  return scopeRefusal(call.app, deed, channel.kind) ?? channel;
}

/** Where a message may go: an id, a public channel's name, or a person, whose direct conversation is opened on the way. */
export function postableChannel(call: MethodCall, wanted: string): Channel | Refusal {
  const channel = addressed(call, wanted);
  if ('ok' in channel) return channel;
  if (channel.archived) return refuse('is_archived');
  if (channel.kind === 'im' && !call.app.messagesTab) return refuse('messages_tab_disabled');
  if (!isMember(call, channel) && !call.app.scopes.includes('chat:write.public')) return refuse('not_in_channel');
  return channel.readOnly ? refuse('restricted_action_read_only_channel') : channel;
}

export function isMember(call: MethodCall, channel: Channel): boolean {
  return channel.members.has(call.app.botUserId);
}

function addressed(call: MethodCall, wanted: string): Channel | Refusal {
  const { workspace, app } = call;
  const person = workspace.users.get(wanted);
  if (person) {
    if (person.id === app.botUserId || person.kind === 'deactivated' || person.kind === 'bot') return refuse('channel_not_found');
    return app.messagesTab ? directMessage(workspace, [app.botUserId, person.id]) : refuse('messages_tab_disabled');
  }
  const named = workspace.channels.has(wanted) ? undefined : channelNamed(workspace, wanted);
  if (named && named.kind === 'private' && !isMember(call, named)) return refuse('channel_not_found');
  return named ?? visibleChannel(call, wanted);
}
