import { describe, expect, test } from 'vitest';
import type { TokenId } from '../../../src/core/brand.ts';
import { FOLLOW_UP_REFUSALS } from '../../../src/core/followup/refusal.ts';
import type { FollowUpRefusalName } from '../../../src/core/followup/refusal.ts';
import { FOLLOW_UP } from '../../../src/core/followup/kind.ts';
import { acting, person } from '../incident/cast.ts';
import { Afterwards, DAY, HOUR, OVER, POST_MORTEM, PREVENT, ROOT_CAUSE } from './scenes.ts';

describe('what is left to be done', () => {
  test('has a date each, which counts from the end', () => {
    const after = new Afterwards();
    expect(after.list).toMatchObject({ status: 'open', drill: false });
    expect(after.list.items.map(({ id, title, dueAt }) => [id, title, (dueAt - OVER) / DAY])).toEqual([
      ['f1', 'Find the root cause', 1],
      ['f2', 'Prevent it from being deployed again', 7],
      ['f3', 'Hold the post-mortem', 7],
    ]);
  });

  test('is not wanted twice, whoever asks for it', () => {
    const after = new Afterwards([ROOT_CAUSE, ROOT_CAUSE]);
    const again = { kind: 'open', incident: after.list.incident, title: '', drill: false } as const;
    after.tell({ ...again, wanted: [{ ...ROOT_CAUSE, title: ' find the ROOT cause', from: null }, POST_MORTEM] });
    expect(after.list.items.map(({ id, title }) => [id, title])).toEqual([
      ['f1', 'Find the root cause'],
      ['f2', 'Hold the post-mortem'],
    ]);
    expect(after.tell({ ...again, wanted: [POST_MORTEM] })).toEqual([]);
  });

  test('after a drill is only what says so', () => {
    expect(new Afterwards([ROOT_CAUSE, PREVENT], true).state.status).toBe('none');
    expect(new Afterwards([ROOT_CAUSE, { ...PREVENT, drills: true }], true).list.items.map(({ title }) => title)).toEqual([PREVENT.title]);
  });

  test('is taken by one of its role, who can hand it to another, and done by whoever has it', () => {
    const after = new Afterwards();
    expect(after.who('mina', 'take', 'f2')).toEqual([{ type: 'taken', item: 'f2', by: person('mina') }]);
    after.who('omar', 'take', 'f2');
    expect(after.item('f2').taken?.by).toEqual(person('omar'));
    expect(after.who('omar', 'finish', 'f2')).toEqual([{ type: 'done', item: 'f2', by: person('omar') }]);
    expect(after.list.status).toBe('open');
  });

  test('is over when all of it is done, and open again when more is wanted', () => {
    const after = new Afterwards([ROOT_CAUSE]);
    after.who('dana', 'finish');
    expect(after.list.status).toBe('closed');
    after.tell({ kind: 'open', incident: after.list.incident, title: '', drill: false, wanted: [POST_MORTEM] });
    expect(after.list.status).toBe('open');
  });
});

const token = 'T-f1' as TokenId;
const REFUSED: readonly [FollowUpRefusalName, (after: Afterwards) => unknown][] = [
  ['no-such-follow-up', (after) => after.who('dana', 'take', 'f9')],
  ['not-in-role', (after) => after.who('priya', 'take')],
  ['not-in-role', (after) => after.who('lee', 'finish')],
  ['not-in-role', (after) => after.later('omar', OVER + 2 * DAY, 'busy')],
  ['about-you', () => reviewBy('dana', 'take')],
  ['about-you', () => reviewBy('dana', 'finish')],
  ['done-already', (after) => (after.who('dana', 'finish'), after.who('dana', 'take'))],
  ['yours-already', (after) => (after.who('dana', 'take'), after.who('dana', 'take'))],
  ['date-passed', (after) => after.later('dana', OVER, 'busy')],
  ['date-too-far', (after) => after.later('dana', OVER + 200 * DAY, 'busy')],
  ['reason-needed', (after) => after.later('dana', OVER + 2 * DAY, ' ')],
];

/** Dana wants to see to it that what she has decided alone is looked at. */
function reviewBy(who: 'dana', kind: 'take' | 'finish'): unknown {
  return new Afterwards([{ ...ROOT_CAUSE, notBy: person('dana').id }]).who(who, kind);
}

