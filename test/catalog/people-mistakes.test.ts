import { expect, test } from 'vitest';
import { PROCEDURE, SETTINGS, mistakesOf } from './workplace.ts';

/** Settings with people, without a mistake; each row spoils one of its texts. */
const PEOPLE = `${SETTINGS.replace('database-admin: { groups: [S0DBA] }', 'database-admin: { people: [U0MINA], contacts: [pager], on-call: databases, chain: calm }')}contacts:
  omar: { slack: U0OMAR, zone: Europe/Berlin }
  mina: { slack: U0MINA, email: mina@pitchey.example, quiet: { from: '22:00', to: '07:00', media: [email] } }
  pager: { webhook: { to: sms, address: '+491700000000' } }
rotations:
  databases: { people: [mina, pager], every: week, zone: Europe/Berlin, at: '09:00', from: 2026-11-02, overrides: [{ who: pager, from: 2026-11-24T03:00:00Z, to: 2026-11-24T05:00:00Z }] }
paging:
  chains: { calm: { stages: [{ to: [omar, lead-developer], wait: 5m }], everybody: [lead-developer] } }
  webhooks: { sms: { url: 'https://sms.pitchey.example', secret: { env: SMS } } }
severities: { sev1: { title: Major } }
tell:
  - { on: severity-set, severities: [sev1], roles: [lead-developer], text: business }
vendors:
  neon-support: { title: Neon, support: { email: neon@pitchey.example }, owner: database-admin, say: '\${incident} on \${target}' }
`;

