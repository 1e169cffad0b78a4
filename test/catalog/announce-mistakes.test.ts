import { expect, test } from 'vitest';
import { mistakesOf, SETTINGS, spoiled } from './workplace.ts';

const WITH_CHANNEL = SETTINGS.replace('channels: { prefix: inc }', 'channels: { prefix: inc, announce: C012ABCDEF }');
const VERSION = "http: '${target.api_url}/version'\n    outputs: { version: { pointer: /version } }";
const FIRST = "run: [tool, '${params.ref}']\n    effect: idempotent\n    undo: { none: it only adds }";
const UNDO = 'undo: { none: it only adds }';
const NO_CHANNEL = 'There is no channel for announcements; expected "announce" under "channels" of rollbot.yml.';

/** What is put in the place of what, and every mistake that this makes. */
const TABLE: readonly (readonly [what: string, find: string, instead: string, ...expected: string[]])[] = [
  [
    'a secret in what is announced',
    FIRST,
    "announce: { text: 'The token is ${secrets.api_token}.' }",
    '15:23: Found ${secrets.api_token}; expected a secret only in a header, JSON, stdin, a value or url of a database, or the environment of a script.',
  ],
  [
    'an unknown parameter in it',
    FIRST,
    "announce: { text: 'Back to ${params.rev}' }",
    '15:23: There is no parameter "rev". Did you mean "ref"? Expected one of this file\'s parameters.',
  ],
  [
    'an output of a later step',
    FIRST,
    "announce: { text: 'Back to ${steps.second.gone}' }",
    '15:23: "second" has no output "gone". Expected one of its outputs: it has none.',
  ],
  ['an unknown status', FIRST, 'announce: { text: x, status: fine }', '15:34: Found "fine", expected operational, degraded or outage.'],
  [
    'an unknown role',
    FIRST,
    'announce: { text: x, to: [incident, lead-develper] }',
    '15:41: There is no role "lead-develper". Did you mean "lead-developer"? Expected a role of rollbot.yml.',
  ],
  [
    'an unknown role in its undo',
    UNDO,
    'undo: { announce: { text: x, to: nobody } }',
    '17:38: There is no role "nobody". Expected a role of rollbot.yml.',
  ],
  [
    'an effect that it does not have',
    FIRST,
    'announce: { text: x }\n    effect: read',
    '16:13: An announcement is made once, however often it is repeated; expected idempotent instead of read.',
  ],
  [
    'a check that announces',
    VERSION,
    'announce: { text: x }',
    '10:5: Unknown key "announce"; expected id, title, run, shell, http, redis, sql, git, metric, ask, when, expect, within, every, times, timeout, outputs or allow.',
  ],
  [
    'waiting that announces',
    FIRST,
    'wait: { announce: { text: x } }',
    '15:13: Unknown key "announce"; expected run, shell, http, redis, sql, git, metric, expect, within, every or times.',
  ],
];

test.each(TABLE)('%s', async (_what, find, instead, ...expected) => {
  const found = await mistakesOf({ 'rollbot.yml': WITH_CHANNEL, 'procedures/try.yml': spoiled(find, instead) });
  expect(found).toEqual(expected.map((each) => `procedures/try.yml:${each}`));
});

test.each([
  [
    'one place',
    FIRST,
    "announce: { text: 'Back to ${params.ref} at ${target.api_url} (${steps.running.version}, ${run.id})', to: announce }",
  ],
  ['places and roles', FIRST, 'announce: { text: x, status: outage, to: [incident, announce, lead-developer] }'],
  ['an undo', UNDO, 'undo: { announce: { text: x, to: database-admin } }'],
])('allowed: %s', async (_what, find, instead) => {
  expect(await mistakesOf({ 'rollbot.yml': WITH_CHANNEL, 'procedures/try.yml': spoiled(find, instead) })).toEqual([]);
});

test('what goes beyond the incident needs a channel in rollbot.yml, in a step and in its undo', async () => {
  const announce = 'announce: { text: x, to: [incident, announce] }';
  expect(await mistakesOf({ 'procedures/try.yml': spoiled(FIRST, `${announce}\n    undo: { ${announce} }`) })).toEqual([
    `procedures/try.yml:15:30: ${NO_CHANNEL}`,
    `procedures/try.yml:16:38: ${NO_CHANNEL}`,
  ]);
});
