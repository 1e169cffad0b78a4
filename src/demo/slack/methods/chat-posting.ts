import { accept, isRefusal, refuse, refuseScope, type Answer, type Refusal } from '../api/answer.ts';
import { flagOf, textOf } from '../api/arguments.ts';
import { contentOf, type Content } from '../api/content.ts';
import { isMember, postableChannel } from '../api/conversations.ts';
import type { MethodCall, MethodTable } from '../api/method.ts';
import { messageShape } from '../shapes/message.ts';
import { messageAt, post, showEphemeral } from '../state/messages.ts';
import type { Channel } from '../state/model.ts';

/** Saying something new. */
export const chatPostingMethods: MethodTable = {
  'chat.postMessage': { tier: 'posting', scopes: ['chat:write'], required: ['channel'], json: true, run: postMessage },
  'chat.postEphemeral': { tier: 4, scopes: ['chat:write'], required: ['user', 'channel'], json: true, run: postEphemeral },
};

function postMessage(call: MethodCall): Answer {
  const channel = postableChannel(call, textOf(call.args, 'channel'));
  if (isRefusal(channel)) return channel;
  const content = allowedContent(call);
  if (isRefusal(content)) return content;
  const thread = threadOf(call, channel);
  if (isRefusal(thread)) return thread;
  const message = post(call.workspace, channel, {
    ...written(call, content),
    metadata: content.metadata,
    threadTs: thread,
    broadcast: flagOf(call.args, 'reply_broadcast'),
  });
  const shape = messageShape(call.workspace, channel, message, { metadata: true });
  return accept({ channel: channel.id, ts: message.ts, message: shape, ...warningsOf(content) });
}

function postEphemeral(call: MethodCall): Answer {
  const channel = postableChannel(call, textOf(call.args, 'channel'));
  if (isRefusal(channel)) return channel;
  if (!isMember(call, channel)) return refuse('not_in_channel');
  const user = textOf(call.args, 'user');
  if (!channel.members.has(user)) return refuse('user_not_in_channel');
  const content = allowedContent(call);
  if (isRefusal(content)) return content;
  const thread = threadOf(call, channel);
  if (isRefusal(thread)) return thread;
  const message = showEphemeral(call.workspace, channel, user, { ...written(call, content), threadTs: thread });
  return accept({ message_ts: message.ts, ...warningsOf(content) });
}

/** The content, when the app may also use the name or icon that it asks for. */
function allowedContent(call: MethodCall): Content | Refusal {
  const customised = ['username', 'icon_emoji', 'icon_url'].some((name) => textOf(call.args, name) !== '');
  if (customised && !call.app.scopes.includes('chat:write.customize')) return refuseScope(['chat:write.customize'], call.app.scopes);
  return contentOf(call.args);
}

/** The parent's ts, null outside threads. Only a message that is no reply itself can be replied to. */
function threadOf(call: MethodCall, channel: Channel): string | null | Refusal {
  const ts = textOf(call.args, 'thread_ts');
  if (ts === '') return null;
  const parent = messageAt(channel, ts);
  return parent && (parent.threadTs === null || parent.threadTs === ts) ? ts : refuse('cannot_reply_to_message');
}

function written(call: MethodCall, content: Content) {
  return {
    user: call.app.botUserId,
    byApp: true,
    text: content.text ?? '',
    blocks: content.blocks,
    attachments: content.attachments ?? [],
  };
}

function warningsOf(content: Content) {
  const { warnings } = content;
  return warnings.length > 0 ? { warning: warnings.join(','), response_metadata: { warnings } } : {};
}
