import { describe, expect, test } from 'vitest';
import type { Reachable } from '../../../src/core/contact/port.ts';
import type { Plan } from '../../../src/core/page/chain.ts';
import { whomToCall } from '../../../src/core/page/reach.ts';
import type { Roll } from '../../../src/core/page/reach.ts';
import { DBA, LEADS, rung, who } from './walk.ts';

const mina = who('mina', 'slack', 'email');
const omar = who('omar', 'slack');
const dana = who('dana', 'pagerduty', 'slack');
const any = () => true;

const next = (round = 1, position = 0): Plan => ({ kind: 'rung', round, position, rung: rung(5), ends: null });
const named = (by: Parameters<typeof rung>[2] = null): Plan => ({
  kind: 'rung',
  round: 1,
  position: 0,
  rung: rung(5, { roles: [DBA], contacts: [] }, by),
  ends: null,
});
const roll = (first: Reachable | null, ...all: readonly Reachable[]): Roll => ({
  duties: [{ role: DBA, first, all, until: null, unreadable: null }],
  contacts: [],
  missing: [],
});
const names = (plan: Plan, of: Roll, called: readonly string[] = []) =>
  whomToCall(plan, of, any, called).people.map(({ contact }) => contact);

describe('whom a stage calls', () => {
  test.each<[string, Plan, Roll, readonly string[], readonly string[]]>([
    ['who is on call', next(), roll(omar, mina, omar), [], ['omar']],
    ['the first one of the role where nobody is on call', next(), roll(null, mina, omar), [], ['mina']],
    ['the next one, after who was called', next(1, 1), roll(omar, mina, omar), ['omar'], ['mina']],
    ['who is on call by now, where that has changed in between', next(1, 1), roll(dana, mina, omar, dana), ['omar'], ['dana']],
    ['the same one again where there is nobody else', next(1, 1), roll(null, mina), ['mina'], ['mina']],
    ['with names: who is on call there', named(), roll(omar, mina, omar), [], ['omar']],
    ['with names: all, where nobody is on call there', named(), roll(null, mina, omar), [], ['mina', 'omar']],
    ['everybody', { kind: 'everybody', to: { roles: [DBA], contacts: [] }, waitMs: 1 }, roll(omar, mina, omar), ['omar'], ['mina', 'omar']],
  ])('%s', (_what, plan, of, called, expected) => {
    expect(names(plan, of, called)).toEqual(expected);
  });

  test('nobody is called twice by two roles, and one of each role is called', () => {
    const two: Roll = {
      ...roll(omar, omar),
      duties: [...roll(omar, omar).duties, { role: LEADS, first: dana, all: [dana, omar], until: null, unreadable: null }],
    };
    expect(names(next(), two)).toEqual(['omar', 'dana']);
  });
});

const media = (contact: Reachable, by: Parameters<typeof rung>[2]) => whomToCall(named(by), roll(contact, contact), any).people[0]?.media;

describe('by what', () => {
  test.each<[string, Reachable, Parameters<typeof rung>[2], readonly string[]]>([
    ['all that they have', mina, null, ['slack', 'email']],
    ['what the chain says', mina, ['email'], ['email']],
    ['what wakes them in quiet hours, whatever the chain says', { ...mina, quiet: true, media: ['pagerduty'] }, ['email'], ['pagerduty']],
    ['what they have, where they have nothing of what the chain says', omar, ['pagerduty'], ['slack']],
  ])('%s', (_what, contact, by, expected) => {
    expect(media(contact, by)).toEqual(expected);
  });
});

describe('who is missing is said', () => {
  test('a group that can not be read', () => {
    const unreadable: Roll = {
      duties: [{ role: DBA, first: null, all: [], until: null, unreadable: 'Slack is away' }],
      contacts: [],
      missing: ['lena'],
    };
    expect(whomToCall(next(), unreadable, any)).toEqual({
      people: [],
      says: 'Not all of database-admin are known now: Slack is away. rollbot.yml has no contact lena any more. There is nobody who could be called.',
    });
  });

  test('somebody without any medium', () => {
    expect(whomToCall(next(), roll(null, who('lee')), any).says).toBe('lee has no way to be reached.');
  });

  test('who may not be called is passed over', () => {
    expect(whomToCall(next(), roll(omar, omar, mina), ({ contact }) => contact !== 'omar').people.map(({ contact }) => contact)).toEqual([
      'mina',
    ]);
  });
});
