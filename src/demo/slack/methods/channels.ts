import { accept, isRefusal, refuse, refuseArguments, type Answer, type Refusal } from '../api/answer.ts';
import { flagOf, textOf } from '../api/arguments.ts';
import { isMember, scopedChannel } from '../api/conversations.ts';
import type { MethodCall, MethodTable } from '../api/method.ts';
import { scopeRefusal, scopesFor, type Deed } from '../api/scopes.ts';
import { channelShape } from '../shapes/channel.ts';
import { channelNamed, createChannel, isDirect } from '../state/channels.ts';
import { announce } from '../state/messages.ts';
import type { Channel } from '../state/model.ts';
import { seconds } from '../state/workspace.ts';

/** Making channels and changing what they are. */
export const channelMethods: MethodTable = {
  'conversations.create': { tier: 2, scopes: scopesFor('manage'), required: [], json: true, run: create },
  'conversations.rename': { tier: 2, scopes: scopesFor('manage'), required: ['channel', 'name'], json: true, run: rename },
  'conversations.archive': { tier: 2, scopes: scopesFor('manage'), required: ['channel'], json: true, run: archive },
  'conversations.unarchive': { tier: 2, scopes: scopesFor('manage'), required: ['channel'], json: true, run: unarchive },
  'conversations.setTopic': { tier: 2, scopes: scopesFor('topic'), required: ['channel'], json: true, run: setTopic },
  'conversations.setPurpose': { tier: 2, scopes: scopesFor('topic'), required: ['channel'], json: true, run: setPurpose },
};

const noteMax = 250;

function create(call: MethodCall): Answer {
  if (call.args.name === undefined) return refuseArguments(['missing required field: name']);
  const name = textOf(call.args, 'name');
  const wrong = nameRefusal(call, name, null) ?? scopeRefusal(call.app, 'manage', flagOf(call.args, 'is_private') ? 'private' : 'public');
  if (wrong) return wrong;
  const channel = createChannel(call.workspace, name, flagOf(call.args, 'is_private'), call.app.botUserId);
  return accept({ channel: channelShape(call.workspace, channel) });
}

function rename(call: MethodCall): Answer {
  const channel = ownChannel(call, 'manage');
  if (isRefusal(channel)) return channel;
  if (channel.archived) return refuse('is_archived');
  if (channel.creator !== call.app.botUserId) return refuse('not_authorized');
  const name = textOf(call.args, 'name');
  const wrong = nameRefusal(call, name, channel);
  if (wrong) return wrong;
  channel.previousNames = [channel.name, ...channel.previousNames];
  channel.name = name;
  call.workspace.tell({ kind: 'channel-renamed', channel, by: call.app.botUserId });
  return accept({ channel: channelShape(call.workspace, channel) });
}

function archive(call: MethodCall): Answer {
  const channel = ownChannel(call, 'manage');
  if (isRefusal(channel)) return channel;
  if (channel.archived) return refuse('already_archived');
  if (channel.general) return refuse('cant_archive_general');
  channel.archived = true;
  call.workspace.tell({ kind: 'channel-archived', channel, by: call.app.botUserId });
  return accept();
}

function unarchive(call: MethodCall): Answer {
  const channel = scopedChannel(call, textOf(call.args, 'channel'), 'manage');
  if (isRefusal(channel)) return channel;
  if (!channel.archived) return refuse('not_archived');
  channel.archived = false;
  call.workspace.tell({ kind: 'channel-unarchived', channel, by: call.app.botUserId });
  return accept();
}

function setTopic(call: MethodCall): Answer {
  const note = noteOf(call, 'topic');
  if (isRefusal(note)) return note;
  const { channel, value } = note;
  channel.topic = { value, creator: call.app.botUserId, lastSet: seconds(call.workspace) };
  call.workspace.tell({ kind: 'channel-changed', channel, by: call.app.botUserId });
  announce(call.workspace, channel, 'channel_topic', call.app.botUserId, `set the channel topic: ${value}`);
  return accept({ channel: channelShape(call.workspace, channel) });
}

function setPurpose(call: MethodCall): Answer {
  const note = noteOf(call, 'purpose');
  if (isRefusal(note)) return note;
  const { channel, value } = note;
  channel.purpose = { value, creator: call.app.botUserId, lastSet: seconds(call.workspace) };
  call.workspace.tell({ kind: 'channel-changed', channel, by: call.app.botUserId });
  announce(call.workspace, channel, 'channel_purpose', call.app.botUserId, `set the channel description: ${value}`);
  return accept();
}

/** The new topic or purpose and where it goes. An empty one is allowed, an absent one is not. */
function noteOf(call: MethodCall, name: 'topic' | 'purpose'): { channel: Channel; value: string } | Refusal {
  if (call.args[name] === undefined) return refuseArguments([`missing required field: ${name}`]);
  const channel = ownChannel(call, 'topic');
  if (isRefusal(channel)) return channel;
  if (channel.archived) return refuse('is_archived');
  const value = textOf(call.args, name);
  return Array.from(value).length > noteMax ? refuse('too_long') : { channel, value };
}

/** A channel, not a direct message, that the app is in and may change. */
function ownChannel(call: MethodCall, deed: Deed): Channel | Refusal {
  const channel = scopedChannel(call, textOf(call.args, 'channel'), deed);
  if (isRefusal(channel)) return channel;
  if (isDirect(channel)) return refuse('method_not_supported_for_channel_type');
  return isMember(call, channel) ? channel : refuse('not_in_channel');
}

/** Slack's rules for names; the names of archived channels stay taken. */
function nameRefusal(call: MethodCall, name: string, own: Channel | null): Refusal | null {
  if (name === '') return refuse('invalid_name_required');
  if (name.length > 80) return refuse('invalid_name_maxlength');
  if (/^[-_]+$/.test(name)) return refuse('invalid_name_punctuation');
  if (!/^[a-z0-9_-]+$/.test(name)) return refuse('invalid_name_specials');
  const namesake = channelNamed(call.workspace, name);
  return namesake && namesake !== own ? refuse('name_taken') : null;
}