const TABLE: readonly (readonly [what: string, find: string, instead: string, ...expected: string[]])[] = [
  [
    'a role’s contact is unknown',
    'contacts: [pager]',
    'contacts: [pagr]',
    '13:50: There is no contact "pagr". Did you mean "pager"? Expected one of "contacts".',
    '22:31: pager does not hold database-admin, for which this is; expected somebody of its people or contacts.',
    '22:123: pager does not hold database-admin, for which this is; expected somebody of its people or contacts.',
  ],
  [
    'a role’s rotation is unknown',
    'on-call: databases',
    'on-call: database',
    '13:67: There is no rotation "database". Did you mean "databases"? Expected one of "rotations".',
  ],
  [
    'a role’s chain is unknown',
    'chain: calm',
    'chain: clam',
    '13:85: There is no chain "clam". Did you mean "calm"? Expected one of "paging: chains".',
  ],
  [
    'somebody in a rotation is unknown',
    'people: [mina, pager]',
    'people: [mina, page]',
    '22:31: There is no contact "page". Did you mean "pager"? Expected one of "contacts".',
  ],
  [
    'somebody who stands in is unknown',
    '{ who: pager',
    '{ who: page',
    '22:123: There is no contact "page". Did you mean "pager"? Expected one of "contacts".',
  ],
  [
    'somebody in a rotation does not hold its role',
    'people: [mina, pager]',
    'people: [mina, omar]',
    '22:31: omar does not hold database-admin, for which this is; expected somebody of its people or contacts.',
  ],
  [
    'a zone is misspelt',
    'zone: Europe/Berlin, at',
    'zone: Europe/Berln, at',
    '22:58: There is no time zone "Europe/Berln"; expected one such as Europe/Berlin, by its name in the tz database.',
  ],
  [
    'a contact’s zone is misspelt',
    'zone: Europe/Berlin }',
    'zone: Mars/Olympus }',
    '18:32: There is no time zone "Mars/Olympus"; expected one such as Europe/Berlin, by its name in the tz database.',
  ],
  [
    'a zone is no zone at all',
    'zone: Europe/Berlin }',
    "zone: '+01:00' }",
    '18:32: Found "+01:00", expected a time zone such as Europe/Berlin.',
  ],
  [
    'a weekly rotation begins on another day',
    'from: 2026-11-02',
    'from: 2026-11-04',
    '22:92: 2026-11-04 is a wednesday; expected a monday, on which it hands over.',
  ],
  [
    'a daily rotation has a weekday',
    'every: week',
    'every: day, on: friday',
    '22:51: A daily rotation hands over on every day; expected no "on".',
  ],
  [
    'an override ends before it begins',
    'to: 2026-11-24T05:00:00Z',
    'to: 2026-11-24T02:00:00Z',
    '22:162: It ends before it begins; expected a moment after "from".',
  ],
  [
    'a contact without a way to reach them',
    '{ slack: U0OMAR, zone: Europe/Berlin }',
    '{ name: Omar }',
    "18:3: omar can't be reached; expected slack, email, pagerduty or webhook.",
  ],
  [
    'two contacts are one member',
    'slack: U0MINA',
    'slack: U0OMAR',
    '19:18: omar is this member too; expected one contact for each.',
    '22:25: mina does not hold database-admin, for which this is; expected somebody of its people or contacts.',
  ],
  [
    'a gateway is unknown',
    'to: sms',
    'to: smss',
    '20:27: There is no gateway "smss". Did you mean "sms"? Expected one of "paging: webhooks".',
  ],
  [
    'quiet hours choose what is not there',
    'media: [email]',
    'media: [pagerduty]',
    '19:100: There is no pagerduty here; expected one of slack or email.',
  ],
  ['quiet hours end as they begin', "to: '07:00'", "to: '22:00'", '19:83: This ends as it begins; expected hours such as 22:00 to 07:00.'],
  [
    'a stage calls nobody we know',
    'to: [omar, lead-developer]',
    'to: [omr, lead-developer]',
    '24:37: There is no role or contact "omr". Did you mean "omar"? Expected one of "roles" and "contacts".',
  ],
  [
    'a chain ends with a role that is unknown',
    'everybody: [lead-developer]',
    'everybody: [leads]',
    '24:85: There is no role "leads". Expected one of "roles".',
  ],
  [
    'somebody unknown is to be told',
    'roles: [lead-developer], text',
    'roles: [lead], text',
    '28:53: There is no role "lead". Did you mean "lead-developer"? Expected one of "roles".',
  ],
  [
    'a severity is unknown',
    'severities: [sev1]',
    'severities: [sev2]',
    '28:38: There is no severity "sev2". Did you mean "sev1"? Expected one of "severities".',
  ],
  [
    'a severity is told of a run',
    'on: severity-set',
    'on: run-started',
    '28:24: Found severities beside "on: run-started", which says nothing of them; expected none.',
  ],
  [
    'a procedure that is told of is unknown',
    'on: severity-set, severities: [sev1]',
    'on: run-started, procedures: [tri]',
    '28:37: There is no procedure "tri". Did you mean "try"? Expected one of the files of procedures/.',
  ],
  [
    'a vendor has an owner who is unknown',
    'owner: database-admin',
    'owner: dba',
    '30:81: There is no role "dba". Expected one of "roles".',
  ],
  [
    'a vendor is told what nobody knows',
    '${incident} on',
    '${incidnt} on',
    '30:102: Nothing is filled in for ${incidnt}. Did you mean "incident"? Expected one of incident, target, procedure, since or impact.',
  ],
  [
    'a vendor is called like a role',
    'neon-support:',
    'database-admin:',
    '30:3: "database-admin" is a role or a contact too; expected a name of its own, which /page can tell apart.',
  ],
];

test('they have no mistake as they are', async () => {
  expect(await mistakesOf({ 'rollbot.yml': PEOPLE, 'procedures/try.yml': PROCEDURE })).toEqual([]);
});

test.each(TABLE)('%s', async (_what, find, instead, ...expected) => {
  expect(PEOPLE).toContain(find);
  const mistakes = await mistakesOf({ 'rollbot.yml': PEOPLE.replace(find, () => instead), 'procedures/try.yml': PROCEDURE });
  expect(mistakes).toEqual(expected.map((each) => `rollbot.yml:${each}`));
});

test('a contact without a member of Slack gives its role nobody', async () => {
  const settings = PEOPLE.replace('people: [U0MINA], ', '').replace('people: [mina, pager]', 'people: [pager]');
  expect((await mistakesOf({ 'rollbot.yml': settings, 'procedures/try.yml': PROCEDURE }))[0]).toBe(
    'rollbot.yml:30:81: Nobody holds the role "database-admin"; expected people, groups or contacts for it under "roles".',
  );
});
