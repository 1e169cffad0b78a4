import { describe, expect, test } from 'vitest';
import { PROCEDURE, mistakesOf, spoiled } from './workplace.ts';

const bomb = [
  'a: &a [1, 1, 1, 1, 1, 1, 1, 1, 1]',
  ...'bcdefgh'.split('').map((name, index) => `${name}: &${name} [${`*${'abcdefg'[index]}, `.repeat(9)}]`),
];

/** A whole file, and the mistakes that are found in it. */
const TABLE: readonly (readonly [what: string, text: string | Uint8Array, expected: string])[] = [
  ['it is empty', '', '1:1: This file is empty; expected a map of keys and values.'],
  ['it has comments only', '# nothing\n', '1:1: This file is empty; expected a map of keys and values.'],
  ['it is a list', '- a\n', '1:1: Found a list, expected a map.'],
  ['a key stands twice', spoiled('component', 'title'), '2:1: The key "title" stands here a second time; expected each key once.'],
  ['it has two documents', 'a: 1\n---\nb: 2\n', '2:1: Here a second document begins; expected one in a file.'],
  ['it says which YAML it is', `%YAML 1.1\n---\n${PROCEDURE}`, '1:1: Found the directive %YAML 1.1; expected none: this is YAML 1.2.'],
  [
    'it has a directive of its own',
    `%TAG ! tag:x\n---\n${PROCEDURE}`,
    '1:1: Found the directive %TAG ! tag:x; expected none: this is YAML 1.2.',
  ],
  ['a tab indents', 'a:\n\tb: 1\n', '2:1: Found a tab; expected spaces at the beginning of a line.'],
  ['a tag is unknown', 'a: !!js/function x\n', '1:4: Found the tag !!js/function; expected none: write the value as it is.'],
  ['a tag is a local one', 'a: !secret x\n', '1:4: Found the tag !secret; expected none: write the value as it is.'],
  ['a merge key hides keys', 'a: &a { b: 1 }\nc:\n  <<: *a\n', '3:3: Found a merge key <<; expected the keys themselves.'],
  ['an alias has no anchor', 'a: *b\n', '1:4: Found the alias *b; expected an anchor &b above it.'],
  ['aliases multiply', `${bomb.join('\n')}\n`, '2:8: The aliases of this file blow it up; expected a file of the size that it shows.'],
  ['brackets go too deep', `a: ${'['.repeat(200_000)}`, '1:64: This is nested more than 60 levels deep; expected a flat file.'],
  ['dashes go too deep', `a:\n  ${'- '.repeat(100_000)}x`, '2:123: This is nested more than 60 levels deep; expected a flat file.'],
  [
    'lines go too deep',
    Array.from({ length: 50 }, (_, depth) => `${' '.repeat(depth)}a:\n`).join(''),
    '32:32: This is nested more than 32 levels deep; expected a flat file.',
  ],
  ['a quotation does not end', 'a: "x\n', '2:1: Missing closing "quote.'],
  [
    'two keys share a line',
    'a: b: c\n',
    '1:4: Found a second ": " in this line; expected one key and its value. Put a text with a colon in quotes.',
  ],
  ['a text begins with a reserved character', 'a: @x\n', '1:4: Found @ at the beginning of a text; expected quotes around it.'],
  ['a reference lacks its quotes', 'a: { b: ${params.x} }\n', '1:10: Found ${ inside of { } or [ ]; expected quotes around the text.'],
  ['a number begins with zero', 'a: 0777\n', '1:4: Found 0777, which is read as 777; expected a plain number, or quotes around a text.'],
  ['a number is hexadecimal', 'a: 0x1F\n', '1:4: Found 0x1F, which is read as 31; expected a plain number, or quotes around a text.'],
  ['a number has an exponent', 'a: 1e3\n', '1:4: Found 1e3, which is read as 1000; expected a plain number, or quotes around a text.'],
  ['a number is endless', 'a: .inf\n', '1:4: Found .inf, which is read as Infinity; expected a plain number, or quotes around a text.'],
  [
    'a number is too long to be exact',
    'a: 12345678901234567890\n',
    '1:4: Found 12345678901234567890, which is read as 12345678901234567000; expected a plain number, or quotes around a text.',
  ],
  [
    'a key has a zero-width space',
    'ti\u200Btle: x\n',
    "1:3: Found a character that can't be seen (U+200B); expected only what everybody can read.",
  ],
  [
    'a comment turns the reading direction',
    'a: 1\nb: 2 # \u202Eabc\n',
    "2:8: Found a character that can't be seen (U+202E); expected only what everybody can read.",
  ],
  ['it has a NUL byte', 'a: 1\0\n', '1:1: Found a NUL byte, as in UTF-16 or a program; expected UTF-8 text.'],
  ['it is UTF-16', Buffer.from('\uFEFFa: 1\n', 'utf16le'), '1:1: Found a NUL byte, as in UTF-16 or a program; expected UTF-8 text.'],
  ['it is Latin-1', Buffer.from('a: caf\xE9\n', 'latin1'), '1:1: Found bytes that are no UTF-8; expected UTF-8 text.'],
  ['it is too large', `# ${'x'.repeat(262_144)}\n`, '1:1: This has 262147 bytes; expected at most 262144.'],
];

test.each(TABLE)('%s', async (_what, text, expected) => {
  expect(await mistakesOf({ 'procedures/try.yml': text })).toEqual([`procedures/try.yml:${expected}`]);
});

describe('what is no mistake', () => {
  test.each([
    ['the text of the tests itself', PROCEDURE],
    ['a byte order mark and lines as on Windows', `\uFEFF${PROCEDURE.replaceAll('\n', '\r\n')}`],
    ['a document mark', `---\n${PROCEDURE}`],
    ['text in other scripts', spoiled('title: Try out', 'title: Zurückrollen ③ — 戻す 🙂')],
  ])('%s', async (_what, text) => {
    expect(await mistakesOf({ 'procedures/try.yml': text })).toEqual([]);
  });

  test('an alias stands for its anchor, and a mistake in it is found where the anchor is', async () => {
    const twice = PROCEDURE.replace('expect: { above: 60% }', 'expect: &rate { above: 60% }').concat(
      "  - title: Still\n    http: { url: '${target.api_url}/health', pointer: /rate }\n    expect: *rate\n",
    );
    expect(await mistakesOf({ 'procedures/try.yml': twice })).toEqual([]);
    expect(await mistakesOf({ 'procedures/try.yml': twice.replace('above: 60%', 'abov: 60%') })).toEqual([
      'procedures/try.yml:28:21: Unknown key "abov". Did you mean "above"?',
    ]);
  });
});
