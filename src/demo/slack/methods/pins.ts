import { accept, isRefusal, refuse, type Answer } from '../api/answer.ts';
import { textOf } from '../api/arguments.ts';
import { visibleChannel } from '../api/conversations.ts';
import type { MethodCall, MethodTable } from '../api/method.ts';
import { messageShape, permalink } from '../shapes/message.ts';
import { announce, messageAt } from '../state/messages.ts';
import { seconds } from '../state/workspace.ts';
import { itemOf } from './places.ts';

export const pinMethods: MethodTable = {
  'pins.add': { tier: 2, scopes: ['pins:write'], required: ['channel'], json: true, run: add },
  'pins.remove': { tier: 2, scopes: ['pins:write'], required: ['channel'], json: true, run: remove },
  'pins.list': { tier: 2, scopes: ['pins:read'], required: ['channel'], json: false, run: list },
};

/** A figure of the help pages, not of the reference. */
const pinsMax = 100;

function add(call: MethodCall): Answer {
  const item = itemOf(call);
  if (isRefusal(item)) return item;
  const { channel, message } = item;
  if (message.subtype?.startsWith('channel_')) return refuse('not_pinnable');
  if (channel.pins.some((pin) => pin.ts === message.ts)) return refuse('already_pinned');
  if (channel.pins.length >= pinsMax) return refuse('too_many_pins');
  const user = call.app.botUserId;
  channel.pins.push({ ts: message.ts, by: user, at: seconds(call.workspace) });
  call.workspace.tell({ kind: 'pinned', channel, message, user });
  announce(call.workspace, channel, 'pinned_item', user, 'pinned a message to this channel.');
  return accept();
}

function remove(call: MethodCall): Answer {
  const item = itemOf(call);
  if (isRefusal(item)) return item;
  const { channel, message } = item;
  if (!channel.pins.some((pin) => pin.ts === message.ts)) return refuse('no_pin');
  channel.pins = channel.pins.filter((pin) => pin.ts !== message.ts);
  call.workspace.tell({ kind: 'unpinned', channel, message, user: call.app.botUserId });
  return accept();
}

function list(call: MethodCall): Answer {
  const { workspace } = call;
  const channel = visibleChannel(call, textOf(call.args, 'channel'));
  if (isRefusal(channel)) return channel;
  const items = channel.pins.flatMap((pin) => {
    const message = messageAt(channel, pin.ts);
    if (!message) return [];
    const shape = { ...messageShape(workspace, channel, message), permalink: permalink(workspace, message) };
    return [{ type: 'message', channel: channel.id, created: pin.at, created_by: pin.by, message: shape }];
  });
  return accept({ items });
}
