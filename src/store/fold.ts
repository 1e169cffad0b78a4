import type { Instant } from '../core/brand.ts';
import type { IncidentEvent } from '../core/incident/event.ts';
import type { IncidentState } from '../core/incident/state.ts';

/** The rules by which events become a state; the store keeps what they make, and knows none of them. */
export type Fold = {
  readonly initial: IncidentState;
  evolve(state: IncidentState, event: IncidentEvent): IncidentState;
  /** When time alone makes something due, or null. */
  nextDueAt(state: IncidentState): Instant | null;
  /** Has to change whenever `evolve` or `nextDueAt` does: snapshots of another version are made anew. */
  readonly version: string;
  /** Whether this version of Rollbot understands events of this type. */
  knows(type: string): boolean;
};
