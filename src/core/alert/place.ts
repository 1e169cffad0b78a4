import type { StreamId } from '../brand.ts';
import { sha256 } from '../digest.ts';

const DIGITS = 20;

/** Names the stream of a group of alerts; what sources call their groups may be anything. */
export function streamOf({ source, group }: { readonly source: string; readonly group: string }): StreamId<'alert'> {
  return `alert/${source}.${sha256(group).slice(0, DIGITS)}` as StreamId<'alert'>;
}
