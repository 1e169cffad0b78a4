import { fc } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import type { Instant } from '../../../src/core/brand.ts';
import { comesOnCall, onCallAt, shiftsBetween, turnAt } from '../../../src/core/contact/rotation.ts';
import type { Override } from '../../../src/core/contact/rotation.ts';
import type { Rotation } from '../../../src/core/contact/schema.ts';

const at = (text: string): Instant => Date.parse(text) as Instant;
const utc = (moment: Instant | null): string | null => moment && new Date(moment).toISOString().slice(0, 16);

const DAILY: Rotation = { people: ['omar', 'lena', 'dana'], every: 'day', zone: 'Europe/Berlin', at: '09:00', from: '2026-10-20' };
const WEEKLY: Rotation = { people: ['omar', 'lena'], every: 'week', zone: 'Europe/Berlin', at: '09:00', on: 'monday', from: '2026-11-02' };

/** When each of the next hand-overs is, in UTC. */
function handOvers(rotation: Rotation, from: string, to: string): readonly string[] {
  return shiftsBetween(rotation, [], at(from), at(to))
    .slice(1)
    .map((shift) => `${utc(shift.from)} ${shift.who}`);
}

describe('the two nights on which clocks change', () => {
  test.each<[what: string, rotation: Rotation, from: string, to: string, ...expected: string[]]>([
    [
      'in Berlin the hour is doubled: hand-overs stay at nine by the clock, 25 hours apart',
      DAILY,
      '2026-10-24T00:00Z',
      '2026-10-27T00:00Z',
      '2026-10-24T07:00 lena',
      '2026-10-25T08:00 dana',
      '2026-10-26T08:00 omar',
    ],
    [
      'inside the doubled hour there is one hand-over, at the first half past two',
      { ...DAILY, at: '02:30' },
      '2026-10-24T12:00Z',
      '2026-10-26T12:00Z',
      '2026-10-25T00:30 dana',
      '2026-10-26T01:30 omar',
    ],
    [
      'in Berlin the hour is skipped: 23 hours apart',
      DAILY,
      '2027-03-27T00:00Z',
      '2027-03-30T00:00Z',
      '2027-03-27T08:00 dana',
      '2027-03-28T07:00 omar',
      '2027-03-29T07:00 lena',
    ],
    [
      'inside the skipped hour there is one hand-over, as much later as the clocks jump',
      { ...DAILY, at: '02:30' },
      '2027-03-27T12:00Z',
      '2027-03-29T12:00Z',
      '2027-03-28T01:30 omar',
      '2027-03-29T00:30 lena',
    ],
    [
      'at the very moment of the jump',
      { ...DAILY, at: '02:00' },
      '2027-03-27T12:00Z',
      '2027-03-29T12:00Z',
      '2027-03-28T01:00 omar',
      '2027-03-29T00:00 lena',
    ],
    [
      'in New York, the doubled hour',
      { ...DAILY, zone: 'America/New_York', at: '01:30' },
      '2026-10-31T12:00Z',
      '2026-11-02T12:00Z',
      '2026-11-01T05:30 omar',
      '2026-11-02T06:30 lena',
    ],
    [
      'in New York, the skipped hour',
      { ...DAILY, zone: 'America/New_York', at: '02:30' },
      '2027-03-13T12:00Z',
      '2027-03-15T12:00Z',
      '2027-03-14T07:30 lena',
      '2027-03-15T06:30 dana',
    ],
    [
      'weekly, over the night',
      { ...WEEKLY, on: 'sunday', at: '02:30', from: '2026-10-18' },
      '2026-10-18T12:00Z',
      '2026-11-02T00:00Z',
      '2026-10-25T00:30 lena',
      '2026-11-01T01:30 omar',
    ],
    [
      'a zone that left out a whole day hands over once for both',
      { ...DAILY, zone: 'Pacific/Apia', from: '2011-12-28' },
      '2011-12-29T12:00Z',
      '2012-01-01T12:00Z',
      '2011-12-29T19:00 lena',
      '2011-12-30T19:00 omar',
      '2011-12-31T19:00 lena',
    ],
  ])('%s', (_what, rotation, from, to, ...expected) => {
    expect(handOvers(rotation, from, to)).toEqual(expected);
  });
});

describe('a weekly rotation', () => {
  test.each([
    ['2026-11-02T07:59Z', 'lena', 'before its first hand-over its order goes on backwards'],
    ['2026-11-02T08:00Z', 'omar', 'its first day'],
    ['2026-11-09T07:59Z', 'omar', 'a minute before the hand-over'],
    ['2026-11-09T08:00Z', 'lena', 'the hand-over itself'],
    ['2026-11-16T08:00Z', 'omar', 'once around'],
  ])('%s: %s, %s', (moment, who) => {
    expect(turnAt(WEEKLY, at(moment)).who).toBe(who);
  });

  test('that begins on another day than it hands over counts from the hand-over before it', () => {
    expect(turnAt({ ...WEEKLY, from: '2026-11-04' }, at('2026-11-04T12:00Z'))).toMatchObject({
      who: 'omar',
      from: at('2026-11-02T08:00Z'),
    });
  });
});

