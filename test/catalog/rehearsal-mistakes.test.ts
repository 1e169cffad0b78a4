import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readRehearsals } from '../../src/catalog/index.ts';
import { PROCEDURE, workplace } from './workplace.ts';
import type { Files } from './workplace.ts';

const REHEARSAL = `target: production
started-by: lead-developer
params: { size: large }
outcomes:
  running: { outputs: { version: v7 } }
scenarios:
  success:
    expect:
      outcome: verified
      order: [preflight, first, 'ask devops-engineer: second', second, verify]
  denied:
    outcomes: { second: denied }
    decisions: { second: stop }
    expect: { outcome: denied }
`;

async function mistakesIn(files: Files): Promise<readonly string[]> {
  await using place = await workplace(files);
  const opened = await place.open();
  if (opened.status !== 'ready') throw new Error('The settings of this test have a mistake.');
  const { catalog } = opened;
  const { mistakes } = await readRehearsals(join(place.root, 'procedures'), catalog.procedures(), catalog.settings());
  return [...place.say(catalog.mistakes()), ...place.say(mistakes)].map((says) => says.replaceAll(`${place.root}/`, ''));
}

const withRehearsal = async (text: string): Promise<readonly string[]> =>
  await mistakesIn({ 'procedures/try.yml': PROCEDURE, 'procedures/try.rehearsal.yml': text });

test('a rehearsal without a mistake is no procedure, and has none', async () => {
  expect(await withRehearsal(REHEARSAL)).toEqual([]);
});

test.each<[what: string, find: string, instead: string, ...expected: string[]]>([
  ['a key is not known', 'started-by', 'startet-by', '2:1: Unknown key "startet-by". Did you mean "started-by"?'],
  [
    'a target is not known',
    'target: production',
    'target: prod',
    '1:9: There is no target "prod". Did you mean "production"? The targets are staging and production.',
  ],
  [
    'a role may not start it',
    'started-by: lead-developer',
    'started-by: database-admin',
    '2:13: database-admin may not start try. Expected lead-developer.',
  ],
  [
    'a parameter is no choice',
    'size: large',
    'size: huge',
    '3:17: size is "huge", which is not a choice. The choices are small and large.',
  ],
  [
    'an item is not known',
    'running: {',
    'runing: {',
    '5:3: There is no item "runing". Did you mean "running"? Expected one of running, first, second or verify.1.',
  ],
  [
    'an item is left out',
    'size: large',
    'size: small',
    '12:17: "second" is left out with these parameters. Only where size is large, and here it is small.',
    '13:18: "second" is left out with these parameters. Only where size is large, and here it is small.',
  ],
  [
    'a scenario has a parameter of its own',
    'outcomes: { second',
    'params: { size: 7 }\n    outcomes: { second',
    '12:21: size is "7", which is not a choice. The choices are small and large.',
  ],
  [
    'a word is not known',
    'second: denied',
    'second: refused',
    '12:25: Found "refused", expected ok, failed, unknown, already-done, unclear, denied, expired or no.',
  ],
  ['an item has no approval', 'second: denied', 'first: denied', '12:24: "first" can\'t go this way: it needs no approval.'],
  ['an item is no question', 'second: denied', 'second: [ok, no]', '12:30: "second" can\'t go this way: it asks nobody; expected failed.'],
  [
    'an item can not tell',
    'second: denied',
    'second: already-done',
    '12:25: "second" can\'t go this way: it has no check that could say so.',
  ],
  [
    'an item is not guarded',
    'second: denied',
    'second: { unknown: happened }',
    '12:25: "second" can\'t go this way: it is not guarded by a check of its own.',
  ],
  [
    'a decision is about nothing',
    'decisions: { second: stop }',
    'decisions: { third: stop }',
    '13:18: There is no item "third". Expected one of running, first, second or verify.1.',
  ],
  ['a line has two keys', "[preflight, first, 'ask", "[preflight, { a: b, c: d }, 'ask", '10:26: Found a map, expected one line.'],
  [
    'there is no scenario',
    REHEARSAL.slice(REHEARSAL.indexOf('scenarios')),
    'scenarios: {}\n',
    '6:12: Found an empty map, expected at least one scenario.',
  ],
])('%s', async (_what, find, instead, ...expected) => {
  expect(REHEARSAL).toContain(find);
  expect(await withRehearsal(REHEARSAL.replace(find, () => instead))).toEqual(
    expected.map((each) => `procedures/try.rehearsal.yml:${each}`),
  );
});

describe('outputs', () => {
  const strange = PROCEDURE.replace('{ pointer: /version }', "{ pointer: /version, pattern: 'release-[a-z]{3}-7' }");
  const files = (text: string): Files => ({ 'procedures/try.yml': strange, 'procedures/try.rehearsal.yml': text });

  test('one that is given has to look as it must', async () => {
    expect(await mistakesIn(files(REHEARSAL))).toEqual([
      'procedures/try.rehearsal.yml:5:12: The output "version" of "running" is "v7", which does not match /release-[a-z]{3}-7/.',
    ]);
    expect(await mistakesIn(files(REHEARSAL.replace('v7', 'release-abc-7')))).toEqual([]);
  });

  test('one that nothing can be made up for has to be given', async () => {
    expect(await mistakesIn(files(REHEARSAL.replace(/outcomes:\n.*\n/, '')))).toEqual([
      'procedures/try.rehearsal.yml:1:1: Nothing can be made up for the output "version" of "running"; expected it under "outcomes: { running: { outputs: … } }".',
    ]);
  });
});

test('a procedure without a rehearsal, a rehearsal without a procedure and one with another ending are named', async () => {
  const files = {
    'procedures/try.yml': PROCEDURE,
    'procedures/other.rehearsal.yml': REHEARSAL,
    'procedures/try.rehearsal.yaml': REHEARSAL,
  };
  expect(await mistakesIn(files)).toEqual([
    'procedures/other.rehearsal.yml:1:1: There is no other.yml to rehearse; expected it beside this file.',
    'procedures/try.rehearsal.yaml:1:1: The name of this file has another ending; expected .rehearsal.yml.',
    'procedures/try.yml:1:1: try has no rehearsal; expected procedures/try.rehearsal.yml beside it.',
  ]);
});
