import type { Instant, StreamId, TokenId } from '../brand.ts';
import type { Actor, Person } from '../incident/event.ts';
import type { Alert } from './alert.ts';

/** How many groups make a storm; as it was configured when a group opened. */
export type StormLimits = { readonly groups: number; readonly withinMs: number };

/** Everything that can happen to a group of alerts. */
export type AlertFact =
  | {
      type: 'alerts-noted';
      source: string;
      group: string;
      title: string;
      left: number;
      /** When it was said. */
      saidAt: Instant;
      fired: readonly Alert[];
      /** Digests of the keys of those that fire beside what is remembered one by one. */
      more: readonly string[];
      resolved: readonly { readonly key: string; readonly endsAt: Instant | null }[];
      /** Digests of those that fire no longer. */
      fewer: readonly string[];
      overflowed: boolean;
      /** How many were known already. */
      repeats: number;
    }
  /** `again` where its message goes on, because the group flaps or is silenced. */
  | { type: 'group-opened'; token: TokenId; again: boolean; limits: StormLimits }
  /** It fires still, and nothing keeps it quiet any more: it goes on in a new message. */
  | { type: 'group-raised'; token: TokenId; limits: StormLimits }
  | { type: 'group-closed' }
  | { type: 'flapping-began' }
  | { type: 'flapping-ended' }
  | { type: 'group-silenced'; until: Instant; by: Person }
  | { type: 'silence-ended' }
  | { type: 'incident-joined'; stream: StreamId; by: Actor }
  | { type: 'held-back'; storm: number };

const KNOWN: Readonly<Record<AlertFact['type'], true>> = {
  'alerts-noted': true,
  'group-opened': true,
  'group-raised': true,
  'group-closed': true,
  'flapping-began': true,
  'flapping-ended': true,
  'group-silenced': true,
  'silence-ended': true,
  'incident-joined': true,
  'held-back': true,
};

/** Whether this version knows what to make of an event. */
export function isKnownType(type: string): boolean {
  return Object.hasOwn(KNOWN, type);
}
