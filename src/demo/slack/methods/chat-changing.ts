import { accept, isRefusal, refuse, type Answer, type Refusal } from '../api/answer.ts';
import { textOf } from '../api/arguments.ts';
import { contentOf, type Content } from '../api/content.ts';
import { visibleChannel } from '../api/conversations.ts';
import type { MethodCall, MethodTable } from '../api/method.ts';
import { messageShape, permalink } from '../shapes/message.ts';
import { edit, messageAt, remove, type Edit } from '../state/messages.ts';
import type { Channel, Message } from '../state/model.ts';

/** Changing, deleting and linking to what was said. */
export const chatChangingMethods: MethodTable = {
  'chat.update': { tier: 3, scopes: ['chat:write'], required: ['ts', 'channel'], json: true, run: update },
  'chat.delete': { tier: 3, scopes: ['chat:write'], required: ['ts', 'channel'], json: true, run: deleteMessage },
  'chat.getPermalink': { tier: 'special', scopes: [], required: ['channel', 'message_ts'], json: false, run: getPermalink },
};

/** An edit may carry less text than a new message. */
const editedTextMax = 4000;

function update(call: MethodCall): Answer {
  const place = placeOf(call, 'ts');
  if (isRefusal(place)) return place;
  const { channel, message } = place;
  if (!message.byApp) return refuse('cant_update_message');
  if (channel.archived) return refuse('is_inactive');
  if (Array.from(textOf(call.args, 'text')).length > editedTextMax) return refuse('msg_too_long');
  const content = contentOf(call.args);
  if (isRefusal(content)) return content;
  if (isBlockMismatch(message, content)) return refuse('block_mismatch');
  edit(call.workspace, channel, message, changeOf(content), call.app.botUserId);
  const shape = messageShape(call.workspace, channel, message, { metadata: true });
  return accept({ channel: channel.id, ts: message.ts, text: message.text, message: shape });
}

function deleteMessage(call: MethodCall): Answer {
  const place = placeOf(call, 'ts');
  if (isRefusal(place)) return place;
  if (!place.message.byApp) return refuse('cant_delete_message');
  remove(call.workspace, place.channel, place.message);
  return accept({ channel: place.channel.id, ts: place.message.ts });
}

function getPermalink(call: MethodCall): Answer {
  const place = placeOf(call, 'message_ts');
  if (isRefusal(place)) return place;
  return accept({ channel: place.channel.id, permalink: permalink(call.workspace, place.message) });
}

function placeOf(call: MethodCall, tsName: string): { channel: Channel; message: Message } | Refusal {
  const channel = visibleChannel(call, textOf(call.args, 'channel'));
  if (isRefusal(channel)) return channel;
  const message = messageAt(channel, textOf(call.args, tsName));
  return message ? { channel, message } : refuse('message_not_found');
}

/** Text without blocks removes the blocks; metadata stays unless it is given, and `{}` removes it. */
function changeOf(content: Content): Edit {
  const { text, blocks, attachments, metadata } = content;
  return {
    blocks,
    ...(text === null ? {} : { text }),
    ...(attachments ? { attachments } : {}),
    ...(metadata ? { metadata: Object.keys(metadata).length > 0 ? metadata : null } : {}),
  };
}

function isBlockMismatch(message: Message, content: Content): boolean {
  if (!message.blocks?.length || !content.blocks) return false;
  return message.blocks.every((block) => block.type === 'rich_text') && content.blocks.every((block) => block.type !== 'rich_text');
}
