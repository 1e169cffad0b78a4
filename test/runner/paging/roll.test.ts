import { expect, test } from 'vitest';
import type { PersonId, RoleId } from '../../../src/core/brand.ts';
import type { Duty } from '../../../src/core/contact/port.ts';
import { planOf } from '../../../src/core/page/chain.ts';
import type { Page } from '../../../src/core/page/state.ts';
import { callFor } from '../../../src/runner/paging/roll.ts';
import type { RollParts } from '../../../src/runner/paging/roll.ts';
import { BEGINS, chain, openWalk, order, rung, who } from '../../core/page/walk.ts';

const [mina, omar] = [who('mina', 'slack'), who('omar', 'slack')];

/** Mina is on call for the database, and omar is the other one. */
const PARTS = {
  onCall: {
    duty: async (role: RoleId): Promise<Duty> =>
      await Promise.resolve({ role, first: mina, all: [mina, omar], until: null, unreadable: null }),
  },
  clock: { now: () => BEGINS },
} as unknown as RollParts;

test('nobody is called to look at what they have decided alone, also not whoever is on call', async () => {
  const pinned = chain([rung(5)]);
  const called = async (notBy: string | null): Promise<readonly string[]> => {
    const asked = { ...order, why: 'override', ...(notBy !== null && { notBy: notBy as PersonId }) } as const;
    const page = { ...openWalk(pinned, { asked }).state, stages: [] } as Page;
    return (await callFor(PARTS, page, planOf(pinned, 0))).people.map(({ name }) => name);
  };
  expect(await called(null)).toEqual(['mina']);
  expect(await called('U-mina')).toEqual(['omar']);
});
