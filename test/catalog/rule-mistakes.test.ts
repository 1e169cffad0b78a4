import { expect, test } from 'vitest';
import { mistakesOf, spoiled } from './workplace.ts';

const VERSION = "http: '${target.api_url}/version'";
const RUN = "run: [tool, '${params.ref}']";
const UNLINK = "redis: { unlink: 'warm:*' }";
const UNDO = 'undo: { none: it only adds }';
const FIRST = `${RUN}\n    effect: idempotent\n    ${UNDO}`;
const VERIFY = "http: { url: '${target.api_url}/health', pointer: /rate }\n    expect: { above: 60% }\n    within: 1m\n";
const ONE = 'expected only one of them. Make the other a step of its own.';
const READS = 'expected a check that only reads.';
const ROLE = 'Expected a role of rollbot.yml.';

/** What is put in the place of what, and every mistake that this makes. */
const TABLE: readonly (readonly [what: string, find: string, instead: string, ...expected: string[]])[] = [
  // One action
  [
    'a step does nothing',
    RUN,
    'timeout: 5m',
    '13:5: There is nothing to do here; expected one of run, shell, http, redis, sql, git, file, wait, manual, announce or procedure.',
  ],
  ['a step does two things', RUN, `${RUN}\n    shell: 'true'`, `16:5: Found run and shell; ${ONE}`],
  ['a reading is also a question', VERSION, `ask: lead-developer\n    ${VERSION}`, `10:5: Found http and ask; ${ONE}`],
  [
    'a check asks nothing',
    UNLINK,
    `${UNLINK}\n    check: { expect: { equals: 0 } }`,
    '22:12: There is nothing to do here; expected one of run, shell, http, redis, sql, git or metric.',
  ],
  [
    'an undo does nothing',
    UNDO,
    'undo: { title: x }',
    '17:11: There is nothing to do here; expected one of run, shell, http, redis, sql, git, file, manual or announce.',
  ],
  // Order
  ['two steps have one id', 'id: second', 'id: first', '18:9: The id "first" is taken by an item above; expected another one.'],
  ['a step has the id of a check', 'id: first', 'id: running', '13:9: The id "running" is taken by an item above; expected another one.'],
  [
    'after names nobody',
    'title: Clear it',
    'title: Clear it\n    after: [frist]',
    '20:13: There is no step "frist". Did you mean "first"? Expected the id of a step of this file.',
  ],
  [
    'a step waits for itself',
    'title: Clear it',
    'title: Clear it\n    after: [second]',
    '20:13: "second" waits for itself; expected other steps.',
  ],
  [
    'steps wait for one another',
    'title: Do the first thing',
    'title: Do it\n    after: [second]',
    '15:12: These wait for one another: first → second → first; expected an order with a beginning.',
  ],
  // Roles
  [
    'an approving role is unknown',
    '[devops-engineer]',
    '[devops-enginer]',
    `23:21: There is no role "devops-enginer". Did you mean "devops-engineer"? ${ROLE}`,
  ],
  ['a role that is asked is unknown', VERIFY, 'ask: priya\n', `27:10: There is no role "priya". ${ROLE}`],
  ['a role that is paged is unknown', 'locks:', 'page: [omar]\nlocks:', `3:8: There is no role "omar". ${ROLE}`],
  [
    'an owner is unknown',
    'within: 1m',
    'within: 1m\nfollow-ups:\n  - { title: Mend it, owner: dana, due: 1d }',
    `31:30: There is no role "dana". ${ROLE}`,
  ],
  [
    'a role that acts by hand is unknown',
    FIRST,
    `manual: { instructions: Turn the key, by: dana }\n    ${UNDO}`,
    `15:47: There is no role "dana". ${ROLE}`,
  ],
  [
    'what a person does by hand waits for an approval that nobody would be asked for',
    FIRST,
    `manual: { instructions: Turn the key, by: lead-developer }\n    approve: { by: [devops-engineer] }\n    ${UNDO}`,
    '16:5: "first" is done by a person, who is asked at once; expected no "approve", or a step before it that is approved.',
  ],
  // Effects
  [
    'a check posts',
    VERSION,
    "http: { url: '${target.api_url}/version', method: POST }",
    `10:5: The request POST changes something; ${READS}`,
  ],
  [
    'a check writes to Redis',
    VERSION,
    'redis: [SET, a, b]',
    `10:5: The Redis command SET is not among those that only read and block nobody; ${READS}`,
  ],
  [
    'a check lists all keys',
    VERSION,
    "redis: [KEYS, '*']",
    `10:5: The Redis command KEYS is not among those that only read and block nobody; ${READS}`,
  ],
  ['a check deletes', VERSION, "redis: { unlink: '*' }", `10:5: The action redis unlink changes something; ${READS}`],
  [
    "a step's own check writes",
    UNLINK,
    `${UNLINK}\n    check: { redis: [DEL, a] }`,
    `22:14: The Redis command DEL is not among those that only read and block nobody; ${READS}`,
  ],
  [
    'waiting writes',
    FIRST,
    "wait: { http: { url: 'https://x/', method: POST }, within: 1m }",
    `15:13: The request POST changes something; ${READS}`,
  ],
  [
    'guarded without a guard',
    'effect: idempotent',
    'effect: guarded',
    '16:13: A guarded step needs a check that can tell whether it has happened; expected "check" beside it.',
  ],
  [
    'an undo is guarded without a guard',
    UNDO,
    "undo: { shell: 'true', effect: guarded }",
    '17:36: A guarded step needs a check that can tell whether it has happened; expected "check" beside it.',
  ],
  [
    'deleting is called idempotent',
    UNLINK,
    'redis: [DEL, a]\n    effect: idempotent',
    '22:13: The Redis command DEL takes away what no step can bring back; expected destructive instead of idempotent.',
  ],
  [
    'writing is called reading',
    UNDO,
    "undo: { http: { url: 'https://x/', method: DELETE }, effect: read }",
    '17:66: The request DELETE changes something; expected idempotent, guarded or destructive instead of read.',
  ],
  [
    'a shell hides in a program',
    RUN,
    "run: [/bin/bash, -ec, 'rm x']",
    '15:10: Found bash -c; expected "shell:", which takes what varies from its environment.',
  ],
  [
    'another program would read a value as code',
    RUN,
    "run: [ssh, -o, BatchMode=yes, host, '${params.ref}']",
    '15:10: Found a parameter or an output among the arguments of ssh, which may read it as code; expected it in the environment of a "shell:".',
  ],
  // Approvals and undo
  [
    'something destructive is approved by nobody',
    '    approve: { by: [devops-engineer], need: 1 }\n',
    '',
    '18:5: "second" is destructive and may run on production, which is protected; expected "approve".',
  ],
  [
    'something destructive does not say why',
    '    because: entries are lost\n',
    '',
    '18:5: "second" is destructive; expected "because" with what it takes away, or another "effect" if it is not.',
  ],
  [
    'more people are needed than there are',
    'need: 1',
    'need: 3',
    '23:45: This needs 3 people, and these roles have 2 in rollbot.yml; expected no more than that.',
  ],
  [
    'a step has no undo',
    `\n    ${UNDO}`,
    '',
    '13:5: "first" has no undo; expected "undo", with "none: <reason>" if it can\'t be taken back.',
  ],
  ['reading has an undo', 'effect: idempotent', 'effect: read', '17:11: "first" only reads; expected no undo.'],
  // Parameters
  [
    'a default is no choice',
    'default: small',
    'default: medium',
    '5:62: The default is "medium", which is not a choice. The choices are small and large.',
  ],
  [
    'choices have a pattern',
    'default: small',
    "default: small, pattern: 's.*'",
    '5:69: Found choices and a pattern; expected one of them.',
  ],
  [
    'last-good of nothing',
    'default: v1',
    'default: last-good',
    '6:59: last-good of what? Expected "of" beside it, with a deployable such as worker:api.',
  ],
  [
    'of without last-good',
    'default: v1',
    'default: v1, of: worker:api',
    '6:63: "of" belongs to a default of last-good; expected that default, or no "of".',
  ],
  [
    'a default moves with every commit',
    'default: v1',
    'default: HEAD~1',
    '6:59: The default is "HEAD~1", which names no commit. Give 4 to 40 hexadecimal digits, or a tag or branch.',
  ],
  ['a condition is no choice', '{ size: large }', '{ size: huge }', '20:19: "huge" is no choice of size. Expected small or large.'],
  [
    'a condition is unknown',
    '{ size: large }',
    '{ sise: large }',
    '20:13: There is no parameter "sise". Did you mean "size"? Expected one of this file\'s parameters.',
  ],
  // Times
  ['an estimate is reversed', 'locks:', 'estimate: 3m-2m\nlocks:', '3:11: 3m-2m goes from more to less; expected the shorter time first.'],
  ['a poll has no end', 'within: 1m', 'times: 3', '29:5: "times" belongs to a check that is asked again; expected "within" beside it.'],
  [
    'a poll has no room',
    'within: 1m',
    'within: 5s\n    every: 3s\n    times: 3',
    '29:13: 5s has no room for 3 answers, one every 3s; expected more time.',
  ],
  [
    'a poll is cut off',
    'within: 1m',
    'within: 2m\n    timeout: 30s',
    '30:14: 30s is less than the 2m that this may take; expected at least that, or no timeout.',
  ],
];

test.each(TABLE)('%s', async (_what, find, instead, ...expected) => {
  expect(await mistakesOf({ 'procedures/try.yml': spoiled(find, instead) })).toEqual(expected.map((each) => `procedures/try.yml:${each}`));
});

test('a group may have any number of people, so Slack is asked when it matters', async () => {
  expect(await mistakesOf({ 'procedures/try.yml': spoiled('[devops-engineer], need: 1', '[database-admin], need: 5') })).toEqual([]);
});
