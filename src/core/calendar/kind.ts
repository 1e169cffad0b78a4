import type { StreamKind } from '../stream-kind.ts';
import type { CalendarCommand } from './command.ts';
import { decide } from './decide.ts';
import { isKnownType } from './event.ts';
import type { CalendarFact } from './event.ts';
import { evolve, FOLD_VERSION, INITIAL } from './evolve.ts';
import { refuse } from './refusal.ts';
import type { CalendarRefusal } from './refusal.ts';
import type { CalendarState } from './state.ts';

/** The calendar of a rotation: who is on call instead of whose turn it is. Time alone makes nothing happen in it. */
export const CALENDAR: StreamKind<CalendarState, CalendarFact, CalendarCommand, CalendarRefusal> = {
  initial: INITIAL,
  version: FOLD_VERSION,
  evolve,
  decide,
  nextDueAt: () => null,
  knows: isKnownType,
  refuseNewer: (detail) => refuse('written-by-newer', detail),
};
