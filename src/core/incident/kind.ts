import type { StreamKind } from '../stream-kind.ts';
import type { Command } from './command.ts';
import { decide } from './decide.ts';
import { nextDueAt } from './due.ts';
import { isKnownType } from './event.ts';
import type { IncidentFact } from './event.ts';
import { evolve, FOLD_VERSION, INITIAL } from './evolve.ts';
import { refuse } from './refusal.ts';
import type { Refusal } from './refusal.ts';
import type { IncidentState } from './state.ts';

/** The incident stream: what people deal with, and the runs in it. */
export const INCIDENT: StreamKind<IncidentState, IncidentFact, Command, Refusal> = {
  initial: INITIAL,
  version: FOLD_VERSION,
  evolve,
  decide,
  nextDueAt,
  knows: isKnownType,
  refuseNewer: (detail) => refuse('written-by-newer', detail),
};
