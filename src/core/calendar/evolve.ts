import type { Timed } from '../stream-kind.ts';
import type { CalendarFact } from './event.ts';
import { overridesAt } from './state.ts';
import type { CalendarState } from './state.ts';

/** Names the fold that made a snapshot. */
export const FOLD_VERSION = 'calendar-1';

export const INITIAL: CalendarState = { status: 'none' };

/** Folds one event into a rotation's overrides; those that are over are forgotten. Total: it never throws. */
export function evolve(before: CalendarState, event: Timed<CalendarFact>): CalendarState {
  const left = overridesAt(before, event.at);
  switch (event.type) {
    case 'override-made': {
      const { id, who, from, to, by, at: madeAt } = event;
      return { status: 'kept', overrides: [...left, { id, who, from, to, by, madeAt }] };
    }
    case 'override-cancelled':
      return { status: 'kept', overrides: left.filter(({ id }) => id !== event.id) };
    default:
      event satisfies never;
      return before;
  }
}
