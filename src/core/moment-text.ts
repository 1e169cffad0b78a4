import { Temporal } from 'temporal-polyfill';
import type { Instant } from './brand.ts';
import { parseDuration } from './duration.ts';
import { clockIn } from './zone.ts';

/** How people write a moment; for refusals. */
const MOMENT_FORMS = '`18:00`, `tomorrow 09:00`, `2026-11-27 09:00`, `2026-11-27T09:00+01:00` or `now`';

const TIME = /^\d{1,2}:\d{2}$/;
const LOCAL = /^\d{4}-\d{2}-\d{2}[ t]\d{1,2}:\d{2}$/;
const ABSOLUTE = /^\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:\d{2})$/i;

/**
 * Reads a moment as people write it, by the clocks of a zone where it names none. A time alone is the next one after `after`.
 * What the clocks never show, or show twice, is asked back, because who is on call must not be a guess.
 */
export function readMoment(
  text: string,
  { zone, now, after = now }: { zone: string; now: Instant; after?: Instant },
): Instant | { readonly mistake: string } {
  const words = text.trim().toLowerCase().replace(/\s+/g, ' ');
  if (words === 'now') return now;
  if (ABSOLUTE.test(words)) return momentOr(() => Temporal.Instant.from(words.toUpperCase().replace(' ', 'T')).epochMilliseconds, text);
  const [day = '', time = ''] = words.split(' ');
  const today = clockIn(zone, after).toPlainDate();
  if (day === 'tomorrow' && TIME.test(time)) return onClock(clockIn(zone, now).toPlainDate().add({ days: 1 }), time, zone, text);
  if (day === 'today' && TIME.test(time)) return onClock(clockIn(zone, now).toPlainDate(), time, zone, text);
  if (TIME.test(words)) {
    const first = onClock(today, words, zone, text);
    return typeof first === 'number' && first <= after ? onClock(today.add({ days: 1 }), words, zone, text) : first;
  }
  if (!LOCAL.test(words)) return notAMoment(text);
  const [date = '', clock = ''] = words.split(/[ t]/);
  return onClock(date, clock, zone, text);
}

/** Reads how long something lasts, as milliseconds. */
export function readLength(text: string): number | { readonly mistake: string } {
  return parseDuration(text.replaceAll(' ', '')) ?? { mistake: `"${text}" is no length of time. Write one such as \`4h\` or \`90m\`.` };
}

function onClock(day: string | Temporal.PlainDate, time: string, zone: string, text: string): ReturnType<typeof readMoment> {
  let clock: Temporal.PlainDateTime;
  try {
    clock = Temporal.PlainDate.from(day, { overflow: 'reject' }).toPlainDateTime(time.padStart(5, '0'));
  } catch {
    return notAMoment(text);
  }
  const [first, last] = (['earlier', 'later'] as const).map((disambiguation) => clock.toZonedDateTime(zone, { disambiguation }));
  if (!first || !last || first.equals(last)) return (first?.epochMilliseconds ?? 0) as Instant;
  // Of a time that is skipped, the two readings lie on other times than the one that was written.
  if (!first.toPlainDateTime().equals(clock)) return { mistake: `The clocks of ${zone} jump over ${time} on that day. Give another time.` };
  const both = [first, last].map(({ offset }) => `\`${clock.toString({ smallestUnit: 'minute' })}${offset}\``).join(' or ');
  return { mistake: `The clocks of ${zone} show ${time} twice on that day. Write ${both}.` };
}

function momentOr(read: () => number, text: string): ReturnType<typeof readMoment> {
  try {
    return read() as Instant;
  } catch {
    return notAMoment(text);
  }
}

function notAMoment(text: string): { readonly mistake: string } {
  return { mistake: `"${text}" is no moment. Write it as ${MOMENT_FORMS}.` };
}
