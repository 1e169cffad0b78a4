import { expect, test } from 'vitest';
import { mistakesOf, PROCEDURE, SETTINGS } from './workplace.ts';

const WITH_DRILLS = `${SETTINGS.replace('channels: { ', 'channels: { announce: C0ANNOUNCE, ')}drills:
  monthly:
    title: Monthly drill
    procedure: try
    target: staging
    params: { size: large }
    schedule: { every: month, day: first tuesday, at: '10:00', zone: Europe/Berlin }
    roles: [devops-engineer]
    people: [U0DANA]
    trouble: { silent-approver: 3m, failing-step: second }
  quarterly:
    title: All of it
    procedure: try
    target: staging
    schedule: { every: quarter, day: 15, at: '09:30', zone: UTC }
    starts: itself
`;

test('drills without a mistake have none', async () => {
  expect(await mistakesOf({ 'rollbot.yml': WITH_DRILLS, 'procedures/try.yml': PROCEDURE })).toEqual([]);
});

/** What is put in the place of what in rollbot.yml, and every mistake that this makes. */
const TABLE: readonly (readonly [what: string, find: string, instead: string, ...expected: string[]])[] = [
  [
    'nobody would be told',
    'announce: C0ANNOUNCE, ',
    '',
    '18:3: Nobody would be told of this drill. Expected "channel" here, or "announce" under "channels".',
    '27:3: Nobody would be told of this drill. Expected "channel" here, or "announce" under "channels".',
  ],
  [
    'its target is protected',
    'target: staging\n    params',
    'target: production\n    params',
    '21:13: production is protected, and nothing is practised there. Expected staging.',
  ],
  [
    'its target is not there',
    'target: staging\n    params',
    'target: stagin\n    params',
    '21:13: There is no target "stagin". Did you mean "staging"? Expected staging.',
  ],
  [
    'its procedure is not there',
    'procedure: try\n    target: staging\n    params',
    'procedure: tri\n    target: staging\n    params',
    '20:16: There is no procedure "tri". Did you mean "try"? Expected the name of a file of the procedures\' folder, without .yml.',
  ],
  [
    'a parameter is not there',
    'params: { size: large }',
    'params: { siz: large }',
    '22:15: try has no parameter "siz". Did you mean "size"?',
  ],
  [
    'a parameter has no such value',
    'params: { size: large }',
    'params: { size: huge }',
    '22:21: size is "huge", which is not a choice. The choices are small and large.',
  ],
  [
    'a role is not there',
    'roles: [devops-engineer]\n    people',
    'roles: [devops]\n    people',
    '24:13: There is no role "devops". Did you mean "devops-engineer"? Expected one of "roles".',
  ],
  [
    'there is no such step',
    'failing-step: second',
    'failing-step: secnd',
    '26:51: There is no step "secnd" that Rollbot does. Did you mean "second"? Expected first or second.',
  ],
  ['a day that no month has', 'day: 15', 'day: 31', '31:38: Found 31, expected at most 28.'],
  [
    'a day that there is not',
    'day: first tuesday',
    'day: fifth tuesday',
    '23:36: Found "fifth tuesday", expected a day such as "first tuesday", "last friday" or 15.',
  ],
  [
    'a zone that there is not',
    'zone: Europe/Berlin',
    'zone: Europe/Bärlin',
    '23:70: Found "Europe/Bärlin", expected a time zone such as Europe/Berlin.',
  ],
  [
    'no trouble at all',
    '{ silent-approver: 3m, failing-step: second }',
    '{}',
    '26:14: Found an empty map, expected "silent-approver", "failing-step" or both.',
  ],
];

test.each(TABLE)('%s', async (_what, find, instead, ...expected) => {
  expect(WITH_DRILLS).toContain(find);
  const found = await mistakesOf({ 'rollbot.yml': WITH_DRILLS.replace(find, () => instead), 'procedures/try.yml': PROCEDURE });
  expect(found).toEqual(expected.map((each) => `rollbot.yml:${each}`));
});
