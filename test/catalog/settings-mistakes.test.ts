import { expect, test } from 'vitest';
import { PROCEDURE, SETTINGS, mistakesOf } from './workplace.ts';

const ROLES = 'Expected one of "roles".';
const FILE = "Expected the name of a file of the procedures' folder, without .yml.";

/** What is put in the place of what in rollbot.yml, and every mistake that this makes. */
const TABLE: readonly (readonly [what: string, find: string, instead: string, ...expected: string[]])[] = [
  ['no target is the default', '    default: true\n', '', '2:3: No target is the default; expected "default: true" on exactly one.'],
  [
    'two targets are the default',
    'protected: true',
    'default: true',
    '7:14: staging and production are both the default; expected exactly one.',
  ],
  ['yes is no boolean', 'protected: true', 'protected: yes', '7:16: Found "yes", expected true or false.'],
  ['a key has a typo', 'protected: true', 'protectd: true', '7:5: Unknown key "protectd". Did you mean "protected"?'],
  [
    'a starting role is unknown',
    '[lead-developer]',
    '[lead-developr]',
    `15:9: There is no role "lead-developr". Did you mean "lead-developer"? ${ROLES}`,
  ],
  ['a role is what every object has', '[lead-developer]', '[constructor]', `15:9: There is no role "constructor". ${ROLES}`],
  [
    'nobody holds a role',
    'lead-developer: { people: [U0DANA] }',
    'lead-developer: { people: [] }',
    '15:9: Nobody holds the role "lead-developer"; expected people, groups or contacts for it under "roles".',
  ],
  [
    'a starting procedure is unknown',
    'start:\n',
    'start:\n  tri: [lead-developer]\n',
    `15:3: There is no procedure "tri". Did you mean "try"? ${FILE}`,
  ],
  ['a procedure of a target is unknown', 'protected: true', 'procedures: [try, cash]', `7:23: There is no procedure "cash". ${FILE}`],
  ['a role that is invited is unknown', 'prefix: inc', 'invite: [dana]', `16:22: There is no role "dana". ${ROLES}`],
  [
    'a maintenance ends before it begins, on a target that is unknown',
    'channels:',
    'maintenance:\n  - { targets: [prodution], from: 2026-11-24T03:00:00Z, to: 2026-11-24T02:00:00Z, because: a move }\nchannels:',
    '17:17: There is no target "prodution". Did you mean "production"? Expected one of "targets".',
    '17:61: It ends before it begins; expected a moment after "from".',
  ],
  ['a role that commands is unknown', 'channels:', 'commanders: [dana]\nchannels:', `16:14: There is no role "dana". ${ROLES}`],
  ['a member is written as a name', 'U0DANA', 'dana', '11:30: Found "dana", expected a Slack member\'s id such as U012ABCDEF.'],
  ['a group is written as a name', 'S0DBA', 'dba', '13:30: Found "dba", expected a Slack user group\'s id such as S012ABCDEF.'],
  ['a channel has its hash', 'prefix: inc', "prefix: '#inc'", '16:21: Found "#inc", expected a channel name without #.'],
  [
    'a last good version moves',
    'protected: true',
    "last-good: { 'worker:api': HEAD~1 }",
    '7:32: The last good version of worker:api is "HEAD~1", which names no commit. Give 4 to 40 hexadecimal digits, or a tag or branch.',
  ],
  ...(
    [
      [
        '{ version: { run: [cat, VERSION], shell: pwd } }',
        '7:68: Found run and shell; expected only one of them. Make the other a step of its own.',
      ],
      [
        '{ version: { http: { url: /version, method: POST } } }',
        '7:45: This changes something, and a reading must not; expected a question.',
      ],
      [
        "{ version: { http: '${target.api_ulr}/version' } }",
        '7:53: There is no variable "api_ulr". Did you mean "api_url"? Expected one of this target\'s.',
      ],
      [
        "{ version: { http: '${steps.a.b}/version' } }",
        '7:53: Found ${steps.a.b}; expected ${target.<name>} or ${secrets.<name>}: no run is going on here.',
      ],
      [
        '{ version: { run: [cat, VERSION] }, good-after: 30m }',
        '7:70: "good-after" needs to know what healthy means; expected "healthy" beside it.',
      ],
      [
        '{ version: { run: [cat, VERSION] }, healthy: { run: [ls] }, good-after: 10s }',
        '7:106: Found 10s, which is shorter than 1m; expected at least as long as "every".',
      ],
      ['{ healthy: { run: [a] } }', '7:34: "version" is missing; expected a map.'],
    ] as const
  ).map(
    ([deployable, expected]) =>
      ['a deployable is wrong', 'protected: true', `deployables: { 'worker:api': ${deployable} }`, expected] as const,
  ),
  ...(
    [
      ['targets: [prodction]', '19:53: There is no target "prodction". Did you mean "production"? The targets are staging and production.'],
      ['kind: promethus, targets: [production]', '19:34: Found "promethus", expected alertmanager, grafana or generic.'],
      [
        'kind: generic, timestamp-header: X-Time, targets: [production]',
        '19:43: A source of kind "generic" signs no time; expected "timestamp-header" at one of kind "grafana" only.',
      ],
    ] as const
  ).map(
    ([source, expected]) =>
      [
        'a source of alerts is wrong',
        'channels: { prefix: inc }\n',
        `channels: { prefix: inc }\nalerts:\n  channel: C0ALERTS\n  sources: { prometheus: { ${source.startsWith('kind') ? '' : 'kind: generic, '}${source}, secret: { env: A } } }\n`,
        expected,
      ] as const,
  ),
  ...(
    [
      [
        'target: prodction, procedures: [try]',
        '21:54: There is no target "prodction". Did you mean "production"? The targets are staging and production.',
      ],
      ['target: production, procedures: [tri]', `21:79: There is no procedure "tri". Did you mean "try"? ${FILE}`],
      [
        'target: staging, procedures: [try]',
        '21:54: No source may speak of staging, so this leads nowhere; expected staging in the "targets" of a source.',
      ],
      [
        'target: production, procedures: [try], triggers: [error-rate-high]',
        '21:96: There is no trigger "error-rate-high". Expected one of "triggers".',
      ],
      ['target: production, procedures: []', '21:78: Found an empty list, expected at least 1 in it.'],
    ] as const
  ).map(
    ([route, expected]) =>
      [
        'what an alert may lead to is wrong',
        'channels: { prefix: inc }\n',
        `channels: { prefix: inc }\nalerts:\n  channel: C0ALERTS\n  sources: { shop: { kind: generic, targets: [production], secret: { env: A } } }\n  routes:\n    - { match: { alertname: ErrorRateHigh }, ${route} }\n`,
        expected,
      ] as const,
  ),
  [
    'an alert speaks for a trigger that does not watch there',
    'channels: { prefix: inc }\n',
    `channels: { prefix: inc }
metrics: { up: { title: It answers, unit: bool, prometheus: { url: 'http://127.0.0.1:9090', query: up } } }
triggers: { down: { title: It is down, targets: [staging], when: { kind: outage, metric: up, longer-than: 2m }, procedure: try, mode: propose } }
alerts:
  channel: C0ALERTS
  sources: { shop: { kind: generic, targets: [production], secret: { env: A } } }
  routes:
    - { match: { alertname: Down }, target: production, procedures: [try], triggers: [down] }
`,
    '23:87: down does not watch production; expected a trigger that does, or production in its "targets".',
  ],
  [
    'an alert leads to nothing that may run there',
    'channels: { prefix: inc }\n',
    'channels: { prefix: inc }\nalerts: { channel: C0ALERTS, sources: {}, routes: [{ match: {}, target: staging, procedures: [try] }] }\n',
    '17:61: Found an empty map, expected at least one label.',
  ],
  [
    'a severity calls nobody that there is',
    'channels: { prefix: inc }\n',
    'channels: { prefix: inc }\nseverities: { sev1: { title: Bad, tell: [lead-develper] } }\n',
    '17:42: There is no role "lead-develper". Did you mean "lead-developer"? Expected one of "roles".',
  ],
  [
    'a criterion reads nothing that there is, and has the title of another one',
    'channels: { prefix: inc }\n',
    'channels: { prefix: inc }\nsuccess-criteria: [{ title: A }, { title: A, metric: rate, expect: { below: 1% } }]\n',
    '17:43: This title is there already; expected another one, because answers go by it.',
    '17:54: There is no metric "rate". Expected one of "metrics" in rollbot.yml.',
  ],
  [
    'a criterion has a metric without saying what it has to be',
    'channels: { prefix: inc }\n',
    'channels: { prefix: inc }\nsuccess-criteria: [{ title: A, metric: rate }]\n',
    '17:20: Found a map, expected metric and expect together, or neither of them.',
  ],
  [
    'what targets share has a typo',
    'roles:\n',
    'shared: [cache:mian, cache:main]\nroles:\n',
    '10:10: No procedure claims "cache:mian". Did you mean "cache:main"? Expected one of their "locks".',
  ],
  ['what targets share is no lock', 'roles:\n', "shared: ['*']\nroles:\n", '10:10: Found "*", expected a lock such as repo:main.'],
  [
    'a variable refers to a secret',
    "'https://staging.example'",
    "'https://x/${secrets.api_token}'",
    '4:22: Found ${, and references are not filled in here; expected plain text.',
  ],
  [
    'a secret is two things',
    '{ env: STAGING_TOKEN }',
    '{ env: A, file: b }',
    '5:37: "file" can\'t stand beside the other keys here; expected one form or the other.',
  ],
  [
    'a password stands in a URL',
    "'redis://127.0.0.1:6379'",
    "'redis://:Tr0ub4dor@127.0.0.1:6379'",
    '4:61: Found a URL with a password in the open; expected a reference such as ${secrets.name}, with its source in rollbot.yml. Revoke this one.',
  ],
];

test.each(TABLE)('%s', async (_what, find, instead, ...expected) => {
  expect(SETTINGS).toContain(find);
  const mistakes = await mistakesOf({ 'rollbot.yml': SETTINGS.replace(find, () => instead), 'procedures/try.yml': PROCEDURE });
  expect(mistakes.filter((each) => each.startsWith('rollbot.yml'))).toEqual(expected.map((each) => `rollbot.yml:${each}`));
});

test('without settings, procedures are still read for all that they say by themselves', async () => {
  const files = { 'rollbot.yml': 'targets: 5\n', 'procedures/try.yml': PROCEDURE.replace('effect:', 'efect:') };
  expect(await mistakesOf(files)).toEqual([
    'rollbot.yml:1:1: "roles" is missing; expected a map.',
    'rollbot.yml:1:1: "start" is missing; expected a map.',
    'rollbot.yml:1:1: "channels" is missing; expected a map.',
    'rollbot.yml:1:10: Found 5, expected a map.',
    'procedures/try.yml:16:5: Unknown key "efect". Did you mean "effect"?',
  ]);
});
