import type { Instant, StreamId } from '../brand.ts';
import type { Override, Turn } from '../contact/rotation.ts';
import type { Person } from '../incident/event.ts';

/** What people have changed about a rotation with `/oncall override`. */
export type CalendarState =
  | { readonly status: 'none' }
  | { readonly status: 'kept'; readonly overrides: readonly MadeOverride[]; readonly cancelled: readonly CancelledOverride[] };

/** In the order in which they were made: the later one holds. `takes` is whose time on call that was until then. */
export type MadeOverride = Override & {
  readonly id: string;
  readonly by: Person;
  readonly madeAt: Instant;
  readonly takes: readonly Turn[];
};

/** One that was taken back, by whom, and who is on call `next`; it is kept for as long as it would have lasted. */
export type CancelledOverride = MadeOverride & {
  readonly back: { readonly by: Person; readonly at: Instant; readonly next: readonly Turn[] };
};

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

/** The overrides that were taken back and would not be over yet. */
export function cancelledAt(state: CalendarState, at: Instant): readonly CancelledOverride[] {
  return state.status === 'none' ? [] : state.cancelled.filter(({ to }) => to > at);
}
