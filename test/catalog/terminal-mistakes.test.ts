import { expect, test } from 'vitest';
import { PROCEDURE, SETTINGS, mistakesOf } from './workplace.ts';

/** Settings with a terminal, without a mistake; each row spoils one of its texts. */
const TERMINAL = `${SETTINGS}contacts:
  omar: { slack: U0OMAR }
  pager: { webhook: { to: sms, address: '+491700000000' } }
paging:
  webhooks: { sms: { url: 'https://sms.pitchey.example', secret: { env: SMS } } }
terminal:
  people:
    dana: { slack: U0DANA, name: Dana }
    omar: { contact: omar }
break-glass: { roles: [lead-developer], tells: devops-engineer, holds: 5m }
`;

const TABLE: readonly (readonly [what: string, find: string, instead: string, ...expected: string[]])[] = [
  [
    'a contact is unknown',
    '{ contact: omar }',
    '{ contact: omer }',
    '25:22: There is no contact "omer". Did you mean "omar"? Expected one of "contacts", or slack: instead.',
  ],
  [
    'a contact is nobody in Slack',
    '{ contact: omar }',
    '{ contact: pager }',
    '25:22: The contact pager has no slack:, by which it is known who this is; expected one.',
  ],
  [
    'a person is said twice',
    '{ contact: omar }',
    '{ contact: omar, slack: U0OMAR }',
    '25:11: Found a map, expected either slack: or contact:.',
  ],
  ['a person is said not at all', '{ contact: omar }', '{ name: omar }', '25:11: Found a map, expected either slack: or contact:.'],
  [
    'a member’s id is none',
    'slack: U0DANA, name',
    'slack: dana, name',
    `24:20: Found "dana", expected a Slack member's id such as U012ABCDEF.`,
  ],
  [
    'a user is none',
    '    dana: { slack',
    '    "da na": { slack',
    `24:5: Found the key "da na", expected an operating system's user such as dana.`,
  ],
  ['a time is none', 'holds: 5m', 'holds: soon', '26:72: Found "soon", expected a duration such as 90s, 15m or 24h.'],
  [
    'a role that may is unknown',
    'roles: [lead-developer], tells',
    'roles: [lead-developr], tells',
    '26:24: There is no role "lead-developr". Did you mean "lead-developer"? Expected one of "roles".',
  ],
  [
    'the role that is told is unknown',
    'tells: devops-engineer',
    'tells: devops-enginer',
    '26:48: There is no role "devops-enginer". Did you mean "devops-engineer"? Expected one of "roles".',
  ],
  [
    'the role that is told is the one that may',
    'tells: devops-engineer',
    'tells: lead-developer',
    '26:48: lead-developer may override, so telling it tells nobody else; expected a role that is not under "roles".',
  ],
  ['nobody may', 'roles: [lead-developer], tells', 'roles: [], tells', '26:23: Found an empty list, expected at least 1 in it.'],
];

test('they have no mistake as they are', async () => {
  expect(await mistakesOf({ 'rollbot.yml': TERMINAL, 'procedures/try.yml': PROCEDURE })).toEqual([]);
});

test.each(TABLE)('%s', async (_what, find, instead, ...expected) => {
  expect(TERMINAL).toContain(find);
  const mistakes = await mistakesOf({ 'rollbot.yml': TERMINAL.replace(find, () => instead), 'procedures/try.yml': PROCEDURE });
  expect(mistakes).toEqual(expected.map((each) => `rollbot.yml:${each}`));
});
