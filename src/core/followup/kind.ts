import type { StreamKind } from '../stream-kind.ts';
import type { FollowUpCommand } from './command.ts';
import { decide } from './decide.ts';
import { nextDueAt } from './due.ts';
import { isKnownType } from './event.ts';
import type { FollowUpFact } from './event.ts';
import { evolve, FOLD_VERSION, INITIAL } from './evolve.ts';
import { refuse } from './refusal.ts';
import type { FollowUpRefusal } from './refusal.ts';
import type { FollowUpState } from './state.ts';

/** The follow-up stream: what an incident leaves to be done. It goes on after the incident is closed. */
export const FOLLOW_UP: StreamKind<FollowUpState, FollowUpFact, FollowUpCommand, FollowUpRefusal> = {
  initial: INITIAL,
  version: FOLD_VERSION,
  evolve,
  decide,
  nextDueAt,
  knows: isKnownType,
  refuseNewer: (detail) => refuse('written-by-newer', detail),
};
