import { accept, isRefusal, refuse, type Answer, type Refusal } from '../api/answer.ts';
import { flagOf, pageOf, textOf } from '../api/arguments.ts';
import { isMember, scopedChannel } from '../api/conversations.ts';
import type { MethodCall, MethodTable } from '../api/method.ts';
import { scopesFor } from '../api/scopes.ts';
import { messageShape } from '../shapes/message.ts';
import { messageAt, repliesTo } from '../state/messages.ts';
import type { Channel, Message } from '../state/model.ts';

/** Reading what was said. */
export const historyMethods: MethodTable = {
  'conversations.history': { tier: 3, scopes: scopesFor('history'), required: ['channel'], json: true, run: history },
  'conversations.replies': { tier: 3, scopes: scopesFor('history'), required: ['channel', 'ts'], json: false, run: replies },
};

function history(call: MethodCall): Answer {
  const channel = readableChannel(call);
  if (isRefusal(channel)) return channel;
  const topLevel = channel.messages.filter((message) => !message.threadTs || message.broadcast);
  return paged(call, channel, topLevel.toReversed(), 100);
}

function replies(call: MethodCall): Answer {
  const channel = readableChannel(call);
  if (isRefusal(channel)) return channel;
  const found = messageAt(channel, textOf(call.args, 'ts'));
  const parent = found?.threadTs ? messageAt(channel, found.threadTs) : found;
  if (!parent) return refuse('thread_not_found');
  return paged(call, channel, [parent, ...repliesTo(channel, parent.ts)], 1000);
}

function readableChannel(call: MethodCall): Channel | Refusal {
  const channel = scopedChannel(call, textOf(call.args, 'channel'), 'history');
  if (isRefusal(channel)) return channel;
  return isMember(call, channel) ? channel : refuse('not_in_channel');
}

function paged(call: MethodCall, channel: Channel, messages: readonly Message[], limit: number): Answer {
  const wanted = within(call, messages);
  if (isRefusal(wanted)) return wanted;
  const page = pageOf(call.args, wanted, limit);
  if (isRefusal(page)) return page;
  const metadata = flagOf(call.args, 'include_all_metadata');
  return accept({
    messages: page.items.map((message) => messageShape(call.workspace, channel, message, { metadata })),
    has_more: page.next !== '',
    pin_count: channel.pins.length,
    response_metadata: { next_cursor: page.next },
  });
}

/** Between `oldest` and `latest`, themselves excluded unless `inclusive`. Compared as whole microseconds, for a float would lose digits. */
function within(call: MethodCall, messages: readonly Message[]): Message[] | Refusal {
  const oldest = textOf(call.args, 'oldest') || '0';
  const latest = textOf(call.args, 'latest') || '9999999999.999999';
  if (!isTimestamp(oldest)) return refuse('invalid_ts_oldest');
  if (!isTimestamp(latest)) return refuse('invalid_ts_latest');
  const inclusive = flagOf(call.args, 'inclusive');
  const [from, to] = [micros(oldest), micros(latest)];
  return messages.filter((message) => {
    const at = micros(message.ts);
    return (at > from && at < to) || (inclusive && (at === from || at === to));
  });
}

function isTimestamp(value: string): boolean {
  return /^\d+(\.\d{1,6})?$/.test(value);
}

function micros(ts: string): bigint {
  const [whole = '0', part = ''] = ts.split('.');
  return BigInt(whole) * 1_000_000n + BigInt(part.padEnd(6, '0'));
}
