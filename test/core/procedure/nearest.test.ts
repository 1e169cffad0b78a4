import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { didYouMean, distance, nearest, sayList } from '../../../src/core/procedure/nearest.ts';

const NAMES = ['cache', 'database-pooling', 'database-restore', 'emergency', 'frontend', 'performance-middleware', 'websocket'];

test.each([
  ['two letters are swapped', 'cahce', ['cache']],
  ['a letter is missing', 'cahe', ['cache']],
  ['a letter is too many', 'frontendd', ['frontend']],
  ['the case is wrong', 'Cache', ['cache']],
  ['only the beginning is there', 'perf', ['performance-middleware']],
  ['the beginning fits two', 'database', ['database-pooling', 'database-restore']],
  ['nothing is near', 'kubernetes', []],
  ['it is empty', '', []],
])('%s', (_what, typed, names) => {
  expect(nearest(typed, NAMES)).toEqual(names);
});

test.each(['constructor', '__proto__', 'toString', 'hasOwnProperty', 'valueOf'])('%s is on every object and means no name', (name) => {
  expect(nearest(name, [...NAMES, 'constructors', 'value-of'])).toEqual([]);
});

test('a question names them like a person would', () => {
  expect(didYouMean('database', NAMES)).toBe(' Did you mean "database-pooling" or "database-restore"?');
  expect(didYouMean('kubernetes', NAMES)).toBe('');
  expect(sayList(['a', 'b', 'c'])).toBe('a, b or c');
});

describe('whatever is typed', () => {
  test('at most three of the names, each once', () => {
    fc.assert(
      fc.property(fc.string(), fc.array(fc.string({ minLength: 1 })), (typed, names) => {
        const near = nearest(typed, names);
        expect(near.length).toBeLessThanOrEqual(3);
        expect(new Set(near).size).toBe(near.length);
        expect(near.every((name) => names.includes(name))).toBe(true);
      }),
    );
  });

  test('one slip still finds the name', () => {
    fc.assert(
      fc.property(fc.constantFrom(...NAMES), fc.nat(), fc.constantFrom('x', '-', ''), (name, place, put) => {
        const at = place % name.length;
        expect(nearest(name.slice(0, at) + put + name.slice(at + 1), NAMES)[0]).toBe(name);
      }),
    );
  });

  test('the distance is the same from both sides, and 0 only for the same', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 12 }), fc.string({ maxLength: 12 }), (a, b) => {
        expect(distance(a, b)).toBe(distance(b, a));
        expect(distance(a, b) === 0).toBe(a === b);
        expect(distance(a, b)).toBeLessThanOrEqual(Math.max(a.length, b.length));
      }),
    );
  });
});