describe('overrides', () => {
  const night: Override = { who: 'dana', from: at('2026-11-09T06:00Z'), to: at('2026-11-09T18:00Z') };

  test('one in the middle of a hand-over: who was relieved does not come back', () => {
    expect(
      shiftsBetween(WEEKLY, [night], at('2026-11-08T00:00Z'), at('2026-11-10T00:00Z')).map(({ who, from, instead }) => [
        who,
        utc(from),
        instead,
      ]),
    ).toEqual([
      ['omar', '2026-11-08T00:00', false],
      ['dana', '2026-11-09T06:00', true],
      ['lena', '2026-11-09T18:00', false],
    ]);
  });

  test('of two that overlap the one that was made last holds, and the other one again after it', () => {
    const lunch: Override = { who: 'lena', from: at('2026-11-09T11:00Z'), to: at('2026-11-09T12:00Z') };
    const who = (moment: string): string => onCallAt(WEEKLY, [night, lunch], at(moment)).who;
    expect([who('2026-11-09T10:59Z'), who('2026-11-09T11:00Z'), who('2026-11-09T12:00Z')]).toEqual(['dana', 'lena', 'dana']);
  });

  test.each<[what: string, rotation: Rotation, overrides: readonly Override[], until: string | null]>([
    ['the next hand-over', WEEKLY, [], '2026-11-09T08:00'],
    ['an override that comes before it', WEEKLY, [night], '2026-11-09T06:00'],
    ['nobody else, so never', { ...WEEKLY, people: ['omar'] }, [], null],
    ['their own override changes nothing', WEEKLY, [{ ...night, who: 'omar', to: night.from + 1 } as Override], '2026-11-09T08:00'],
    ['two turns of the same person', { ...WEEKLY, people: ['omar', 'omar', 'lena'], from: '2026-11-02' }, [], '2026-11-16T08:00'],
  ])('until: %s', (_what, rotation, overrides, until) => {
    const now = onCallAt(rotation, overrides, at('2026-11-05T12:00Z'));
    expect([now.who, utc(now.until)]).toEqual(['omar', until]);
  });
});

const Zone = fc.constantFrom(
  'Europe/Berlin',
  'America/New_York',
  'UTC',
  'Australia/Lord_Howe',
  'America/Havana',
  'Pacific/Apia',
  'Asia/Kolkata',
);
const Time = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
  .map((time) => time.map((part) => `${part}`.padStart(2, '0')).join(':'));
const Rotations: fc.Arbitrary<Rotation> = fc.record({
  people: fc.constantFrom(['omar'], ['omar', 'lena'], ['omar', 'lena', 'dana', 'omar']),
  every: fc.constantFrom('day' as const, 'week' as const),
  zone: Zone,
  at: Time,
  on: fc.constantFrom('monday' as const, 'sunday' as const),
  from: fc.constantFrom('2026-10-20', '2027-03-20', '2011-12-20', '2030-01-01'),
});
const Moments = fc.integer({ min: at('2026-10-01T00:00Z'), max: at('2027-04-15T00:00Z') }) as fc.Arbitrary<Instant>;
const Overrides = fc.array(
  fc
    .tuple(fc.constantFrom('lena', 'dana', 'sam'), Moments, fc.integer({ min: 1, max: 5 * 24 * 3_600_000 }))
    .map(([who, from, ms]): Override => ({ who, from, to: (from + ms) as Instant })),
  { maxLength: 4 },
);
const DAY = 24 * 3_600_000;

test('at every moment exactly one is on call, and shifts leave no gap and no overlap', () => {
  fc.assert(
    fc.property(Rotations, Overrides, Moments, (rotation, overrides, from) => {
      const to = (from + 20 * DAY) as Instant;
      const shifts = shiftsBetween(rotation, overrides, from, to);
      expect([shifts[0]?.from, shifts.at(-1)?.to]).toEqual([from, to]);
      for (const [index, shift] of shifts.entries()) {
        expect(shift.to).toBeGreaterThan(shift.from);
        expect(shift.from).toBe(shifts[index - 1]?.to ?? from);
        for (const moment of [shift.from, shift.to - 1] as Instant[]) expect(onCallAt(rotation, overrides, moment).who).toBe(shift.who);
      }
    }),
    { numRuns: 60 },
  );
});

test('a change of clocks neither skips nor doubles a turn', () => {
  fc.assert(
    fc.property(Rotations, Moments, (rotation, moment) => {
      const days = rotation.every === 'day' ? 1 : 7;
      const now = turnAt(rotation, moment);
      const next = turnAt(rotation, now.to);
      expect(now.from <= moment && moment < now.to).toBe(true);
      expect(next.from).toBe(now.to);
      // A day of clocks has 23 to 25 hours.
      expect(Math.abs(now.to - now.from - days * DAY)).toBeLessThanOrEqual(DAY / 24);
      const { people } = rotation;
      expect(people.some((who, index) => who === now.who && people[(index + 1) % people.length] === next.who)).toBe(true);
    }),
  );
});

test('whoever is on call because overrides changed is named for exactly that time, and nobody else', () => {
  fc.assert(
    fc.property(Rotations, Overrides, Overrides, Moments, (rotation, before, after, from) => {
      const to = (from + 10 * DAY) as Instant;
      const turns = comesOnCall(rotation, { before, after }, from, to);
      const edges = [
        from,
        ...turns.flatMap((turn) => [turn.from, turn.to]),
        ...[...before, ...after].flatMap((each) => [each.from, each.to]),
      ];
      for (const moment of edges.filter((each) => each >= from && each < to)) {
        const now = onCallAt(rotation, after, moment).who;
        const named = turns.filter((turn) => turn.from <= moment && moment < turn.to).map(({ who }) => who);
        expect(named).toEqual(now === onCallAt(rotation, before, moment).who ? [] : [now]);
      }
    }),
    { numRuns: 60 },
  );
});
