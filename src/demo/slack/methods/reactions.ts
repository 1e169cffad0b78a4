import { accept, isRefusal, refuse, type Answer } from '../api/answer.ts';
import { textOf } from '../api/arguments.ts';
import type { MethodCall, MethodTable } from '../api/method.ts';
import { messageShape, permalink } from '../shapes/message.ts';
import { addReaction, removeReaction } from '../state/reactions.ts';
import { itemOf } from './places.ts';

export const reactionMethods: MethodTable = {
  'reactions.add': { tier: 3, scopes: ['reactions:write'], required: ['name'], json: true, run: add },
  'reactions.remove': { tier: 2, scopes: ['reactions:write'], required: ['name'], json: true, run: remove },
  'reactions.get': { tier: 3, scopes: ['reactions:read'], required: [], json: false, run: get },
};

function add(call: MethodCall): Answer {
  const name = textOf(call.args, 'name');
  if (!/^[a-z0-9_+'-]+(::skin-tone-[2-6])?$/.test(name)) return refuse('invalid_name');
  const item = itemOf(call);
  if (isRefusal(item)) return item;
  if (item.channel.archived) return refuse('is_archived');
  return addReaction(call.workspace, item.channel, item.message, call.app.botUserId, name) ? accept() : refuse('already_reacted');
}

function remove(call: MethodCall): Answer {
  const item = itemOf(call);
  if (isRefusal(item)) return item;
  const removed = removeReaction(call.workspace, item.channel, item.message, call.app.botUserId, textOf(call.args, 'name'));
  return removed ? accept() : refuse('no_reaction');
}

function get(call: MethodCall): Answer {
  const item = itemOf(call);
  if (isRefusal(item)) return item;
  const { channel, message } = item;
  const shape = { ...messageShape(call.workspace, channel, message), permalink: permalink(call.workspace, message) };
  return accept({ type: 'message', channel: channel.id, message: shape });
}
