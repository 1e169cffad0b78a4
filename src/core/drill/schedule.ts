import type { Temporal } from 'temporal-polyfill';
import type { Instant } from '../brand.ts';
import { clockIn, momentOn } from '../zone.ts';
import type { Schedule } from './schema.ts';

/** One time of a drill; a day and an hour before it people are told. */
export type Occurrence = {
  /** Its day in its own zone: `2026-12-01`. */
  readonly day: string;
  readonly startsAt: Instant;
  readonly dayBeforeAt: Instant;
  readonly hourBeforeAt: Instant;
};

/** Between two of them lie at most three months, so this is more than enough. */
const MOST_MONTHS = 8;
const QUARTER = 3;
const WEEK = 7;
const HOUR_MS = 3_600_000;
export const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
export const ORDINALS = ['first', 'second', 'third', 'fourth', 'last'] as const;

/**
 * The first time of a drill after a moment. What the clocks of its zone leave out in spring is an hour later, what they have twice
 * in autumn is the first of the two, and the day before is the same time of day.
 */
export function nextOccurrence(schedule: Schedule, after: Instant): Occurrence {
  const begins = clockIn(schedule.zone, after).toPlainDate().with({ day: 1 });
  for (let months = 0; months < MOST_MONTHS; months += 1) {
    const month = begins.add({ months });
    if (schedule.every === 'quarter' && month.month % QUARTER !== 1) continue;
    const next = occurrenceOn(dayIn(month, schedule.day), schedule);
    if (next.startsAt > after) return next;
  }
  throw new Error('A schedule has no next time.');
}

function occurrenceOn(day: Temporal.PlainDate, { at, zone }: Schedule): Occurrence {
  const startsAt = momentOn(day, at, zone);
  return {
    day: day.toString(),
    startsAt,
    dayBeforeAt: momentOn(day.subtract({ days: 1 }), at, zone),
    hourBeforeAt: (startsAt - HOUR_MS) as Instant,
  };
}

/** `first tuesday` … `last friday`, or the number of a day that every month has. */
function dayIn(month: Temporal.PlainDate, day: Schedule['day']): Temporal.PlainDate {
  if (typeof day === 'number') return month.with({ day });
  const [ordinal, weekday] = day.split(' ');
  const wanted = WEEKDAYS.findIndex((each) => each === weekday) + 1;
  const nth = ORDINALS.findIndex((each) => each === ordinal);
  if (nth === ORDINALS.length - 1) {
    const end = month.with({ day: month.daysInMonth });
    return end.subtract({ days: (end.dayOfWeek - wanted + WEEK) % WEEK });
  }
  return month.add({ days: ((wanted - month.dayOfWeek + WEEK) % WEEK) + nth * WEEK });
}
