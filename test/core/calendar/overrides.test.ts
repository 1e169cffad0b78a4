import { describe, expect, test } from 'vitest';
import type { Instant, PersonId, RoleId } from '../../../src/core/brand.ts';
import type { CalendarCommand } from '../../../src/core/calendar/command.ts';
import { CALENDAR } from '../../../src/core/calendar/kind.ts';
import type { CalendarState } from '../../../src/core/calendar/state.ts';
import { cancelledAt, overridesAt } from '../../../src/core/calendar/state.ts';

const at = (text: string): Instant => Date.parse(text) as Instant;
const NOW = at('2026-11-24T12:00Z');
const HOUR = 3_600_000;
const ROLE = 'database-admin' as RoleId;
const OMAR = { kind: 'person', id: 'U0OMAR' as PersonId, name: 'Omar' } as const;

const MAKE: Extract<CalendarCommand, { kind: 'make-override' }> = {
  kind: 'make-override',
  id: 'k1',
  who: 'lena',
  from: (NOW + HOUR) as Instant,
  to: (NOW + 5 * HOUR) as Instant,
  holders: ['omar', 'lena'],
  mayChange: [ROLE],
  takes: [],
  by: OMAR,
  roles: [ROLE],
};

/** Folds what commands decide, each at its moment; a refusal changes nothing. */
function after(...commands: readonly (readonly [CalendarCommand, Instant])[]): CalendarState {
  let state = CALENDAR.initial;
  for (const [command, now] of commands) {
    const decided = CALENDAR.decide(state, command, now);
    if ('refusal' in decided) continue;
    for (const fact of decided) state = CALENDAR.evolve(state, { ...fact, at: now });
  }
  return state;
}

describe('who may make what', () => {
  test.each<[what: string, change: Partial<typeof MAKE>, answer: string]>([
    ['a holder of the role', {}, 'override-made'],
    ['somebody without the role', { roles: ['product-owner' as RoleId] }, 'not-in-role'],
    ['for somebody without the role', { who: 'priya' }, 'not-a-holder'],
    ['that ends as it begins', { to: MAKE.from }, 'ends-before-it-begins'],
    ['that began an hour ago', { from: (NOW - HOUR) as Instant }, 'in-the-past'],
    ['that began when the form was opened', { from: (NOW - 5 * 60_000) as Instant }, 'override-made'],
    ['that is over', { from: (NOW - 2000) as Instant, to: (NOW - 1000) as Instant }, 'in-the-past'],
    ['of more than a month', { to: (NOW + 33 * 24 * HOUR) as Instant }, 'too-long'],
  ])('%s', (_what, change, answer) => {
    const decided = CALENDAR.decide(CALENDAR.initial, { ...MAKE, ...change }, NOW);
    expect('refusal' in decided ? decided.refusal : decided[0]?.type).toBe(answer);
  });

  test('the same once more makes nothing', () => {
    expect(CALENDAR.decide(after([MAKE, NOW]), { ...MAKE, id: 'k2' }, NOW)).toEqual([]);
  });

  test('the fifty-first has to wait', () => {
    const fifty = Array.from({ length: 50 }, (_, index) => [{ ...MAKE, id: `k${index}`, to: (MAKE.to + index) as Instant }, NOW] as const);
    expect(CALENDAR.decide(after(...fifty), { ...MAKE, to: (MAKE.to + 99) as Instant }, NOW)).toMatchObject({ refusal: 'too-many' });
  });
});

/** As it was written before anybody was told. */
const CANCEL_FACT = (state: CalendarState): CalendarState =>
  CALENDAR.evolve(state, { type: 'override-cancelled', id: 'k1', by: OMAR, at: NOW });

describe('taking one back', () => {
  const CANCEL: CalendarCommand = { kind: 'cancel-override', id: 'k1', mayChange: [ROLE], next: [], by: OMAR, roles: [ROLE] };

  test.each<[what: string, state: CalendarState, command: CalendarCommand, now: Instant, answer: string]>([
    ['before it begins', after([MAKE, NOW]), CANCEL, NOW, 'override-cancelled'],
    ['while it lasts', after([MAKE, NOW]), CANCEL, (NOW + 2 * HOUR) as Instant, 'override-cancelled'],
    ['when it is over', after([MAKE, NOW]), CANCEL, MAKE.to, 'no-such-override'],
    ['twice', after([MAKE, NOW], [CANCEL, NOW]), CANCEL, NOW, 'no-such-override'],
    ['by somebody else', after([MAKE, NOW]), { ...CANCEL, roles: [] }, NOW, 'not-in-role'],
  ])('%s', (_what, state, command, now, answer) => {
    const decided = CALENDAR.decide(state, command, now);
    expect('refusal' in decided ? decided.refusal : decided[0]?.type).toBe(answer);
  });

  test('it is gone then, and what is over is forgotten with the next event', () => {
    const other = { ...MAKE, id: 'k2', who: 'omar' };
    expect(overridesAt(after([MAKE, NOW], [other, NOW], [CANCEL, NOW]), NOW).map(({ id }) => id)).toEqual(['k2']);
    const late = { ...MAKE, id: 'k3', from: MAKE.to, to: (MAKE.to + HOUR) as Instant };
    expect(after([MAKE, NOW], [late, MAKE.to])).toMatchObject({ overrides: [{ id: 'k3' }] });
  });

  test('it is remembered with who is on call then, for as long as it would have lasted', () => {
    const next = [{ who: 'omar', from: MAKE.from, to: MAKE.to }];
    const state = after([MAKE, NOW], [{ ...CANCEL, next }, NOW]);
    expect(cancelledAt(state, NOW)).toMatchObject([{ id: 'k1', who: 'lena', back: { by: OMAR, at: NOW, next } }]);
    expect(cancelledAt(state, MAKE.to)).toEqual([]);
    // Journals from before this was noted tell nobody years later.
    const old = CANCEL_FACT(after([MAKE, NOW]));
    expect([overridesAt(old, NOW), cancelledAt(old, NOW)]).toEqual([[], []]);
  });
});
