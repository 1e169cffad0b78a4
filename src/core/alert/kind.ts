import type { StreamKind } from '../stream-kind.ts';
import type { AlertCommand } from './command.ts';
import { decide } from './decide.ts';
import { isKnownType } from './event.ts';
import type { AlertFact } from './event.ts';
import { evolve, FOLD_VERSION, INITIAL, nextDueAt } from './evolve.ts';
import { refuse } from './refusal.ts';
import type { AlertRefusal } from './refusal.ts';
import type { AlertState } from './state.ts';

/** The alert stream: one group of alerts of one source, for as long as it is heard of. */
export const ALERT: StreamKind<AlertState, AlertFact, AlertCommand, AlertRefusal> = {
  initial: INITIAL,
  version: FOLD_VERSION,
  evolve,
  decide,
  nextDueAt,
  knows: isKnownType,
  refuseNewer: (detail) => refuse('written-by-newer', detail),
};
