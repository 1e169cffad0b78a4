import { execa } from 'execa';
import { describe, expect, test } from 'vitest';
import { portablePattern } from '../../../src/core/export/portable-pattern.ts';
import { Inexpressible } from '../../../src/core/export/word.ts';

const TEXTS = `a b ab aab A1_- 12 ٣ ä [&] a&b ^ $ { } (x) \\ - 1.2.3 b6589fc6ab a.b/c`
  .split(' ')
  .concat('', 'a\nb', 'a\n', '\na', 'é ', 'x y', 'x\u{a0}y', '\u{2028}', '12345678-1234-1234-1234-123456789abc (90 %)');
const PATTERNS = String.raw`a a+ a*b? [ab]{1,2} [^ab] [^\r\n]{1,20} . .* ^a$ a$ ^b \d+ \w+ \W \D \s \S+ [\w.-]+ [\d\s] [[&] [&&] true|false
  (?:ab|b) (a)(b) (?=a)ab a(?!b) \bx\b \. \[ [-a] [\^a] \u{e4} \u00e4 \x61 \{ \$ [0-9a-f-]{36}[\u00200-9a-f()%.n-]{0,100}`.split(/\s+/);

/** What jq makes of every pattern and text. */
async function byJq(questions: readonly (readonly [string, string])[]): Promise<readonly boolean[]> {
  const { stdout } = await execa('jq', ['--compact-output', 'map(. as [$text, $pattern] | $text | test($pattern))'], {
    input: JSON.stringify(questions),
  });
  return JSON.parse(stdout) as readonly boolean[];
}

describe.each([
  ['whole', (pattern: string) => new RegExp(`^(?:${pattern})$`, 'u')],
  ['part', (pattern: string) => new RegExp(pattern, 'u')],
] as const)('as a %s, a pattern means the same to jq as to JavaScript', (where, inJavaScript) => {
  test('for all of these', async () => {
    const pairs = PATTERNS.flatMap((pattern) => TEXTS.map((text) => [text, pattern] as const));
    const found = await byJq(pairs.map(([text, pattern]) => [text, portablePattern(pattern, where)]));
    const differ = pairs.filter(([text, pattern], index) => inJavaScript(pattern).test(text) !== found[index]);
    expect(differ).toEqual([]);
  });
});

test('in the lines of a file, ^ and $ are the ends of lines', async () => {
  const lines = ['^b', 'a$', '^\\[\\[x\\]\\]\\n(?:[^\\[\\n].*\\n?)*', 'env\\.A(?:\\.b)?\\b'];
  const texts = ['a\nb', 'b\na', 'ab', 'one\n[[x]]\ny = 1\n\n[z]', 'env.A', 'env.AB', 'x env.A.b;'];
  const pairs = lines.flatMap((pattern) => texts.map((text) => [text, pattern] as const));
  const found = await byJq(pairs.map(([text, pattern]) => [text, portablePattern(pattern, 'lines')]));
  expect(found).toEqual(pairs.map(([text, pattern]) => new RegExp(pattern, 'm').test(text)));
});

test.each(['\\p{L}', '(?<name>a)', '(a)\\1', '(?<=a)b', '(?<!a)b', '\\cA', '\\k<a>'])('%s is refused', (pattern) => {
  expect(() => portablePattern(pattern, 'whole')).toThrow(Inexpressible);
});
