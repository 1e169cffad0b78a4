import { failed } from './error.ts';
import type { SchemaError } from './error.ts';
import { inspect } from './inspect.ts';
import { isRecord, recordsIn } from './record.ts';
import { brokenRules } from './rules.ts';
import { ATTACHMENTS, MESSAGE_BLOCKS, MESSAGE_METADATA } from './tables/payloads.ts';
import { textLength } from './text-length.ts';

/** Checks a message's `blocks`; `blocks.validate` passes an empty `pointer`, because its pointers start at the list itself. */
export function validateMessageBlocks(blocks: unknown, pointer = '/blocks'): SchemaError[] {
  return inspect(MESSAGE_BLOCKS, blocks, pointer, 'message', () => brokenRules(blocks, pointer));
}

/** Checks a message's `attachments` and the blocks in them; what older fields such as `actions` contain is not looked at. */
export function validateAttachments(attachments: unknown): SchemaError[] {
  const known = Object.keys(ATTACHMENTS.of.fields);
  const hasStrangeKeys = recordsIn(attachments).some((attachment) => Object.keys(attachment).some((key) => !known.includes(key)));
  if (hasStrangeKeys) return [failed('', 'invalid_keys')];
  return inspect(ATTACHMENTS, attachments, '/attachments', 'message', () =>
    recordsIn(attachments).flatMap(({ blocks }, index) => brokenRules(blocks, `/attachments/${index}/blocks`)),
  );
}

/** Checks a message's `metadata`: an `event_type` and an `event_payload`, nothing else. */
export function validateMetadata(metadata: unknown): SchemaError[] {
  return inspect(MESSAGE_METADATA, metadata, '/metadata', 'message');
}

/** The text of all blocks together, in code points; above 13 200 Slack answers `msg_blocks_too_long`. */
export function totalBlockText(blocks: unknown): number {
  return textLength(isRecord(blocks) ? [blocks] : blocks);
}
