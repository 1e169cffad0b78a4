import { expect, test } from 'vitest';
import { mistakesOf, spoiled } from './workplace.ts';

const VALUE = '${params.ref}';
const RUN = `run: [tool, '${VALUE}']`;
const URL = "'${target.api_url}/version'";
const UNLINK = "redis: { unlink: 'warm:*' }";
const VERIFY = 'verify:\n';
const NOWHERE = 'expected no parameter and no output of a step here.';
const SECRET = 'expected a secret only in a header, JSON, stdin, a value or url of a database, or the environment of a script.';
const EVERYWHERE = 'Expected it in rollbot.yml, on every target where this may run.';

const third = (rest: string): string =>
  `  - { id: third, title: Go on, effect: idempotent, undo: { none: it only adds }, ${rest} }\n${VERIFY}`;

/** What is put in the place of what, and every mistake that this makes. */
const TABLE: readonly (readonly [what: string, find: string, instead: string, ...expected: string[]])[] = [
  // What is there
  [
    'an unknown parameter',
    VALUE,
    '${params.rev}',
    '15:17: There is no parameter "rev". Did you mean "ref"? Expected one of this file\'s parameters.',
  ],
  [
    'a parameter that every object has',
    VALUE,
    '${params.constructor}',
    '15:17: There is no parameter "constructor". Expected one of this file\'s parameters.',
  ],
  [
    'an unknown step',
    VALUE,
    '${steps.runing.version}',
    '15:17: There is no step "runing". Did you mean "running"? Expected the id of a check or step of this file.',
  ],
  [
    'an unknown output',
    VALUE,
    '${steps.running.verson}',
    '15:17: "running" has no output "verson". Did you mean "version"? Expected one of its outputs: it has version.',
  ],
  [
    'an output of a step without any',
    VALUE,
    '${steps.second.commit}',
    '15:17: "second" has no output "commit". Expected one of its outputs: it has none.',
  ],
  ['a variable of one target only', VALUE, '${target.only_here}', `15:17: There is no variable "only_here" on staging. ${EVERYWHERE}`],
  [
    'a variable of no target',
    VALUE,
    '${target.api_ul}',
    `15:17: There is no variable "api_ul" on staging and production. Did you mean "api_url"? ${EVERYWHERE}`,
  ],
  [
    'a secret of no target',
    UNLINK,
    "redis: { unlink: 'warm:*', url: '${secrets.redis}' }",
    `21:37: There is no secret "redis" on staging and production. ${EVERYWHERE}`,
  ],
  [
    'another word of the run',
    VALUE,
    '${run.name}',
    '15:17: "${run.name}" is no reference: write ${params.name}, ${target.name}, ${steps.id.output}, ${secrets.name} or ${run.id}.',
  ],
  [
    'an unknown scope',
    VALUE,
    '${env.HOME}',
    '15:17: "${env.HOME}" is no reference: write ${params.name}, ${target.name}, ${steps.id.output}, ${secrets.name} or ${run.id}.',
  ],
  ['a reference that is not closed', VALUE, '${params.ref', '15:17: "${params.ref" opens a reference with ${ and never closes it.'],
  // What is there in time
  [
    'an output of a later step',
    VERIFY,
    third("after: [first], run: [tool, '${steps.fourth.x}']").replace(
      VERIFY,
      '  - { id: fourth, title: End, run: [tool], effect: idempotent, undo: { none: no }, outputs: { x: {} } }\nverify:\n',
    ),
    '25:110: "fourth" may not be finished when this begins; expected it in "after".',
  ],
  [
    'an output of a step that may be skipped',
    `    undo: { none: they return by themselves }\n${VERIFY}`,
    `    undo: { none: they return by themselves }\n    outputs: { keys: {} }\n${third("run: [tool, '${steps.second.keys}']")}`,
    '26:94: "second" may be skipped, and then has no outputs; expected the same "when" here.',
  ],
  // Where it stands
  [
    'a value in the middle of an argument',
    VALUE,
    `v-${VALUE}`,
    '15:17: Found ${params.ref} in the middle of a text; expected it to be the whole value.',
  ],
  ['a value as the program', RUN, `run: ['${VALUE}']`, `15:11: Found \${params.ref}; ${NOWHERE} What runs is fixed.`],
  ['a value as the Redis command', UNLINK, "redis: ['${params.size}', x]", `21:13: Found \${params.size}; ${NOWHERE} What runs is fixed.`],
  [
    'a value as a pattern of keys',
    UNLINK,
    "redis: { unlink: '${params.size}' }",
    `21:22: Found \${params.size}; ${NOWHERE} A pattern from outside could match everything.`,
  ],
  ['a value as the database', UNLINK, "redis: { unlink: 'warm:*', url: '${params.size}' }", `21:37: Found \${params.size}; ${NOWHERE}`],
  [
    'a value in the short form of a script',
    RUN,
    `shell: 'echo ${VALUE}'`,
    '15:12: Found ${params.ref}, and references are not filled in here; expected an environment variable of the script ("shell: { script: …, env: { NAME: … } }").',
  ],
  [
    'a value in the long form of a script',
    RUN,
    `shell: { script: 'echo ${VALUE}' }`,
    '15:22: Found ${params.ref}, and references are not filled in here; expected an environment variable of the script ("shell: { script: …, env: { NAME: … } }").',
  ],
  [
    'a value in the middle of a variable',
    RUN,
    `shell: { script: x, env: { X: 'a ${VALUE}' } }`,
    '15:35: Found ${params.ref} in the middle of a text; expected it to be the whole value.',
  ],
  [
    'a value in a title',
    'title: Do the first thing',
    `title: 'Go to ${VALUE}'`,
    '14:12: Found ${params.ref}, and references are not filled in here; expected plain text.',
  ],
  [
    'a value as the server',
    URL,
    `'https://${VALUE}/version'`,
    '10:11: Found ${params.ref} before the path of the URL; expected the server to be fixed.',
  ],
  [
    'a value glued to the server',
    URL,
    `'\${target.api_url}${VALUE}'`,
    '10:11: Found ${params.ref} before the path of the URL; expected the server to be fixed.',
  ],
  ['a secret among arguments', VALUE, '${secrets.api_token}', `15:17: Found \${secrets.api_token}; ${SECRET}`],
  [
    'a secret in a list',
    RUN,
    "http: { url: 'https://x/', method: PUT, json: { a: { $list: '${secrets.api_token}' } } }",
    `15:65: Found \${secrets.api_token}; ${SECRET}`,
  ],
  [
    'a value in the middle of a list',
    RUN,
    `http: { url: 'https://x/', method: PUT, json: { a: { $list: 'a,${VALUE}' } } }`,
    '15:65: Found ${params.ref} in the middle of a text; expected it to be the whole value.',
  ],
  ['a secret in a URL', URL, "'${target.api_url}/${secrets.api_token}'", `10:11: Found \${secrets.api_token}; ${SECRET}`],
  ['a secret as what is expected', '{ above: 60% }', "{ equals: '${secrets.api_token}' }", `28:23: Found \${secrets.api_token}; ${SECRET}`],
];

