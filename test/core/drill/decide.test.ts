import { describe, expect, test } from 'vitest';
import type { Instant, TokenId } from '../../../src/core/brand.ts';
import { due, nextDueAt } from '../../../src/core/drill/due.ts';
import { DRILL } from '../../../src/core/drill/kind.ts';
import { DRILL_REFUSALS } from '../../../src/core/drill/refusal.ts';
import { ALLOWED, Timetable, DANA, LEE, NEXT_MONTH, RUN, STARTS_AT } from './stage.ts';

const HOUR = 3_600_000;

describe('announcements', () => {
  test('a day and an hour before, each once', () => {
    const timetable = new Timetable();
    expect(timetable.keep()).toEqual(['drill-planned']);
    expect(timetable.startsAt).toBe(STARTS_AT);
    expect(nextDueAt(timetable.state)).toBe(STARTS_AT - 24 * HOUR);
    expect(timetable.at(24.01)).toEqual([]);
    expect(timetable.at(24)).toEqual(['drill-announced']);
    expect(timetable.at(23)).toEqual([]);
    expect(nextDueAt(timetable.state)).toBe(STARTS_AT - HOUR);
    expect(timetable.at(1)).toEqual(['drill-announced']);
    expect(timetable.at(0.5)).toEqual([]);
    expect(timetable.facts.slice(1)).toMatchObject([{ notice: 'day-before' }, { notice: 'hour-before' }]);
  });

  test('after a day without the bot only the later one', () => {
    const timetable = new Timetable();
    timetable.keep();
    expect(timetable.at(0.9)).toEqual(['drill-announced']);
    expect(timetable.facts.at(-1)).toMatchObject({ notice: 'hour-before' });
    expect(timetable.at(0.8)).toEqual([]);
  });

  test('a clock that is put back announces nothing again, and plans nothing again that is over', () => {
    const timetable = new Timetable();
    timetable.keep();
    timetable.at(24);
    timetable.at(1);
    expect(timetable.at(30)).toEqual([]);
    timetable.at(0);
    expect(timetable.tell({ kind: 'start-now', token: timetable.token, ...RUN, ...DANA })).toEqual(['drill-started']);
    expect(timetable.at(30)).toEqual(['drill-planned']);
    expect(timetable.startsAt).toBe(NEXT_MONTH);
    expect(timetable.at(40)).toEqual([]);
  });
});

describe('what was missed is said, and not begun late', () => {
  test('and is not planned again by a clock that is put back', () => {
    const table = new Timetable();
    table.keep();
    expect(table.at(0)).toEqual(['drill-missed', 'drill-planned']);
    expect(table.at(30)).toEqual([]);
    expect(table.startsAt).toBe(NEXT_MONTH);
  });

  test('where nobody was told it does not begin, whoever is to start it', () => {
    for (const starts of ['button', 'itself']) {
      const timetable = new Timetable({ starts });
      timetable.keep();
      timetable.at(24);
      expect(timetable.at(0)).toEqual(['drill-missed', 'drill-planned']);
      expect(timetable.facts.at(-2)).toMatchObject({ why: 'bot-was-down' });
      expect(timetable.startsAt).toBe(NEXT_MONTH);
    }
  });

  test('by itself it begins at its time and no later than five minutes after it', () => {
    const timetable = new Timetable({ starts: 'itself' });
    timetable.keep();
    timetable.at(1);
    expect(due(timetable.state, (STARTS_AT - 1) as Instant)).toEqual([]);
    expect(nextDueAt(timetable.state)).toBe(STARTS_AT);
    expect(timetable.at(0)).toEqual([]);
    expect(due(timetable.state, timetable.now)).toMatchObject([{ do: 'start' }]);
    timetable.now = (STARTS_AT + 300_000) as Instant;
    expect(due(timetable.state, timetable.now)).toEqual([]);
    expect(timetable.tell({ kind: 'note-started', ...RUN })).toBe('not-due');
    expect(timetable.keep()).toEqual(['drill-missed', 'drill-planned']);
    expect(timetable.facts.at(-2)).toMatchObject({ why: 'bot-was-down', says: 'Rollbot was down when it should have begun.' });
  });

  test('a bot that was there was not down: it could not begin, or could not even announce it', () => {
    const failing = new Timetable({ starts: 'itself' });
    failing.runningSince = failing.now;
    failing.keep();
    failing.at(1);
    expect(failing.at(-0.1)).toEqual(['drill-missed', 'drill-planned']);
    const says = 'Rollbot tried to begin it and failed. Its log says why.';
    expect(failing.facts.at(-2)).toMatchObject({ why: 'could-not-start', says });

    const silent = new Timetable();
    silent.runningSince = silent.now;
    silent.keep();
    silent.at(24);
    silent.at(0);
    expect(silent.facts.at(-2)).toMatchObject({ why: 'could-not-start', says: expect.stringContaining('could not announce it') });
  });

  test('by a button it can be begun for an hour', () => {
    const timetable = new Timetable();
    timetable.keep();
    timetable.at(1);
    expect(due(timetable.state, STARTS_AT)).toEqual([]);
    expect(timetable.at(-0.99)).toEqual([]);
    expect(timetable.at(-1)).toEqual(['drill-missed', 'drill-planned']);
    expect(timetable.facts.at(-2)).toMatchObject({ why: 'nobody-started' });
  });

  test('what could not begin by itself', () => {
    const timetable = new Timetable({ starts: 'itself' });
    timetable.keep();
    timetable.at(1);
    expect(timetable.tell({ kind: 'give-up-starting', says: 'repo:main is held.' })).toBe('not-due');
    timetable.at(0);
    expect(timetable.tell({ kind: 'give-up-starting', says: 'repo:main is held.' })).toEqual(['drill-missed']);
    expect(timetable.keep()).toEqual(['drill-planned']);
    expect(timetable.startsAt).toBe(NEXT_MONTH);
  });
});

