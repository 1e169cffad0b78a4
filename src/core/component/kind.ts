import type { StreamKind } from '../stream-kind.ts';
import type { ComponentCommand } from './command.ts';
import { decide } from './decide.ts';
import { isKnownType } from './event.ts';
import type { ComponentFact } from './event.ts';
import { evolve, FOLD_VERSION, INITIAL } from './evolve.ts';
import { refuse } from './refusal.ts';
import type { ReleaseRefusal } from './refusal.ts';
import type { ComponentState } from './state.ts';

/** The component stream: which versions of one deployable have run on one target, and what is known of each. */
export const COMPONENT: StreamKind<ComponentState, ComponentFact, ComponentCommand, ReleaseRefusal> = {
  initial: INITIAL,
  version: FOLD_VERSION,
  evolve,
  decide,
  // It owes nothing by time alone: whoever reads it brings the time along.
  nextDueAt: () => null,
  knows: isKnownType,
  refuseNewer: (detail) => refuse('written-by-newer', detail),
};
