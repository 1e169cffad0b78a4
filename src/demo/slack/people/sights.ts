import type { Sighting } from '../interface.ts';
import { labelOf, placedElements } from '../state/blocks.ts';
import { channelLabel } from '../state/channels.ts';
import type { Channel, Json, Message, View } from '../state/model.ts';
import type { Workspace } from '../state/workspace.ts';
import { renderBlocks, renderMarkup } from './rendering.ts';

/** A message as `viewer` sees it; without a viewer, as the app would name its place. */
export function messageSight(workspace: Workspace, channel: Channel, message: Message, viewer: string | null = null): Sighting {
  const blocks = message.blocks ?? [];
  const shown = blocks.length > 0 ? renderBlocks(workspace, blocks) : renderMarkup(workspace, message.text);
  const files = message.files.flatMap((id) => workspace.files.get(id) ?? []);
  const attachments = message.attachments.map((attachment) => renderAttachment(workspace, attachment));
  return {
    kind: message.to === null ? 'message' : 'ephemeral',
    id: message.ts,
    ts: message.ts,
    threadTs: message.threadTs,
    channel: channelLabel(workspace, channel, viewer ?? undefined),
    channelId: channel.id,
    author: workspace.users.get(message.user)?.name ?? message.user,
    byApp: message.byApp,
    text: [shown, ...attachments, ...files.map((file) => `[file: ${file.title}]`)].filter((part) => part !== '').join('\n'),
    notification: renderMarkup(workspace, message.text),
    blocks,
    buttons: buttonsOf(blocks),
    edits: message.edits,
    reactions: [...message.reactions.keys()],
    files: files.map((file) => ({ id: file.id, title: file.title, content: contentOf(file.content) })),
  };
}

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** What a person sees of a file: a text, or a picture as an address that holds it. */
function contentOf(bytes: Buffer | null): string {
  if (bytes === null) return '';
  return bytes.subarray(0, PNG.length).equals(PNG) ? `data:image/png;base64,${bytes.toString('base64')}` : bytes.toString();
}

/** A modal or home as its owner sees it; the labels of closing and submitting stand in its last line. */
export function viewSight(workspace: Workspace, view: View): Sighting {
  const title = labelOf(view.content.title);
  const submit = labelOf(view.content.submit);
  const close = view.kind === 'modal' ? labelOf(view.content.close) || 'Cancel' : '';
  const footer = [close, submit].filter((label) => label !== '');
  const lines = [title, renderBlocks(workspace, view.blocks), footer.map((label) => `[${label}]`).join(' ')];
  return {
    kind: view.kind === 'home' ? 'home' : 'view',
    id: view.id,
    ts: '',
    threadTs: null,
    channel: '',
    channelId: '',
    author: workspace.app?.name ?? '',
    byApp: true,
    text: lines.filter((line) => line !== '').join('\n'),
    notification: title,
    blocks: view.blocks,
    buttons: buttonsOf(view.blocks),
    edits: 0,
    reactions: [],
    files: [],
  };
}

/** The labels of all buttons, in reading order. */
function buttonsOf(blocks: readonly Json[]): string[] {
  return placedElements(blocks).flatMap(({ element }) => (element.type === 'button' ? [labelOf(element.text)] : []));
}

function renderAttachment(workspace: Workspace, attachment: Json): string {
  const own = [attachment.pretext, attachment.title, attachment.text].filter((part) => typeof part === 'string');
  const blocks = Array.isArray(attachment.blocks) ? renderBlocks(workspace, attachment.blocks) : '';
  return [...own.map((part) => renderMarkup(workspace, part)), blocks].filter((part) => part !== '').join('\n');
}
