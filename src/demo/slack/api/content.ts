import { describe, totalBlockText, validateAttachments, validateMessageBlocks } from '../schema/index.ts';
import { isJson } from '../state/blocks.ts';
import type { Json } from '../state/model.ts';
import { isRefusal, refuse, type Refusal } from './answer.ts';
import { listOf, structureOf, textOf, type Arguments } from './arguments.ts';

/** What a message consists of, checked. `null` means that the argument was not given. */
export interface Content {
  text: string | null;
  blocks: Json[] | null;
  attachments: Json[] | null;
  metadata: Json | null;
  warnings: string[];
}

/** Reads and checks a message's content; Slack wants text, blocks or attachments. */
export function contentOf(args: Arguments): Content | Refusal {
  const markdown = textOf(args, 'markdown_text');
  if (markdown && (textOf(args, 'text') || args.blocks)) return refuse('markdown_text_conflict');
  const blocks = listOf(args, 'blocks', 'invalid_blocks_format');
  if (isRefusal(blocks)) return blocks;
  const attachments = listOf(args, 'attachments', 'invalid_attachments');
  if (isRefusal(attachments)) return attachments;
  if (attachments && attachments.length > limits.attachments) return refuse('too_many_attachments');
  const attachmentErrors = attachments ? describe(validateAttachments(attachments)) : [];
  if (attachmentErrors.length > 0) return refuse('invalid_attachments', { errors: attachmentErrors });
  const metadata = metadataOf(args);
  if (isRefusal(metadata)) return metadata;
  const text = markdown || textOf(args, 'text');
  if (!text && !blocks?.length && !attachments?.length) return refuse('no_text');
  const wrong = blocks ? blockRefusal(blocks) : null;
  if (wrong) return wrong;
  const length = Array.from(text).length;
  return {
    text: args.text === undefined && !markdown ? null : Array.from(text).slice(0, limits.text).join(''),
    blocks: blocks?.length ? blocks : null,
    attachments,
    metadata,
    warnings: length > limits.text ? ['message_truncated'] : [],
  };
}

/** Slack's answer to blocks that break its schema, every message of it; null when they are fine. */
export function blockRefusal(blocks: readonly Json[]): Refusal | null {
  const errors = describe(validateMessageBlocks(blocks));
  if (errors.length > 0) {
    return refuse('invalid_blocks', { errors, response_metadata: { messages: errors.map((error) => `[ERROR] ${error}`) } });
  }
  return totalBlockText(blocks) > limits.allBlocks ? refuse('msg_blocks_too_long') : null;
}

/** `metadataBytes` is not documented by Slack; the rest is documented or was observed. */
const limits = { text: 40_000, allBlocks: 13_200, attachments: 100, metadataBytes: 8_000 };

function metadataOf(args: Arguments): Json | null | Refusal {
  if (args.metadata === undefined || args.metadata === null || args.metadata === '') return null;
  const metadata = structureOf(args, 'metadata');
  if (!isJson(metadata)) return refuse('invalid_metadata_format');
  if (Object.keys(metadata).length === 0) return {};
  if (typeof metadata.event_type !== 'string' || !isJson(metadata.event_payload)) return refuse('invalid_metadata_format');
  return JSON.stringify(metadata).length > limits.metadataBytes ? refuse('metadata_too_large') : metadata;
}
