import type { StreamKind } from '../stream-kind.ts';
import type { VendorCommand } from './command.ts';
import { decide } from './decide.ts';
import { nextDueAt } from './due.ts';
import { isKnownType } from './event.ts';
import type { VendorFact } from './event.ts';
import { evolve, FOLD_VERSION, INITIAL } from './evolve.ts';
import { refuse } from './refusal.ts';
import type { VendorRefusal } from './refusal.ts';
import type { VendorState } from './state.ts';

/** A vendor who is to be asked in an incident: a task of one person, until somebody says that it was done. */
export const VENDOR: StreamKind<VendorState, VendorFact, VendorCommand, VendorRefusal> = {
  initial: INITIAL,
  version: FOLD_VERSION,
  evolve,
  decide,
  nextDueAt,
  knows: isKnownType,
  refuseNewer: (detail) => refuse('written-by-newer', detail),
};
