import { expect, test } from 'vitest';
import { RULES } from '../../../src/catalog/lint/rules.ts';
import { lintOf, rulesIn } from './lint-place.ts';

test.each(RULES.map((rule) => [rule.id, rule] as const))('%s refuses its bad example, and no other rule does', async (id, rule) => {
  expect(rulesIn(await lintOf(rule.bad))).toEqual([id]);
});

test.each(RULES.map((rule) => [rule.id, rule] as const))('the good example of %s is accepted', async (_id, rule) => {
  expect(await lintOf(rule.good)).toEqual([]);
});

test('each rule has an id of its own, and a file that is called like it', () => {
  const ids = RULES.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
});
