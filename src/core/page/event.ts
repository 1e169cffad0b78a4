import type { RunId, StreamId, TokenId } from '../brand.ts';
import type { Medium } from '../contact/schema.ts';
import type { Actor, Person } from '../incident/event.ts';
import type { PinnedChain } from './chain.ts';
import type { AnsweredBy, Answerer, Called, ClosedHow, DeliveryKey, PageOrder, Stage } from './state.ts';

/** Somebody who is called, and by what. */
export type Reached = Called & { readonly media: readonly Medium[] };

/** Everything that can happen to a page. */
export type PageFact =
  | ({ type: 'page-opened' } & PageOrder)
  /** What it is about is known better now; `run` is null where it goes on after that one. */
  | { type: 'page-linked'; incident: StreamId; run: RunId | null }
  | { type: 'chain-pinned'; chain: PinnedChain; token: TokenId }
  | {
      type: 'stage-began';
      stage: number;
      kind: Stage['kind'];
      round: number;
      waitMs: number;
      people: readonly Reached[];
      says: string | null;
    }
  | ({ type: 'delivery-intended'; attempt: number; executor: string } & DeliveryKey)
  | ({
      type: 'delivery-noted';
      attempt: number;
      status: 'sent' | 'delivered' | 'failed' | 'unknown';
      says: string;
      ref: string | null;
      /** After how long it is sent once more; null where that is of no use. */
      againMs: number | null;
    } & DeliveryKey)
  | { type: 'stage-escalated'; stage: number; by: Person }
  /** Everybody was called, and nobody has answered. */
  | { type: 'page-silent' }
  /** `holdsMs`: how long the answer counts where what is wanted does not come; for ever where it is left out. */
  | { type: 'page-acknowledged'; by: Answerer; how: AnsweredBy; holdsMs?: number }
  /** Whoever had it has not done what was wanted, or `done`, their part of it, so the next ones are called. */
  | { type: 'answer-lapsed'; done?: true }
  /** More is wanted than before; `calls`: people are called from the beginning, also whoever had it or had ended it. */
  | ({ type: 'page-renewed'; rank: number; calls: boolean } & Pick<PageOrder, 'summary' | 'details' | 'severity'>)
  | ({ type: 'delivery-settled'; as: 'acknowledged' | 'resolved'; done: boolean; says: string } & DeliveryKey)
  | { type: 'page-closed'; how: ClosedHow; says: string; by: Actor };

const KNOWN: Readonly<Record<PageFact['type'], true>> = {
  'page-opened': true,
  'page-linked': true,
  'chain-pinned': true,
  'stage-began': true,
  'delivery-intended': true,
  'delivery-noted': true,
  'stage-escalated': true,
  'page-silent': true,
  'page-acknowledged': true,
  'answer-lapsed': true,
  'page-renewed': true,
  'delivery-settled': true,
  'page-closed': true,
};

/** Whether this version knows what to make of an event. */
export function isKnownType(type: string): boolean {
  return Object.hasOwn(KNOWN, type);
}
