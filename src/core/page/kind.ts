import type { StreamKind } from '../stream-kind.ts';
import type { PageCommand } from './command.ts';
import { decide } from './decide.ts';
import { nextDueAt } from './due.ts';
import { isKnownType } from './event.ts';
import type { PageFact } from './event.ts';
import { evolve, FOLD_VERSION, INITIAL } from './evolve.ts';
import { refuse } from './refusal.ts';
import type { PageRefusal } from './refusal.ts';
import type { PageState } from './state.ts';

/** The page stream: one call for somebody, whom it has reached, and who has it. */
export const PAGE: StreamKind<PageState, PageFact, PageCommand, PageRefusal> = {
  initial: INITIAL,
  version: FOLD_VERSION,
  evolve,
  decide,
  nextDueAt,
  knows: isKnownType,
  refuseNewer: (detail) => refuse('written-by-newer', detail),
};
