import type { Digest, StreamId } from '../core/brand.ts';
import { canonicalJson, digestOf } from '../core/digest.ts';
import type { Json } from '../core/digest.ts';
import { JournalBroken } from '../core/journal-broken.ts';
import type { AnyEvent } from './fold.ts';
import type { EventRow } from './tables.ts';

/** The end of a chain, which the next event is tied to; `hash` is null where there is none yet. */
export type Link = { readonly seq: number; readonly hash: Digest | null };

/** What a stream's first event is tied to. */
export const NO_LINK: Link = { seq: 0, hash: null };

/** Ties an event to the one before it, so that neither can be changed, moved or left out unnoticed. */
export function sealEvent(stream: StreamId<string>, before: Link, event: AnyEvent): EventRow {
  const { type, at, ...rest } = event;
  const seq = before.seq + 1;
  return { stream, seq, at, type, body: canonicalJson(rest), prev: before.hash, hash: hashOf(stream, seq, before.hash, event) };
}

/** Reads an event back; throws where its body is no JSON, which `faultOf` finds first. */
export function eventOf(row: EventRow): AnyEvent {
  const body: object = JSON.parse(row.body);
  return { ...body, type: row.type, at: row.at };
}

/** Says in a sentence what is wrong with an event or its place in the chain, or null. */
export function faultOf(row: EventRow, before: Link): string | null {
  if (row.seq !== before.seq + 1) return `event ${before.seq + 1} is missing.`;
  if (row.prev !== before.hash) return 'it is not tied to the event before it.';
  return ownFaultOf(row);
}

/** Like `faultOf`, for an event whose predecessor has not been read. */
export function ownFaultOf(row: EventRow): string | null {
  try {
    return hashOf(row.stream, row.seq, row.prev, eventOf(row)) === row.hash ? null : 'it is not what it was when it was written.';
  } catch {
    return 'its body is no JSON.';
  }
}

/** Goes along a chain from `before` and throws `JournalBroken` at its first fault. */
export function checkChain(rows: readonly EventRow[], before: Link): void {
  let link = before;
  for (const row of rows) {
    const fault = faultOf(row, link);
    if (fault !== null) throw new JournalBroken(row.stream, Math.min(row.seq, link.seq + 1), fault);
    link = row;
  }
}

function hashOf(stream: StreamId<string>, seq: number, prev: Digest | null, event: AnyEvent): Digest {
  return digestOf({ prev, stream, seq, event: event as Json });
}
