import { expect, test } from 'vitest';
import type { PersonId, RoleId } from '../../src/core/brand.ts';
import type { People } from '../../src/core/ports.ts';
import { missingApprovers } from '../../src/runner/approvers.ts';
import { procedureOf, step } from '../core/incident/plans.ts';
import type { StepChange } from '../core/incident/plans.ts';

type Holders = Readonly<Record<string, readonly string[] | { unreadable: string }>>;
const BOTH = ['devops-engineer', 'database-admin'];

async function says(approve: NonNullable<StepChange['approve']>, holders: Holders, more: StepChange = {}): Promise<readonly string[]> {
  const people: People = {
    read: async () => await Promise.reject(new Error('Nobody is read one by one.')),
    holders: async (role: RoleId) => await Promise.resolve((holders[role] ?? []) as readonly PersonId[]),
  };
  const procedure = procedureOf([step('swap', { approve, title: 'Swap it', ...more })]);
  return (await missingApprovers(people, procedure, 'dana' as PersonId)).map((mistake) => mistake.says);
}

test('somebody else in the role is enough', async () => {
  expect(await says({ by: BOTH }, { 'devops-engineer': ['dana', 'omar'] })).toEqual([]);
});

test('whoever asks does not count', async () => {
  expect(await says({ by: BOTH }, { 'devops-engineer': ['dana'] })).toEqual([
    'Nobody could approve “Swap it”: it needs one person of devops-engineer or database-admin besides you, and there are 0. ' +
      'Let somebody else start it, or put more people into these roles.',
  ]);
});

test('one person in two roles is one person', async () => {
  const holders = { 'devops-engineer': ['omar'], 'database-admin': ['omar'] };
  expect((await says({ by: BOTH, need: 2 }, holders))[0]).toContain(
    'it needs 2 people of devops-engineer or database-admin besides you, and there is 1.',
  );
});

test('two people of one role can not stand for two', async () => {
  const rule = { by: BOTH, need: 2, differentRoles: true };
  expect((await says(rule, { 'devops-engineer': ['omar', 'mina'] }))[0]).toContain('2 people of different roles');
  expect(await says(rule, { 'devops-engineer': ['omar'], 'database-admin': ['mina'] })).toEqual([]);
});

test('where it can not be read who is in a role, nobody is kept from beginning', async () => {
  expect(await says({ by: BOTH }, { 'devops-engineer': { unreadable: 'Slack is down' } })).toEqual([]);
});

test('a step that is left out asks nobody', async () => {
  expect(await says({ by: BOTH }, {}, { skip: 'not this time' })).toEqual([]);
});