test.each(TABLE)('%s', async (_what, find, instead, ...expected) => {
  expect(await mistakesOf({ 'procedures/try.yml': spoiled(find, instead) })).toEqual(expected.map((each) => `procedures/try.yml:${each}`));
});

test.each([
  ['an output of a check before', VALUE, '${steps.running.version}'],
  ['a value in the path of a URL', URL, `'\${target.api_url}/version/${VALUE}?again=${VALUE}'`],
  ['a value in what is expected', '{ above: 60% }', `{ equals: '${VALUE}' }`],
  [
    'a value in a commit message',
    RUN,
    `git: { restore: [src/], at: '${VALUE}', onto: main, repo: r, message: 'Go back to ${VALUE} in run \${run.id}' }`,
  ],
  [
    'the run in the name of a branch',
    RUN,
    "git: { restore: [src/], at: a, onto: b, repo: r, publish: { remote: origin, branch: 'x/${run.id}' } }",
  ],
  ['a worktree with a path below it', RUN, "run: { argv: [tool], cwd: '${steps.running.version}/frontend' }"],
  ['a secret in a header', URL, "{ url: '${target.api_url}/version', headers: { authorization: 'Bearer ${secrets.api_token}' } }"],
  [
    'a secret in the environment of a script',
    RUN,
    'shell: { script: \'tool "$TOKEN" "${x:-y}"\', env: { TOKEN: \'${secrets.api_token}\' } }',
  ],
  ['a value as a list', RUN, `http: { url: 'https://x/', method: PUT, json: { a: { $list: '${VALUE}' } } }`],
  ['a secret in a body', RUN, "http: { url: 'https://x/', method: PUT, json: { a: [{ b: '${secrets.api_token}' }] } }"],
])('allowed: %s', async (_what, find, instead) => {
  expect(await mistakesOf({ 'procedures/try.yml': spoiled(find, instead) })).toEqual([]);
});

test('a Redis action without a url means a variable of every target', async () => {
  const settings = `targets: { staging: { default: true, vars: { api_url: 'https://x' } } }
roles: { lead-developer: { people: [U0DANA] }, devops-engineer: { people: [U0OMAR] } }
start: { '*': [lead-developer] }
channels: {}
`;
  expect(await mistakesOf({ 'rollbot.yml': settings, 'procedures/try.yml': spoiled(VALUE, VALUE) })).toEqual([
    `procedures/try.yml:21:12: Without a url this means \${target.redis_url}. There is no variable "redis_url" on staging. ${EVERYWHERE}`,
  ]);
});
