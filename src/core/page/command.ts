import type { PersonId, RoleId, RunId, StreamId, TokenId } from '../brand.ts';
import type { Acting } from '../incident/command.ts';
import type { Actor } from '../incident/event.ts';
import type { PinnedChain } from './chain.ts';
import type { Reached } from './event.ts';
import type { Delivery } from './port.ts';
import type { AnsweredBy, Answerer, ClosedHow, DeliveryKey, PageOrder } from './state.ts';

/** Everything that can be said to a page. */
export type PageCommand =
  /** The same page asked for again is the same page; where it wants more by then, people are called anew. */
  | ({ kind: 'open-page' } & PageOrder)
  | { kind: 'link-page'; incident: StreamId; run: RunId | null }
  | { kind: 'pin-chain'; chain: PinnedChain; token: TokenId }
  /** Whom the stage calls, as it was looked up at this moment. */
  | { kind: 'begin-stage'; stage: number; people: readonly Reached[]; says: string | null }
  | ({ kind: 'intend-delivery'; attempt: number; executor: string } & DeliveryKey)
  | ({ kind: 'note-delivery'; attempt: number; delivery: Delivery } & DeliveryKey)
  | { kind: 'fall-silent' }
  | ({ kind: 'note-settled'; as: 'acknowledged' | 'resolved'; delivery: Delivery } & DeliveryKey)
  /** `roles` are those of who answers, `commanders` may always; `holdsMs` is how long the answer counts, for ever where it is null. */
  | {
      kind: 'acknowledge';
      by: Answerer;
      roles: readonly RoleId[];
      commanders: readonly RoleId[];
      how: AnsweredBy;
      holdsMs: number | null;
    }
  | { kind: 'lapse-answer' }
  /** Somebody has done their part, and others are wanted: where it is they who have the page, the next ones are called. */
  | { kind: 'pass-on'; person: PersonId }
  | ({ kind: 'escalate'; commanders: readonly RoleId[] } & Acting)
  | ({ kind: 'end-page'; commanders: readonly RoleId[] } & Acting)
  /** What it was about is over, or it has rested long enough. */
  | { kind: 'close-page'; how: Exclude<ClosedHow, 'by-person'>; says: string; by: Actor };
