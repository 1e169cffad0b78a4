import { fc } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import type { Instant } from '../../../src/core/brand.ts';
import { nextOccurrence, ORDINALS, WEEKDAYS } from '../../../src/core/drill/schedule.ts';
import type { Schedule } from '../../../src/core/drill/schema.ts';

const BERLIN: Schedule = { every: 'month', day: 'first tuesday', at: '10:00', zone: 'Europe/Berlin' };

function at(text: string): Instant {
  return Date.parse(text) as Instant;
}

function utc(moment: Instant): string {
  return new Date(moment).toISOString().slice(0, 16);
}

describe('the next time of a drill', () => {
  test.each<[what: string, change: Partial<Schedule>, after: string, startsAt: string]>([
    ['the first tuesday of this month', {}, '2026-12-01T00:00Z', '2026-12-01T09:00'],
    ['at its very time the next one', {}, '2026-12-01T09:00Z', '2027-01-05T09:00'],
    ['in summer', {}, '2026-07-01T00:00Z', '2026-07-07T08:00'],
    ['the last friday', { day: 'last friday' }, '2026-11-24T00:00Z', '2026-11-27T09:00'],
    ['the last day of the month where that is it', { day: 'last tuesday' }, '2027-08-01T00:00Z', '2027-08-31T08:00'],
    ['the fourth monday', { day: 'fourth monday' }, '2026-11-24T00:00Z', '2026-12-28T09:00'],
    ['a number', { day: 28 }, '2027-02-01T00:00Z', '2027-02-28T09:00'],
    ['a quarter', { every: 'quarter', day: 'second thursday' }, '2026-11-24T00:00Z', '2027-01-14T09:00'],
    ['a quarter whose day is over', { every: 'quarter', day: 'second thursday' }, '2027-01-20T00:00Z', '2027-04-08T08:00'],
    ['where it is another day than in UTC', { zone: 'Pacific/Auckland', at: '08:00' }, '2026-11-24T00:00Z', '2026-11-30T19:00'],
    ['at a time that the clocks leave out', { day: 'last sunday', at: '02:30' }, '2027-03-01T00:00Z', '2027-03-28T01:30'],
    ['at a time that they have twice, the first', { day: 'last sunday', at: '02:30' }, '2027-10-15T00:00Z', '2027-10-31T00:30'],
  ])('%s', (_what, change, after, startsAt) => {
    expect(utc(nextOccurrence({ ...BERLIN, ...change }, at(after)).startsAt)).toBe(startsAt);
  });

  test('the day before is at the same time of day, also where the clocks change between', () => {
    const { dayBeforeAt, hourBeforeAt, startsAt, day } = nextOccurrence({ ...BERLIN, day: 'last sunday' }, at('2027-03-01T00:00Z'));
    expect([day, utc(dayBeforeAt), utc(hourBeforeAt), utc(startsAt)]).toEqual([
      '2027-03-28',
      '2027-03-27T09:00',
      '2027-03-28T07:00',
      '2027-03-28T08:00',
    ]);
  });
});

const schedules = fc.record<Schedule>({
  every: fc.constantFrom('month', 'quarter'),
  day: fc.oneof(
    fc.integer({ min: 1, max: 28 }),
    fc.tuple(fc.constantFrom(...ORDINALS), fc.constantFrom(...WEEKDAYS)).map(([nth, day]) => `${nth} ${day}` as const),
  ),
  at: fc
    .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
    .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':')),
  zone: fc.constantFrom('Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe', 'UTC'),
});

test('times follow one another, one in each month or quarter', () => {
  const moments = fc.integer({ min: at('2026-01-01T00:00Z'), max: at('2036-01-01T00:00Z') });
  fc.assert(
    fc.property(schedules, moments, (schedule, from) => {
      const first = nextOccurrence(schedule, from as Instant);
      const second = nextOccurrence(schedule, first.startsAt);
      expect(first.startsAt).toBeGreaterThan(from);
      const [one, two] = [first.day, second.day].map((day) => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)));
      expect(two! - one!).toBe(schedule.every === 'quarter' ? 3 : 1);
      expect(first.dayBeforeAt).toBeLessThan(first.hourBeforeAt);
      expect(first.hourBeforeAt).toBe(first.startsAt - 3_600_000);
    }),
  );
});
