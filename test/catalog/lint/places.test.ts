import { expect, test } from 'vitest';
import { lintOf, lintOfScript, rulesIn } from './lint-place.ts';

const REST = 'effect: idempotent\n    undo: { none: it is tried again }\n';

/** How a script may be written, and where `sed` stands then. */
const TABLE: readonly (readonly [what: string, yaml: string, place: string])[] = [
  ['in a line', 'shell: true; sed -i s/a/b/ f', '7:18'],
  ['in quotes', "shell: 'true; sed -i s/a/b/ f'", '7:19'],
  ['in quotes that change it', `shell: "true;\\tsed -i s/a/b/ f"`, '7:12'],
  ['in lines', 'shell: |\n      true\n\n      if true; then\n        sed -i s/a/b/ f\n      fi', '11:9'],
  ['in lines that are indented by hand', 'shell: |2\n        true\n        sed -i s/a/b/ f', '9:9'],
  ['in lines that are folded', 'shell: >-\n      true;\n      sed -i s/a/b/ f', '7:12'],
  ['beside an environment', 'shell:\n      env: { A: b }\n      script: |-\n        true\n        sed -i s/a/b/ f', '11:9'],
  ['in a script inside of the script', "shell: |\n      true\n      bash -c 'sed -i s/a/b/ f'", '9:7'],
  ['in backticks', 'shell: |\n      true\n      x=`sed -i s/a/\\`pwd\\`/ f`', '9:9'],
  ['as words', 'run: [sed, -i, s/a/b/, f]', '7:10'],
  ['as words with a folder', 'run: { argv: [sed, -i, s/a/b/, f], cwd: /srv }', '7:18'],
];

test.each(TABLE)('%s', async (_what, yaml, place) => {
  const found = await lintOf(`steps:\n  - id: try\n    title: Try\n    ${yaml}\n    ${REST}`);
  expect(found.map((each) => /^procedures\/try\.yml:(\d+:\d+): .*\(sed-in-place\)$/.exec(each)?.[1] ?? each)).toEqual([place]);
});

const ECHO = 'x=1; echo ';
const shellIn = (script: string): string => `bash -c '${script.replaceAll("'", `'\\''`)}'`;

test.each([
  ['substitutions in substitutions', `${'x=$('.repeat(400)}ls${')'.repeat(400)}`],
  ['quotes in quotes', '"$('.repeat(1000)],
  ['shells in shells', Array.from({ length: 10 }).reduce<string>(shellIn, 'ls')],
  ['groups in groups', `${'{ '.repeat(400)}ls; ${'}; '.repeat(400)}`],
])('a script that is nested too deeply is refused, and not passed over: %s', async (_what, script) => {
  expect(await lintOfScript(script)).toContainEqual(
    expect.stringMatching(/^procedures\/try\.yml:5:\d+: This script is nested too deeply to be read; /),
  );
});

test('a script that is only long is read to its end, and quickly', async () => {
  const begun = process.cpuUsage();
  const found = await lintOfScript(`${ECHO.repeat(5000)}\n${'cat | '.repeat(5000)}sed -i s/a/b/ f`);
  expect(rulesIn(found)).toEqual(['sed-in-place']);
  // What it has worked, however long it has waited for that.
  expect(process.cpuUsage(begun).user).toBeLessThan(10_000_000);
});
