import type { Instant, StreamId } from '../brand.ts';
import type { Override } from '../contact/rotation.ts';
import type { Person } from '../incident/event.ts';

/** What people have changed about a rotation with `/oncall override`. */
export type CalendarState = { readonly status: 'none' } | { readonly status: 'kept'; readonly overrides: readonly MadeOverride[] };

/** In the order in which they were made: the later one holds. */
export type MadeOverride = Override & { readonly id: string; readonly by: Person; readonly madeAt: Instant };

/** The stream of a rotation's overrides. */
export function calendarOf(rotation: string): StreamId<'calendar'> {
  return `calendar/${rotation}` as StreamId<'calendar'>;
}

/** The rotation whose overrides these are. */
export function calendarName(stream: StreamId<'calendar'>): string {
  return stream.slice('calendar/'.length);
}

/** The overrides that are not over yet. */
export function overridesAt(state: CalendarState, at: Instant): readonly MadeOverride[] {
  return state.status === 'none' ? [] : state.overrides.filter(({ to }) => to > at);
}
