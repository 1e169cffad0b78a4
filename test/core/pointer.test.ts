import { expect, test } from 'vitest';
import { resolvePointer } from '../../src/core/pointer.ts';

// The document and most rows are the examples of RFC 6901, section 5.
const RFC = { foo: ['bar', 'baz'], '': 0, 'a/b': 1, 'c%d': 2, 'e^f': 3, 'g|h': 4, 'i\\j': 5, 'k"l': 6, ' ': 7, 'm~n': 8 };

test.each([
  ['', RFC],
  ['/foo', ['bar', 'baz']],
  ['/foo/0', 'bar'],
  ['/', 0],
  ['/a~1b', 1],
  ['/c%d', 2],
  ['/e^f', 3],
  ['/g|h', 4],
  ['/i\\j', 5],
  ['/k"l', 6],
  ['/ ', 7],
  ['/m~0n', 8],
])('%j points to %j', (pointer, value) => {
  expect(resolvePointer(RFC, pointer)).toEqual(value);
});

test.each(['/nothing', '/foo/2', '/foo/-', '/foo/01', '/foo/length', '/foo/0/0', '/constructor', '/__proto__', 'foo', '//'])(
  '%j points to nothing',
  (pointer) => {
    expect(resolvePointer(RFC, pointer)).toBeUndefined();
  },
);

test('a tilde is unescaped once only', () => {
  expect(resolvePointer({ '~1': 'tilde one', '/': 'slash' }, '/~01')).toBe('tilde one');
});

test('null is something, and has nothing inside', () => {
  expect(resolvePointer({ a: null }, '/a')).toBeNull();
  expect(resolvePointer({ a: null }, '/a/b')).toBeUndefined();
});
