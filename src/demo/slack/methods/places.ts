import { isRefusal, refuse, type Refusal } from '../api/answer.ts';
import { textOf } from '../api/arguments.ts';
import { isMember, visibleChannel } from '../api/conversations.ts';
import type { MethodCall } from '../api/method.ts';
import { messageAt } from '../state/messages.ts';
import type { Channel, Message } from '../state/model.ts';

/** The message that a pin or reaction is about, in a channel that the app is in. */
export function itemOf(call: MethodCall): { channel: Channel; message: Message } | Refusal {
  const channel = visibleChannel(call, textOf(call.args, 'channel'));
  if (isRefusal(channel)) return channel;
  if (!isMember(call, channel)) return refuse('not_in_channel');
  const ts = textOf(call.args, 'timestamp');
  if (ts === '') return refuse('no_item_specified');
  if (!/^\d+\.\d+$/.test(ts)) return refuse('bad_timestamp');
  const message = messageAt(channel, ts);
  return message ? { channel, message } : refuse('message_not_found');
}
