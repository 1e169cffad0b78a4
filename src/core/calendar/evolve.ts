import type { Timed } from '../stream-kind.ts';
import type { CalendarFact } from './event.ts';
import { cancelledAt, overridesAt } from './state.ts';
import type { CalendarState } from './state.ts';

/** Names the fold that made a snapshot. */
export const FOLD_VERSION = 'calendar-2';

/** Whoever takes back more in one go is understood all the same. */
const MOST_CANCELLED = 50;

export const INITIAL: CalendarState = { status: 'none' };

/** Folds one event into a rotation's overrides; those that are over are forgotten. Total: it never throws. */
export function evolve(before: CalendarState, event: Timed<CalendarFact>): CalendarState {
  const left = overridesAt(before, event.at);
  const cancelled = cancelledAt(before, event.at);
  switch (event.type) {
    case 'override-made': {
      const { id, who, from, to, by, at: madeAt, takes = [] } = event;
      return { status: 'kept', overrides: [...left, { id, who, from, to, by, madeAt, takes }], cancelled };
    }
    case 'override-cancelled': {
      const { id, by, at, next } = event;
      // Where nobody noted who is on call then, it was too long ago to tell anybody.
      const fresh = left.flatMap((each) => (each.id === id && next ? [{ ...each, back: { by, at, next } }] : []));
      return {
        status: 'kept',
        overrides: left.filter((each) => each.id !== id),
        cancelled: [...cancelled, ...fresh].slice(-MOST_CANCELLED),
      };
    }
    default:
      event satisfies never;
      return before;
  }
}
