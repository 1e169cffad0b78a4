import type { Instant } from './brand.ts';

/** An event: what the rules said should happen, with the time at which it did. */
export type Timed<Fact> = Fact & { readonly at: Instant };

/** What makes a kind of stream: its rules, as the journal asks them, and its fold, as the store does. */
export type StreamKind<State extends { readonly status: string }, Fact extends { readonly type: string }, Command, Refusal> = {
  /** What a stream is before its first event. */
  readonly initial: State;
  /** Has to change whenever `evolve` or `nextDueAt` does, and is another one for each kind: snapshots of other versions are made anew. */
  readonly version: string;
  /** Folds one event. Total: an event that does not fit changes nothing, and it never throws. */
  evolve(state: State, event: Timed<Fact>): State;
  /** What a command makes happen, or why it is refused. */
  decide(state: State, command: Command, now: Instant): readonly Fact[] | Refusal;
  /** When time alone makes something due, or null. */
  nextDueAt(state: State): Instant | null;
  /** Whether this version of Rollbot understands events of this type. */
  knows(type: string): boolean;
  /** Refuses what would change a stream that a newer Rollbot has written to. */
  refuseNewer(detail: string): Refusal;
};
