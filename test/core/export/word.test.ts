import { execa } from 'execa';
import { expect, test } from 'vitest';
import { fc } from '@fast-check/vitest';
import { quote, wordOf } from '../../../src/core/export/word.ts';

const BAD = [
  "it's",
  '$(id)',
  '`id`',
  '"',
  '\\',
  "\\'",
  '${x}',
  '$((1))',
  'a\nb',
  '\t',
  '!',
  '!!',
  '*',
  '~',
  '#',
  '-n',
  '',
  ' ',
  "'\\''",
  'ä ü',
  '$',
  'ends with \\',
];

async function inBash(words: readonly string[]): Promise<readonly string[]> {
  const { stdout } = await execa(
    'bash',
    ['-c', `RUN='$(run)'; declare -A PARAM=([x]='$(param) "q"'); secret() { printf '%s' '$(secret)'; }\nprintf '%s\\0' ${words.join(' ')}`],
    {
      stripFinalNewline: false,
    },
  );
  return stdout.split('\0').slice(0, -1);
}

test('bash reads every text as the word that it was', async () => {
  const texts = [
    ...BAD,
    ...fc.sample(
      fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\0')),
      500,
    ),
  ];
  expect(await inBash(texts.map(quote))).toEqual(texts.map((text) => text.toWellFormed()));
});

test('what stands for a reference is put in, and read by nobody as code', async () => {
  const texts = ['${params.x}', 'a ${params.x} `b`', '"${run.id}" $y', "it's ${secrets.x}"];
  expect(await inBash(texts.map((text) => wordOf(text)))).toEqual(['$(param) "q"', 'a $(param) "q" `b`', '"$(run)" $y', "it's $(secret)"]);
});
