import type { StreamKind } from '../stream-kind.ts';
import type { TriggerCommand } from './command.ts';
import { decide } from './decide.ts';
import { nextDueAt } from './due.ts';
import { isKnownType } from './event.ts';
import type { TriggerFact } from './event.ts';
import { evolve, FOLD_VERSION, INITIAL } from './evolve.ts';
import { refuse } from './refusal.ts';
import type { TriggerRefusal } from './refusal.ts';
import type { TriggerState } from './state.ts';

/** The trigger stream: the watches of one rule on one target, and what people made of them. */
export const TRIGGER: StreamKind<TriggerState, TriggerFact, TriggerCommand, TriggerRefusal> = {
  initial: INITIAL,
  version: FOLD_VERSION,
  evolve,
  decide,
  nextDueAt,
  knows: isKnownType,
  refuseNewer: (detail) => refuse('written-by-newer', detail),
};
