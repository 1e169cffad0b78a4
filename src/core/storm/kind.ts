import type { StreamKind } from '../stream-kind.ts';
import type { StormCommand } from './command.ts';
import { decide } from './decide.ts';
import { isKnownType } from './event.ts';
import type { StormFact } from './event.ts';
import { calmFrom, evolve, FOLD_VERSION, INITIAL } from './evolve.ts';
import type { StormState } from './state.ts';

/** The only thing that can be said against a command: everything else is counted. */
export type StormRefusal = { readonly refusal: 'written-by-newer'; readonly says: string };

/** The storm stream: what is true of the alerts of all sources together, so that a flood of them stays one message. */
export const STORM: StreamKind<StormState, StormFact, StormCommand, StormRefusal> = {
  initial: INITIAL,
  version: FOLD_VERSION,
  evolve,
  decide,
  nextDueAt: calmFrom,
  knows: isKnownType,
  refuseNewer: (detail) => ({ refusal: 'written-by-newer', says: `This was written by a newer Rollbot. ${detail}` }),
};
