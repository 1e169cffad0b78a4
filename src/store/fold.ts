import type { Instant, StreamId } from '../core/brand.ts';
import { prefixOf } from '../core/kinds.ts';
import type { Kind } from '../core/kinds.ts';

/** A state of whatever kind, as far as the store looks into it. */
export type AnyState = { readonly status: string; readonly channel?: { readonly id: string } | null };
/** An event of whatever kind, without and with its time. */
export type AnyFact = { readonly type: string };
export type AnyEvent = AnyFact & { readonly at: Instant };

/** The rules by which the events of one kind become a state; the store keeps what they make, and knows none of them. */
export type Fold<State extends AnyState = AnyState, Event extends AnyEvent = AnyEvent> = {
  readonly initial: State;
  evolve(state: State, event: Event): State;
  /** When time alone makes something due, or null. */
  nextDueAt(state: State): Instant | null;
  /** Has to change whenever `evolve` or `nextDueAt` does: snapshots of another version are made anew. */
  readonly version: string;
  /** Whether this version of Rollbot understands events of this type. */
  knows(type: string): boolean;
};

/** The fold of each kind of stream. */
export type Folds = { readonly [K in Kind]: Fold };

/** The fold of a stream's kind. One that a newer Rollbot has made is folded by knowing nothing, so it is only read. */
export function foldOf(folds: Folds, stream: StreamId<string>): Fold {
  const kind = prefixOf(stream);
  return Object.hasOwn(folds, kind) ? folds[kind as Kind] : NEWER;
}

const NEWER: Fold = { initial: { status: 'none' }, evolve: (state) => state, nextDueAt: () => null, version: 'newer', knows: () => false };