describe('by itself it begins once', () => {
  test('two that have decided at the same time: the append lets one win, and the other decides again', () => {
    const timetable = new Timetable({ starts: 'itself' });
    timetable.keep();
    timetable.at(1);
    timetable.at(0);
    expect(timetable.tell({ kind: 'note-started', ...RUN })).toEqual(['drill-started']);
    expect(timetable.tell({ kind: 'note-started', ...RUN })).toBe('not-planned');
    expect(timetable.state).toMatchObject({ status: 'idle', last: { end: { how: 'started', by: { kind: 'rollbot' } } }, begun: RUN });
  });
});

describe('people', () => {
  test('sign up once, for that very time', () => {
    const timetable = new Timetable();
    timetable.keep();
    const { token } = timetable;
    expect(timetable.tell({ kind: 'sign-up', token, ...LEE })).toEqual(['drill-signed-up']);
    expect(timetable.tell({ kind: 'sign-up', token: null, ...LEE })).toBe('signed-up-already');
    expect(timetable.tell({ kind: 'sign-up', token: 'old' as TokenId, ...DANA })).toBe('no-longer-asked');
    expect(timetable.state).toMatchObject({ next: { signedUp: [LEE.by] } });
  });

  test('skip it with a reason, where they are in a role that may', () => {
    const timetable = new Timetable();
    timetable.keep();
    const skip = { kind: 'skip', token: null, allowed: ALLOWED } as const;
    expect(timetable.tell({ ...skip, reason: 'a launch', ...LEE })).toBe('not-in-role');
    expect(timetable.tell({ ...skip, reason: '  ', ...DANA })).toBe('reason-needed');
    expect(timetable.tell({ ...skip, token: 'old' as TokenId, reason: 'a launch', ...DANA })).toBe('no-longer-asked');
    expect(timetable.tell({ ...skip, reason: 'a launch', ...DANA })).toEqual(['drill-skipped']);
    expect(timetable.tell({ ...skip, reason: 'a launch', ...DANA })).toBe('not-planned');
    expect(timetable.keep()).toEqual(['drill-planned']);
    expect(timetable.startsAt).toBe(NEXT_MONTH);
  });

  test('start one beside the timetable at any time, and the planned one from an hour before', () => {
    const timetable = new Timetable();
    expect(timetable.tell({ kind: 'start-now', token: null, ...RUN, ...DANA })).toBe('not-planned');
    timetable.keep();
    const { token } = timetable;
    expect(timetable.tell({ kind: 'start-now', token: 'old' as TokenId, ...RUN, ...DANA })).toBe('no-longer-asked');
    expect(timetable.tell({ kind: 'start-now', token: null, ...RUN, ...DANA })).toEqual(['drill-started']);
    expect(timetable.state).toMatchObject({ status: 'planned', begun: RUN });
    timetable.at(1);
    expect(timetable.tell({ kind: 'start-now', token, ...RUN, ...DANA })).toEqual(['drill-started']);
    expect(timetable.state).toMatchObject({ status: 'idle', last: { end: { how: 'started' } } });
    expect(timetable.keep()).toEqual(['drill-planned']);
    expect(timetable.startsAt).toBe(NEXT_MONTH);
  });
});

describe('rollbot.yml changes', () => {
  test('another time is planned anew, and said where people were told of the old one', () => {
    const timetable = new Timetable();
    timetable.keep();
    timetable.drill = new Timetable({ schedule: { every: 'month', day: 15, at: '10:00', zone: 'UTC' } }).drill;
    expect(timetable.keep()).toEqual(['drill-planned']);
    timetable.drill = new Timetable().drill;
    expect(timetable.at(24)).toEqual(['drill-planned']);
    expect(timetable.keep()).toEqual(['drill-announced']);
    timetable.drill = new Timetable({ schedule: { every: 'month', day: 15, at: '10:00', zone: 'UTC' } }).drill;
    expect(timetable.keep()).toEqual(['drill-missed', 'drill-planned']);
    expect(timetable.facts.at(-2)).toMatchObject({ why: 'moved' });
  });

  test('anything else keeps what was said and who signed up', () => {
    const timetable = new Timetable();
    timetable.keep();
    timetable.at(24);
    timetable.tell({ kind: 'sign-up', token: null, ...LEE });
    const { token } = timetable;
    timetable.drill = new Timetable({ procedure: 'frontend' }).drill;
    expect(timetable.keep()).toEqual(['drill-planned']);
    expect(timetable.keep()).toEqual([]);
    expect(timetable.state).toMatchObject({ next: { token, drill: { procedure: 'frontend' }, signedUp: [LEE.by] } });
    expect(timetable.facts.filter(({ type }) => type === 'drill-announced')).toHaveLength(1);
  });

  test('one that is gone is planned no more', () => {
    const timetable = new Timetable();
    timetable.keep();
    timetable.drill = null;
    expect(timetable.keep()).toEqual(['drill-missed']);
    expect(nextDueAt(timetable.state)).toBeNull();
    expect(timetable.keep()).toEqual([]);
    expect(timetable.tell({ kind: 'sign-up', token: null, ...LEE })).toBe('not-planned');
  });
});

test('a stream that a newer Rollbot wrote is refused with a sentence', () => {
  expect(DRILL.refuseNewer('It has an event "x".').says).toContain(DRILL_REFUSALS['written-by-newer']);
});
