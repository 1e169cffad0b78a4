import { accept, isRefusal, refuse, refuseArguments, type Answer, type Refusal } from '../api/answer.ts';
import { listOf, structureOf, textOf } from '../api/arguments.ts';
import { blockRefusal } from '../api/content.ts';
import { isMember, visibleChannel } from '../api/conversations.ts';
import type { MethodCall, MethodTable } from '../api/method.ts';
import { fileShape } from '../shapes/file.ts';
import { isJson, text } from '../state/blocks.ts';
import { post } from '../state/messages.ts';
import type { Channel, Json, StoredFile } from '../state/model.ts';
import { seconds } from '../state/workspace.ts';

/** Uploading in three steps; the second is a plain POST to the address that the first one gives. */
export const fileMethods: MethodTable = {
  'files.getUploadURLExternal': { tier: 4, scopes: ['files:write'], required: ['length', 'filename'], json: false, run: getUploadUrl },
  'files.completeUploadExternal': { tier: 4, scopes: ['files:write'], required: ['files'], json: true, run: completeUpload },
  'files.info': { tier: 4, scopes: ['files:read'], required: ['file'], json: false, run: info },
};

const limits = { snippetBytes: 1_000_000, altText: 1000, channels: 100 };

function getUploadUrl(call: MethodCall): Answer {
  const { workspace, args } = call;
  const length = Number(args.length);
  if (!Number.isInteger(length)) return refuseArguments(['must provide an integer [json-pointer:/length]']);
  if (length < 1) return refuse('missing_argument');
  if (textOf(args, 'snippet_type') && length > limits.snippetBytes) return refuse('snippet_too_large');
  if (Array.from(textOf(args, 'alt_txt')).length > limits.altText) return refuse('alt_txt_too_large');
  const name = textOf(args, 'filename');
  const file: StoredFile = {
    id: workspace.ids.serial('F'),
    name,
    title: name,
    length,
    createdAt: seconds(workspace),
    by: call.app.botUserId,
    uploadTicket: workspace.ids.hex(24),
    content: null,
    completed: false,
    shares: [],
  };
  workspace.files.set(file.id, file);
  return accept({ upload_url: call.uploadUrl(file.uploadTicket), file_id: file.id });
}

function completeUpload(call: MethodCall): Answer {
  const { args } = call;
  const files = uploadedFiles(call);
  if (isRefusal(files)) return files;
  const channels = shareTargets(call);
  if (isRefusal(channels)) return channels;
  const comment = textOf(args, 'initial_comment');
  const blocks = comment ? null : listOf(args, 'blocks', 'invalid_blocks');
  if (isRefusal(blocks)) return blocks;
  const wrong = blocks ? blockRefusal(blocks) : null;
  if (wrong) return refuse(wrong.error);
  for (const { file, title } of files) Object.assign(file, { completed: true, title: title || file.title });
  call.later(() => {
    for (const channel of channels) share(call, channel, files, comment, blocks);
  });
  return accept({ files: files.map(({ file }) => fileShape(call.workspace, file)) });
}

function info(call: MethodCall): Answer {
  const file = call.workspace.files.get(textOf(call.args, 'file'));
  return file?.completed ? accept({ file: fileShape(call.workspace, file), comments: [] }) : refuse('file_not_found');
}

/** Each file must have been announced and sent before. */
function uploadedFiles(call: MethodCall): { file: StoredFile; title: string }[] | Refusal {
  const list = structureOf(call.args, 'files');
  if (!Array.isArray(list)) return refuseArguments(['must provide an array [json-pointer:/files]']);
  if (list.length === 0) return refuseArguments(['must provide at least 1 items [json-pointer:/files]']);
  const files = list.filter(isJson).flatMap((entry) => {
    const file = call.workspace.files.get(text(entry.id));
    return file?.content && !file.completed ? [{ file, title: text(entry.title) }] : [];
  });
  return files.length === list.length ? files : refuse('file_not_found');
}

function shareTargets(call: MethodCall): Channel[] | Refusal {
  const ids = [textOf(call.args, 'channel_id'), ...textOf(call.args, 'channels').split(',')].filter((id) => id !== '');
  if (ids.length > limits.channels) return refuse('channels_limit_exceeded');
  const channels: Channel[] = [];
  for (const id of ids) {
    const channel = visibleChannel(call, id);
    if (isRefusal(channel)) return channel;
    if (!isMember(call, channel)) return refuse('not_in_channel');
    if (channel.archived) return refuse('posting_to_channel_denied');
    channels.push(channel);
  }
  return channels;
}

function share(call: MethodCall, channel: Channel, files: readonly { file: StoredFile }[], comment: string, blocks: Json[] | null): void {
  const message = post(call.workspace, channel, {
    user: call.app.botUserId,
    byApp: true,
    subtype: 'file_share',
    text: comment,
    blocks,
    threadTs: textOf(call.args, 'thread_ts') || null,
    files: files.map(({ file }) => file.id),
  });
  for (const { file } of files) {
    file.shares.push({ channel: channel.id, ts: message.ts });
    call.workspace.tell({ kind: 'file-shared', channel, file: file.id, user: call.app.botUserId });
  }
}
