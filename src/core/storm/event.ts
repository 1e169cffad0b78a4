import type { StreamId } from '../brand.ts';

/** Everything that can happen to the alerts of all sources together. */
export type StormFact =
  /** A group opened, and has a message of its own. */
  | { type: 'group-counted'; alerts: number; withinMs: number }
  /** So many groups have opened that the next ones share one message; those are counted in it. */
  | { type: 'storm-began'; groups: number; alerts: number; limit: number; withinMs: number }
  | { type: 'group-held-back'; stream: StreamId<'alert'>; alerts: number }
  /** More alerts in groups that were held back. */
  | { type: 'more-held-back'; alerts: number }
  | { type: 'held-back-resolved' }
  | { type: 'held-back-returned' }
  | { type: 'storm-ended' }
  /** What came in could not be read. */
  | { type: 'quarantine-noted'; source: string; says: string; kept: number };

const KNOWN: Readonly<Record<StormFact['type'], true>> = {
  'group-counted': true,
  'storm-began': true,
  'group-held-back': true,
  'more-held-back': true,
  'held-back-resolved': true,
  'held-back-returned': true,
  'storm-ended': true,
  'quarantine-noted': true,
};

/** Whether this version knows what to make of an event. */
export function isKnownType(type: string): boolean {
  return Object.hasOwn(KNOWN, type);
}
