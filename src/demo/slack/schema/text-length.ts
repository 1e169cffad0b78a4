import { isRecord } from './record.ts';
import { codePoints } from './scalar.ts';

/** The fields whose strings people read; ids, values and links don't count. */
const READABLE = new Set(['text', 'title', 'caption', 'label', 'name', 'alt_text']);

/** The length of everything a person reads in a part of a payload, in code points. */
export function textLength(value: unknown): number {
  if (Array.isArray(value)) return value.reduce((sum: number, item: unknown) => sum + textLength(item), 0);
  if (!isRecord(value)) return 0;
  return Object.entries(value).reduce(
    (sum, [key, part]) => sum + (typeof part === 'string' ? (READABLE.has(key) ? codePoints(part) : 0) : textLength(part)),
    0,
  );
}
