import { Temporal } from 'temporal-polyfill';
import type { Instant } from '../brand.ts';
import { clockIn, momentOn } from '../zone.ts';
import type { Rotation } from './schema.ts';

/** Somebody else for a while. */
export type Override = { readonly who: string; readonly from: Instant; readonly to: Instant };
/** Who is on call from when until when, the end not included. */
export type Shift = {
  readonly who: string;
  readonly from: Instant;
  readonly to: Instant;
  /** Not by their turn. */ readonly instead: boolean;
};

/** Somebody's time on call. */
export type Turn = Pick<Shift, 'who' | 'from' | 'to'>;

type Turns = Pick<Rotation, 'people' | 'every' | 'zone' | 'at' | 'on' | 'from'>;

const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
type Weekday = (typeof WEEKDAYS)[number];

/**
 * Who is on call between two moments, without a gap and without an overlap; of several overrides the one that was made last holds.
 * Turns of one person that follow each other are one shift. Before the rotation's first day its order goes on backwards.
 */
export function shiftsBetween(rotation: Turns, overrides: readonly Override[], from: Instant, to: Instant): readonly Shift[] {
  const shifts: Shift[] = [];
  for (const shift of stretches(rotation, overrides, from)) {
    const cut = shift.to < to ? shift : { ...shift, to };
    const last = shifts.at(-1);
    if (last?.who === cut.who && last.instead === cut.instead) shifts[shifts.length - 1] = { ...last, to: cut.to };
    else shifts.push(cut);
    if (shift.to >= to) break;
  }
  return shifts;
}

/** Who is on call between two moments by the overrides that come `after`, and was not by those `before`. */
export function comesOnCall(
  rotation: Turns,
  { before, after }: { readonly before: readonly Override[]; readonly after: readonly Override[] },
  from: Instant,
  to: Instant,
): readonly Turn[] {
  return shiftsBetween(rotation, before, from, to).flatMap((old) =>
    shiftsBetween(rotation, after, old.from, old.to).flatMap((shift) => (shift.who === old.who ? [] : [turnOf(shift)])),
  );
}

/** Who is on call at a moment, and when somebody else takes over; null where nobody else ever does. */
export function onCallAt(
  rotation: Turns,
  overrides: readonly Override[],
  at: Instant,
): { readonly who: string; readonly until: Instant | null } {
  const isAlone = rotation.people.every((who) => who === rotation.people[0]);
  const settledAt = Math.max(at, ...overrides.map(({ to }) => to));
  let who: string | null = null;
  for (const shift of stretches(rotation, overrides, at)) {
    who ??= shift.who;
    if (shift.who !== who) return { who, until: shift.from };
    if (isAlone && shift.from >= settledAt) break;
  }
  return { who: who ?? '', until: null };
}

function turnOf({ who, from, to }: Shift): Turn {
  return { who, from, to };
}

/** Stretches in which nothing changes, without an end. */
function* stretches(rotation: Turns, overrides: readonly Override[], from: Instant): Generator<Shift> {
  let turn = turnAt(rotation, from);
  for (let at = from; ;) {
    if (turn.to <= at) turn = turnAt(rotation, at);
    const override = overrides.findLast((each) => each.from <= at && at < each.to);
    const changes = overrides.flatMap((each) => [each.from, each.to]).filter((each) => each > at);
    const to = Math.min(turn.to, ...changes) as Instant;
    yield { who: override?.who ?? turn.who, from: at, to, instead: override !== undefined };
    at = to;
  }
}

/** Whose turn it is by the rotation alone. */
export function turnAt(rotation: Turns, at: Instant): { readonly who: string; readonly from: Instant; readonly to: Instant } {
  const days = rotation.every === 'day' ? 1 : 7;
  const first = firstDay(rotation);
  const begins = (turn: number): Instant => momentOn(first.add({ days: turn * days }), rotation.at, rotation.zone);
  let turn = Math.floor(first.until(clockIn(rotation.zone, at).toPlainDate(), { largestUnit: 'days' }).days / days);
  // Earlier than the hand-over of that day, or in a zone that has left out a whole day.
  while (begins(turn) > at) turn -= 1;
  while (begins(turn + 1) <= at) turn += 1;
  const { people } = rotation;
  const index = ((turn % people.length) + people.length) % people.length;
  return { who: people[index] ?? '', from: begins(turn), to: begins(turn + 1) };
}

/** What day of the week a day is. */
export function weekdayOf(day: string): Weekday {
  return WEEKDAYS[Temporal.PlainDate.from(day).dayOfWeek - 1] ?? 'monday';
}

/** A weekly rotation counts from the hand-over on or before its first day. */
function firstDay({ every, on = 'monday', from }: Turns): Temporal.PlainDate {
  const day = Temporal.PlainDate.from(from);
  if (every === 'day') return day;
  return day.subtract({ days: (day.dayOfWeek - 1 - WEEKDAYS.indexOf(on) + 7) % 7 });
}
