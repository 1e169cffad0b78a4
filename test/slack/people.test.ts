import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { PersonId } from '../../src/core/brand.ts';
import { openHouse } from './house.ts';
import type { House } from './house.ts';
import { role } from './story.ts';
import { createPeople } from '../../src/slack/people.ts';

let house: House;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(async () => {
  await house.close();
});

function id(name: string): PersonId {
  return house.emulator.person(name).id as PersonId;
}

function calls(method: string): number {
  return house.emulator.calls.filter((call) => call.method === method).length;
}

describe('who is let in', () => {
  test('a full member, with the roles of their name and of their user groups', async () => {
    expect(await house.room.people.read(id('dana'))).toMatchObject({ status: 'member', name: 'dana', roles: ['lead-developer'] });
    expect(await house.room.people.read(id('omar'))).toMatchObject({ status: 'member', roles: ['devops-engineer'] });
    expect(await house.room.people.read(id('lee'))).toMatchObject({ status: 'member', roles: [] });
  });

  test.each([
    ['gus', 'guest'],
    ['eve', 'stranger'],
  ])('%s is refused as a %s', async (name, why) => {
    house.emulator.admin.addChannel({ name: 'partners', kind: 'shared', members: ['dana', 'gus', 'eve'], app: true });
    expect(await house.room.people.read(id(name))).toEqual({ status: 'refused', why });
  });

  test("nobody whose account is no person's", async () => {
    const { admin } = house.emulator;
    admin.addPerson({ name: 'robo', kind: 'bot' });
    admin.addPerson({ name: 'solo', kind: 'single-channel-guest' });
    admin.deactivate('lee');
    expect(await house.room.people.read(id('robo'))).toEqual({ status: 'refused', why: 'bot' });
    expect(await house.room.people.read(id('solo'))).toEqual({ status: 'refused', why: 'guest' });
    expect(await house.room.people.read(id('lee'))).toEqual({ status: 'refused', why: 'deactivated' });
    expect(await house.room.people.read(house.installation.botUserId as PersonId)).toEqual({ status: 'refused', why: 'bot' });
    expect(await house.room.people.read('U404NOBODY' as PersonId)).toEqual({ status: 'refused', why: 'unknown' });
  });

  test.each([
    ['users.info', 'internal_error'],
    ['usergroups.users.list', 'fatal_error'],
  ])('nobody while %s answers %s', async (method, error) => {
    house.emulator.faults.refuse(method, error, { times: 50 });
    expect(await house.room.people.read(id('dana'))).toMatchObject({ status: 'unreadable' });
    house.emulator.faults.clear();
    expect(await house.room.people.read(id('dana'))).toMatchObject({ status: 'member' });
  });

  test('nobody while Slack is away', async () => {
    await house.emulator.faults.outage('refused');
    expect(await house.room.people.read(id('dana'))).toMatchObject({ status: 'unreadable' });
    for (const held of ['devops-engineer', 'lead-developer'])
      expect(await house.room.people.holders(role(held))).toMatchObject({ unreadable: expect.stringContaining('Slack') });
    await house.emulator.faults.recover();
  });

  test("a group that Slack can't have gives nobody a role, and takes none away", async () => {
    house.emulator.admin.setPlan('free');
    expect(await house.room.people.read(id('dana'))).toMatchObject({ roles: ['lead-developer'] });
    expect(await house.room.people.read(id('omar'))).toMatchObject({ status: 'member', roles: [] });
  });
});

test('who has two ids on an Enterprise Grid is one person, so that nobody approves what they asked for', async () => {
  const user = { id: 'U0DANA', team_id: 'T1', name: 'dana', enterprise_user: { id: 'W0DANA', teams: ['T1'] } };
  const people = createPeople({
    web: { call: async () => await Promise.resolve({ status: 'ok', data: { user } }) },
    catalog: { settings: () => ({ ...house.settings, roles: { 'lead-developer': { people: ['U0DANA'] } } }) },
    clock: house.clock,
    identity: () => ({ team: 'T1', teamName: 'T1', app: 'A1', botUser: 'U0BOT', bot: 'B1' }),
  });
  const readings = await Promise.all(['U0DANA', 'W0DANA'].map(async (each) => await people.read(each as PersonId)));
  for (const reading of readings) expect(reading).toMatchObject({ status: 'member', id: 'W0DANA', roles: ['lead-developer'] });
});

describe('how old a reading may be', () => {
  test('a minute, and no older than this moment where it has to be fresh', async () => {
    await house.room.people.read(id('omar'));
    const before = calls('users.info');
    await house.room.people.read(id('omar'));
    expect(calls('users.info')).toBe(before);
    house.emulator.admin.setGroup({ handle: 'devops-engineer', members: ['lee'] });
    expect(await house.room.people.read(id('omar'), { fresh: true })).toMatchObject({ roles: [] });
    house.emulator.admin.setGroup({ handle: 'devops-engineer', members: ['omar', 'lee'] });
    house.clock.advance(60_000);
    expect(await house.room.people.read(id('omar'))).toMatchObject({ roles: ['devops-engineer'] });
  });

  test('those who hold a role are its people who are still here', async () => {
    house.emulator.admin.setGroup({ handle: 'devops-engineer', members: ['omar', 'gus', 'lee'] });
    house.emulator.admin.deactivate('lee');
    expect(await house.room.people.holders(role('devops-engineer'))).toEqual([id('omar')]);
    expect(await house.room.people.holders(role('nobody-has-it'))).toEqual([]);
  });
});
