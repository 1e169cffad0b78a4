import { expect, test } from 'vitest';
import type { Instant, PersonId, RoleId } from '../../src/core/brand.ts';
import type { Json } from '../../src/core/digest.ts';
import type { PersonReading } from '../../src/core/ports.ts';
import type { Settings } from '../../src/core/settings.ts';
import { createPeople } from '../../src/people/index.ts';
import { keepingLog } from '../contracts/store/subject.ts';
import { createManualClock } from '../slack/manual-clock.ts';

const HOUR = 3_600_000;
const DANA = 'U001DANA' as PersonId;
const OMAR = 'U002OMAR' as PersonId;
const settings: Settings = {
  targets: { production: { default: true } },
  roles: { 'lead-developer': { people: [DANA] }, 'devops-engineer': { groups: ['S010DEVOPS'] }, 'database-admin': { contacts: ['omar'] } },
  start: { '*': ['lead-developer'] },
  channels: {},
  contacts: { omar: { slack: OMAR, name: 'Omar' } },
  terminal: { people: { dana: { slack: DANA, name: 'dana' }, omar: { contact: 'omar' } }, 'roles-hold': '2h' },
};
const AWAY: PersonReading = { status: 'unreadable', why: 'Slack is away' };

function member(id: PersonId, roles: readonly string[], asOf: number): PersonReading {
  return { status: 'member', id, name: id.slice(4).toLowerCase(), roles: roles.map((role) => role as RoleId), asOf: asOf as Instant };
}

/** People with a Slack that says what a test has it say, or without any. */
function office({ withSlack = true, own = settings }: { readonly withSlack?: boolean; readonly own?: Settings } = {}) {
  const clock = createManualClock();
  const facts = new Map<string, Json>();
  const says = new Map<PersonId, PersonReading>();
  let reads = 0;
  const slack = {
    read: async (person: PersonId) => {
      reads += 1;
      return await Promise.resolve(says.get(person) ?? AWAY);
    },
    holders: async () => await Promise.resolve({ unreadable: 'Slack is away' }),
  };
  const store = {
    getFact: async (name: string) => await Promise.resolve(facts.get(name) ?? null),
    setFact: async (name: string, value: Json) => {
      facts.set(name, value);
      await Promise.resolve();
    },
  };
  const people = createPeople({ slack: withSlack ? slack : null, store, catalog: { settings: () => own }, clock, log: keepingLog([]) });
  return { people, clock, says, facts, reads: () => reads };
}

const rolesOf = (reading: PersonReading): readonly string[] | string => (reading.status === 'member' ? reading.roles : reading.status);

test('where Slack answers, it alone counts', async () => {
  const { people, says, clock } = office();
  says.set(DANA, member(DANA, ['devops-engineer'], clock.now()));
  expect(rolesOf(await people.read(DANA))).toEqual(['devops-engineer']);
  says.set(DANA, { status: 'refused', why: 'deactivated' });
  expect(await people.read(DANA)).toEqual({ status: 'refused', why: 'deactivated' });
});

test('where it does not, what it said last counts for as long as rollbot.yml says, beside the roles by name', async () => {
  const { people, says, clock } = office();
  says.set(DANA, member(DANA, ['devops-engineer', 'lead-developer'], clock.now()));
  await people.read(DANA);
  says.clear();
  await clock.pass(2 * HOUR);
  expect(rolesOf(await people.read(DANA))).toEqual(['lead-developer', 'devops-engineer']);
  await clock.pass(1);
  expect(rolesOf(await people.read(DANA))).toEqual(['lead-developer']);
});

test('whose roles come from Slack alone has none when its word is too old, or was never heard', async () => {
  const noNames: Settings = { ...settings, roles: { 'devops-engineer': { groups: ['S010DEVOPS'] } } };
  const { people, says, clock } = office({ own: noNames });
  expect(await people.read(OMAR)).toMatchObject({
    status: 'unreadable',
    why: expect.stringContaining('has never said which roles Omar has'),
  });
  says.set(OMAR, member(OMAR, ['devops-engineer'], clock.now()));
  await people.read(OMAR);
  says.clear();
  await clock.pass(3 * HOUR);
  expect(await people.read(OMAR)).toMatchObject({ status: 'unreadable', why: expect.stringContaining('said 3 h ago, which is too long') });
});

test('who was deactivated stays outside while Slack is away, whatever rollbot.yml says', async () => {
  const { people, says } = office();
  says.set(DANA, { status: 'refused', why: 'deactivated' });
  await people.read(DANA);
  says.clear();
  expect(await people.read(DANA)).toEqual({ status: 'refused', why: 'deactivated' });
});

test('nobody else is known while Slack is away', async () => {
  const { people, says, clock } = office();
  const lee = 'U005LEE' as PersonId;
  says.set(lee, member(lee, ['lead-developer'], clock.now()));
  await people.read(lee);
  says.clear();
  expect(await people.read(lee)).toEqual(AWAY);
});

test('one person is one person, also where Slack has two ids for them', async () => {
  const { people, says, clock } = office();
  const wide = 'W900DANA' as PersonId;
  says.set(DANA, member(wide, ['devops-engineer'], clock.now()));
  await people.read(DANA);
  says.clear();
  expect(await people.read(DANA)).toMatchObject({ id: wide });
  expect(await people.read(wide)).toMatchObject({ id: wide, roles: ['lead-developer', 'devops-engineer'] });
});

test('it asks by itself every few minutes, and sooner while Slack is away', async () => {
  const { people, says, clock, facts, reads } = office();
  people.start();
  await clock.pass(0);
  expect([reads(), facts.size]).toEqual([2, 0]);
  says.set(DANA, member(DANA, ['lead-developer'], clock.now()));
  says.set(OMAR, member(OMAR, ['devops-engineer'], clock.now()));
  await clock.pass(60_000);
  expect([reads(), facts.size]).toEqual([4, 2]);
  await clock.pass(9 * 60_000);
  expect(reads()).toBe(4);
  people.stop();
  await clock.pass(HOUR);
  expect(reads()).toBe(4);
});

test('without any Slack, roles are held by name', async () => {
  const { people } = office({ withSlack: false });
  expect(rolesOf(await people.read(DANA))).toEqual(['lead-developer']);
  expect(rolesOf(await people.read(OMAR))).toEqual(['database-admin']);
  expect(await people.holders('database-admin' as RoleId)).toEqual([OMAR]);
  expect(await people.holders('lead-developer' as RoleId)).toEqual([DANA]);
  expect(await people.holders('devops-engineer' as RoleId)).toEqual([]);
});
