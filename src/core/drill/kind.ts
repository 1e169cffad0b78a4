import type { StreamKind } from '../stream-kind.ts';
import type { DrillCommand } from './command.ts';
import { decide } from './decide.ts';
import { nextDueAt } from './due.ts';
import { isKnownType } from './event.ts';
import type { DrillFact } from './event.ts';
import { evolve, FOLD_VERSION, INITIAL } from './evolve.ts';
import { refuse } from './refusal.ts';
import type { DrillRefusal } from './refusal.ts';
import type { DrillState } from './state.ts';

/** The drill stream: when a drill is next, who was told, and what became of it. What happens in it stands in its incident's. */
export const DRILL: StreamKind<DrillState, DrillFact, DrillCommand, DrillRefusal> = {
  initial: INITIAL,
  version: FOLD_VERSION,
  evolve,
  decide,
  nextDueAt,
  knows: isKnownType,
  refuseNewer: (detail) => refuse('written-by-newer', detail),
};
