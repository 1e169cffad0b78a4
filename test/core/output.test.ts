import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createBounds } from '../../src/core/output.ts';
import { createPlainText } from '../../src/core/terminal-text.ts';
import type { TextFilter } from '../../src/core/text-filter.ts';

function through(filter: TextFilter, pieces: readonly string[]): string {
  return pieces.map((piece) => filter.push(piece)).join('') + filter.end();
}

function cut(text: string, places: readonly number[]): readonly string[] {
  const ends = [...new Set(places.map((place) => place % (text.length + 1))), text.length].toSorted((a, b) => a - b);
  return ends.map((end, index) => text.slice(ends[index - 1] ?? 0, end));
}

function bytesOf(text: string): number {
  return new TextEncoder().encode(text).length;
}

describe('the bounds of an output', () => {
  test('an output that fits comes through as it is', () => {
    expect(through(createBounds({ headChars: 4, tailChars: 6 }), ['012', '3456', '789'])).toBe('0123456789');
  });

  test('of a longer one the first and the last part are kept, and what is missing is counted in bytes', () => {
    const out = through(createBounds({ headChars: 4, tailChars: 4 }), ['head', 'é'.repeat(1000), 'tail']);
    expect(out).toBe('head\n[… 2,000 bytes left out …]\ntail');
  });

  test('the first part is there at once', () => {
    const bounds = createBounds({ headChars: 4, tailChars: 4 });
    expect([bounds.push('ab'), bounds.push('cdef'), bounds.push('gh')]).toEqual(['ab', 'cd', '']);
  });

  test('lose nothing that they do not count, and break no character', () => {
    const texts = fc.array(fc.string({ unit: 'grapheme' }));
    fc.assert(fc.property(texts, fc.nat({ max: 20 }), fc.nat({ max: 20 }), checkBounds));
  });

  test('an endless output does not fill the memory', () => {
    const bounds = createBounds({ headChars: 100, tailChars: 100 });
    for (let count = 0; count < 10_000; count += 1) bounds.push('x'.repeat(10_000));
    expect(bounds.end()).toContain('99,999,800 bytes left out');
  });
});

describe('the plain text of a terminal', () => {
  test.each([
    ['colours', '\u001B[1;31mred\u001B[0m', 'red'],
    ['cursor movements and clearing', 'a\u001B[2J\u001B[H\u001B[10;3Hb\u001B[K', 'ab'],
    ['a link', '\u001B]8;;https://evil.example/\u0007text\u001B]8;;\u0007', 'text'],
    ['a title that ends with ST', '\u001B]0;title\u001B\\text', 'text'],
    ['a title that never ends', '\u001B]0;title\ntext', '\ntext'],
    ['a device control string', '\u001BPq#0;2\u001B\\text', 'text'],
    ['8-bit controls', '\u009B31mred\u009D0;title\u009C!', 'red!'],
    ['character sets', '\u001B(Btext\u001B=', 'text'],
    ['an escape inside a sequence', '\u001B[3\u001B[1mtext', 'text'],
    ['a sequence that a line ends', 'a\u001B[3\nb', 'a\nb'],
    ['bells, backspaces and NULs', 'a\u0007b\bc\0d\u007F', 'abcd'],
    ['tabs and new lines, which stay', 'a\tb\nc', 'a\tb\nc'],
    ['a line that is written again', '10 %\r50 %\r100 %\n', '100 %\n'],
    ['the line ends of Windows', 'one\r\ntwo\r\r\n', 'one\ntwo\n'],
    ['a carriage return at the very end', 'done\r', 'done'],
    ['a change of direction', 'a\u202Etxt.exe\u2066b', 'atxt.exeb'],
  ])('has no %s', (_, text, plain) => {
    expect(through(createPlainText(), [text])).toBe(plain);
  });

  test('lines come as soon as they end', () => {
    const plain = createPlainText();
    expect([plain.push('one\ntwo'), plain.push(' more\n'), plain.push('three'), plain.end()]).toEqual(['one\n', 'two more\n', '', 'three']);
  });

  test('a line without end comes in parts', () => {
    expect(createPlainText().push('x'.repeat(100_000))).toHaveLength(100_000);
  });

  const pieces = fc.constantFrom('a', 'é', '😀', '\n', '\r', '\u001B', '[', ']', '31m', '\u0007', '\\', 'P', '\u009B', ';', '\t');
  test('is the same however the output is cut, and free of control characters', () => {
    const texts = fc.array(pieces, { maxLength: 40 }).map((all) => all.join(''));
    fc.assert(fc.property(texts, fc.array(fc.nat(), { maxLength: 12 }), checkPlain));
  });
});

function checkBounds(pieces: string[], headChars: number, tailChars: number): void {
  const whole = pieces.join('');
  const out = through(createBounds({ headChars, tailChars }), pieces);
  const [, head = '', count = '0', tail = ''] = /^([^]*)\n\[… ([\d,]+) bytes left out …\]\n([^]*)$/.exec(out) ?? ['', out];
  expect(out.isWellFormed()).toBe(whole.isWellFormed());
  expect(whole.startsWith(head) && whole.endsWith(tail)).toBe(true);
  expect(bytesOf(head) + Number(count.replaceAll(',', '')) + bytesOf(tail)).toBe(bytesOf(whole));
  expect(head.length + tail.length).toBeLessThanOrEqual(headChars + tailChars + 1);
}

function checkPlain(text: string, places: number[]): void {
  const plain = through(createPlainText(), [text]);
  expect(through(createPlainText(), cut(text, places))).toBe(plain);
  expect(plain.replaceAll(/[\n\t]/g, '')).not.toMatch(/\p{Cc}/u);
}
