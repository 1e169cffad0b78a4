import { Temporal } from 'temporal-polyfill';
import type { Instant } from './brand.ts';

/**
 * The moment at which the clocks of a zone show a time on a day. Where they jump over it, it is as much later as they jump; where
 * they show it twice, it is the first time: so there is one moment for each day, and later days never have earlier ones.
 */
export function momentOn(day: Temporal.PlainDate, time: string, zone: string): Instant {
  return day.toZonedDateTime({ timeZone: zone, plainTime: Temporal.PlainTime.from(time) }).epochMilliseconds as Instant;
}

/** The day and the time that the clocks of a zone show. */
export function clockIn(zone: string, at: Instant): Temporal.PlainDateTime {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDateTime();
}

/** Whether there is such a zone, for what people write into files. */
export function isZone(zone: string): boolean {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone);
    return true;
  } catch {
    return false;
  }
}

/** A moment as the clocks of a zone show it, with the zone: `Mon 9 Nov 2026 09:00 Europe/Berlin`. */
export function sayMoment(at: Instant, zone: string): string {
  const clock = clockIn(zone, at);
  const time = clock.toPlainTime().toString({ smallestUnit: 'minute' });
  return `${DAYS[clock.dayOfWeek - 1]} ${clock.day} ${MONTHS[clock.month - 1]} ${clock.year} ${time} ${zone}`;
}

const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;