test('what dana has decided alone is looked at by somebody else of the role', () => {
  const review = new Afterwards([{ ...PREVENT, notBy: person('dana').id }]);
  expect(review.who('mina', 'finish')).toEqual([{ type: 'done', item: 'f1', by: person('mina') }]);
});

test.each(REFUSED)('%s changes nothing and says what to do', (name, deed) => {
  const after = new Afterwards();
  const before = (): string => JSON.stringify(after.facts.length);
  let facts = before();
  const refused = deed({
    who: (...asked: Parameters<Afterwards['who']>) => ((facts = before()), after.who(...asked)),
    later: (...asked: Parameters<Afterwards['later']>) => ((facts = before()), after.later(...asked)),
  } as Afterwards);
  expect(refused).toMatchObject({ refusal: name, says: expect.stringContaining(FOLLOW_UP_REFUSALS[name]) });
  expect(before()).toBe(facts);
});

test('every refusal is reached', () => {
  const reached = new Set(REFUSED.map(([name]) => name)).add(FOLLOW_UP.refuseNewer('').refusal);
  expect(new Set(Object.keys(FOLLOW_UP_REFUSALS))).toEqual(reached);
});

test('a commander may do what its role may', () => {
  const after = new Afterwards();
  expect(after.who('dana', 'finish', 'f3')).toEqual([{ type: 'done', item: 'f3', by: person('dana') }]);
});

test('who has taken it may go on without the role', () => {
  const after = new Afterwards();
  after.who('omar', 'take', 'f2');
  const withoutRoles = { ...acting('omar'), roles: [] };
  expect(after.tell({ kind: 'finish', token: 'T-f2' as TokenId, commanders: [], ...withoutRoles })).toHaveLength(1);
  expect(after.tell({ kind: 'finish', token, commanders: [], ...withoutRoles })).toMatchObject({ refusal: 'not-in-role' });
});

describe('reminders', () => {
  test('come before, at the time, and then ever more rarely for eight weeks', () => {
    const after = new Afterwards();
    after.waits(100 * DAY);
    const days = [1, 3, 7, 14, 21, 28, 35, 42, 49, 56];
    expect(after.heard()).toEqual([['before', 18], ['due', 24], ...days.map((day) => ['after', 24 + day * 24])]);
    expect(after.heard('f2').slice(0, 3)).toEqual([
      ['before', 6 * 24],
      ['due', 7 * 24],
      ['after', 8 * 24],
    ]);
    expect(FOLLOW_UP.nextDueAt(after.state)).toBe(null);
  });

  test('that were missed are one, and it says where things stand now', () => {
    const after = new Afterwards();
    after.waits(10 * DAY + HOUR, 10 * DAY + HOUR);
    expect(after.heard()).toEqual([['after', 241]]);
    after.waits(DAY * 6);
    expect(after.heard().slice(1)).toEqual([['after', 24 + 14 * 24]]);
  });

  test('come once however often anybody asks', () => {
    const after = new Afterwards();
    after.waits(DAY, HOUR / 4);
    const facts = after.facts.length;
    for (let times = 0; times < 10; times += 1) after.tell({ kind: 'remind' });
    expect(after.facts).toHaveLength(facts);
  });

  test('go by the new date once it was moved, and end when it is done', () => {
    const after = new Afterwards();
    after.waits(20 * HOUR);
    after.later('dana', OVER + 4 * DAY, 'the log is at the vendor');
    expect(after.item()).toMatchObject({ dueAt: OVER + 4 * DAY, postponed: [{ reason: 'the log is at the vendor', from: OVER + DAY }] });
    after.waits(5 * DAY);
    after.who('dana', 'finish');
    after.waits(20 * DAY);
    // Nineteen hours before the new date: a quarter of the three days and four hours that are left.
    expect(after.heard()).toEqual([
      ['before', 18],
      ['before', 77],
      ['due', 96],
      ['after', 120],
    ]);
  });

  test('the store wakes the bot for each of them', () => {
    const after = new Afterwards([ROOT_CAUSE]);
    expect(FOLLOW_UP.nextDueAt(after.state)).toBe(OVER + 18 * HOUR);
    after.waits(18 * HOUR);
    expect(FOLLOW_UP.nextDueAt(after.state)).toBe(OVER + DAY);
  });
});
