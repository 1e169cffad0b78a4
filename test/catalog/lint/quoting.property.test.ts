import { fc } from '@fast-check/vitest';
import { expect, test } from 'vitest';
import { flushDatabase } from '../../../src/catalog/lint/flush-database.ts';
import { forcePush } from '../../../src/catalog/lint/force-push.ts';
import { psqlWithoutStop } from '../../../src/catalog/lint/psql-without-stop.ts';
import { relativeCommit } from '../../../src/catalog/lint/relative-commit.ts';
import { restoreClean } from '../../../src/catalog/lint/restore-clean.ts';
import type { Rule } from '../../../src/catalog/lint/rule.ts';
import { RULES } from '../../../src/catalog/lint/rules.ts';
import { sedInPlace } from '../../../src/catalog/lint/sed-in-place.ts';
import { actsOf } from '../../../src/catalog/lint/act.ts';
import { Procedure } from '../../../src/core/procedure/schema.ts';

const BAD: readonly (readonly [Rule, ...(readonly string[])])[] = [
  [sedInPlace, 'sed', '-ni', 's/a/b/p', 'flags'],
  [relativeCommit, 'git', 'checkout', 'HEAD~1', '--', 'src'],
  [forcePush, 'git', 'push', '--force', 'origin', 'main'],
  [flushDatabase, 'redis-cli', 'FLUSHDB'],
  [restoreClean, 'pg_restore', '--clean', '--dbname', 'shop', 'a.dump'],
  [psqlWithoutStop, 'psql', '--file', 'fix.sql'],
];

/** The ways in which a shell lets one word be written. */
const quotings: readonly ((word: string) => string)[] = [
  (word) => word,
  (word) => `'${word}'`,
  (word) => `"${word}"`,
  (word) => `$'${word}'`,
  (word) => word.replaceAll(/(?=[a-zA-Z~-])/g, '\\'),
  (word) => `${word.slice(0, 1)}"${word.slice(1)}"`,
  (word) => `${word.slice(0, 2)}''${word.slice(2)}`,
  (word) => `${word.slice(0, 1)}\\\n${word.slice(1)}`,
];
const gaps = [' ', '  ', '\t', ' \\\n  '];
const around: readonly ((line: string) => string)[] = [
  (line) => line,
  (line) => `LC_ALL=C ${line} 2>/dev/null`,
  (line) => `command ${line}`,
  (line) => `/usr/bin/env A=b ${line}`,
  (line) => `if true; then ${line}; fi`,
  (line) => `for f in 1 2; do ${line} || exit 1; done`,
  (line) => `x=$(${line})`,
  (line) => `( ${line} ) && true`,
  (line) => `work() { ${line}; }; work`,
  (line) => `bash -e <<'END'\n${line}\nEND`,
  (line) => `timeout 30 sudo -n ${line}`,
];

function findIn(rule: Rule, script: string) {
  const steps = [{ id: 'try', title: 'Try', shell: script }];
  const verify = [{ title: 'Look', http: 'https://shop.example/' }];
  const acts = actsOf(Procedure.parse({ title: 'Try', component: 'Shop', locks: ['shop:main'], steps, verify }));
  return acts.flatMap((act) => rule.find(act, { acts, calls: acts.flatMap(({ shell }) => shell.calls) }));
}

const picks = fc.record({
  which: fc.nat(BAD.length - 1),
  quoted: fc.array(fc.nat(quotings.length - 1), { minLength: 6, maxLength: 6 }),
  gap: fc.constantFrom(...gaps),
  frame: fc.nat(around.length - 1),
});

test('a command is found however its words are quoted and whatever is around it', () => {
  const found = fc.property(picks, ({ which, quoted, gap, frame }) => {
    const [rule, ...words] = BAD[which]!;
    const line = words.map((word, index) => quotings[quoted[index]!]!(word)).join(gap);
    expect(findIn(rule, around[frame]!(line))).not.toEqual([]);
  });
  fc.assert(found, { numRuns: 1000 });
});

const saying: readonly ((text: string) => string)[] = [
  (text) => `# ${text}\ntrue`,
  (text) => `true # ${text}`,
  (text) => `echo '${text}'`,
  (text) => `printf '%s\\n' "${text}"`,
  (text) => `cat <<'END'\n${text}\nEND`,
  (text) => `cat <<END\n${text}\nEND`,
  (text) => `cat <<<"${text}"`,
  (text) => `note="${text}"; logger "$note"`,
  (text) => `grep -F '${text}' notes || exit 1`,
  (text) => `case "$x" in '${text}') ;; esac`,
];

test.each(saying)('what is only said, noted or looked for is not found: %s', (say) => {
  for (const [rule, ...words] of BAD) expect(findIn(rule, say(words.join(' ')))).toEqual([]);
});

const scraps = [
  'sed -i',
  'while ',
  ' do ',
  'done',
  '$(',
  ')',
  '`',
  '"',
  "'",
  '\\',
  '\n',
  '<<END',
  'END',
  '|',
  '||',
  '&&',
  ';',
  '{',
  '}',
  '((',
  '))',
  '[[',
  '$x',
  ' ',
  '#',
  '-c',
  'bash',
];

test('any text can be read, however broken it is as a script', () => {
  const scripts = fc.array(fc.oneof(fc.constantFrom(...scraps), fc.string({ maxLength: 5 })), { minLength: 1, maxLength: 30 });
  const read = fc.property(scripts, (parts) => {
    for (const rule of RULES) expect(findIn(rule, parts.join('') || ' ')).toBeInstanceOf(Array);
  });
  fc.assert(read, { numRuns: 300 });
});
