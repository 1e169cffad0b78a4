import { expect, test } from 'vitest';
import { judge, judgeWithin } from '../../src/core/expect.ts';
import type { Json } from '../../src/core/digest.ts';
import type { Expect } from '../../src/core/procedure/action.ts';

test.each<[Expect, Json]>([
  [{ equals: 3 }, 3],
  [{ equals: 3 }, '3'],
  [{ equals: '3' }, 3],
  [{ equals: true }, 'true'],
  [{ equals: null }, null],
  [{ equals: { b: 1, a: [2] } }, { a: [2], b: 1 }],
  [{ equals: { a: 1 } }, '{ "a": 1 }'],
  [{ not: 'red' }, 'green'],
  [{ contains: 'ok' }, 'it is ok'],
  [{ contains: 'ok' }, ['ko', 'ok']],
  [{ contains: '"up"' }, { status: 'up' }],
  [{ matches: '^v\\d+$' }, 'v12'],
  [{ above: 0.6 }, 0.61],
  [{ above: 0.6 }, '61%'],
  [{ below: 0.01 }, ' 0.5 % '],
  [{ atLeast: 3 }, '3'],
  [{ atMost: -1 }, -1],
  [{ above: 1, below: 3, not: 2.5 }, 2],
])('%j holds for %j', (wanted, observed) => {
  expect(judge(wanted, observed).holds).toBe(true);
});

test.each<[Expect, Json | undefined, string]>([
  [{ equals: 3 }, 4, 'It is 4, and it should equal 3.'],
  [{ equals: { a: 1 } }, 'a', 'It is "a", and it should equal {"a":1}.'],
  [{ equals: 'constructor' }, {}, 'It is {}, and it should equal "constructor".'],
  [{ not: 'red' }, 'red', 'It is "red", and it should not equal "red".'],
  [{ contains: 'ok' }, ['not ok'], 'It is ["not ok"], and it should contain "ok".'],
  [{ matches: '^v\\d+$' }, 'v12\n', 'It is "v12\\n", and it should match /^v\\d+$/.'],
  [{ above: 0.6 }, 0.6, 'It is 0.6, and it should be above 0.6.'],
  [{ below: 2 }, 'many', 'It is "many", and it should be below 2.'],
  [{ atLeast: 0 }, null, 'It is null, and it should be at least 0.'],
  [{ atMost: 1 }, '0x0', 'It is "0x0", and it should be at most 1.'],
  [{ above: 1, below: 3 }, 4, 'It is 4, and it should be above 1 and be below 3.'],
  [{ above: 1 }, undefined, 'There is nothing to compare, and it should be above 1.'],
])('%j does not hold for %j', (wanted, observed, says) => {
  expect(judge(wanted, observed)).toEqual({ holds: false, says });
});

test('a long observation is shown in part', () => {
  const { says } = judge({ equals: 1 }, 'x'.repeat(10_000));
  expect(says.length).toBeLessThan(200);
});

test('secrets that are still references are named, not compared with their values', () => {
  const reference = { $pieces: ['Bearer ', { secret: 'api_token' }] };
  expect(judge({ equals: reference }, 'x').says).toBe('It is "x", and it should equal "Bearer ${secrets.api_token}".');
});

const hide = (text: string): string => text.replaceAll('hunter22', '[redacted]');

test('what is shown of both is hidden first and cut then', () => {
  const observed = `${'x'.repeat(115)}hunter22`;
  for (const wanted of [{ contains: observed }, { equals: `${observed}!` }]) {
    const { says } = judge(wanted, observed, hide);
    expect(says).toContain('[re');
    expect(says).not.toContain('hun');
  }
});

test.each<[string, Json | undefined, boolean, string]>([
  ['holds where there were requests', { rate: 0, requests: 4 }, true, 'Beside it, at /requests: It is 4, as it should be.'],
  ['does not hold where there were none', { rate: 0, requests: 0 }, false, 'Beside it, at /requests: It is 0, and it should be above 0.'],
  [
    'does not hold where nobody says it',
    { rate: 0 },
    false,
    'Beside it, at /requests: There is nothing to compare, and it should be above 0.',
  ],
  ['does not hold in what is no JSON', undefined, false, 'There is nothing to compare, and it should be above 0.'],
])('a number that says nothing alone %s', (_name, whole, holds, says) => {
  const judged = judgeWithin({ below: 0.01, beside: { pointer: '/requests', above: 0 } }, 0, whole);
  expect(judged).toEqual({ holds, says: expect.stringContaining(says) });
});

test('what is wrong by itself is said alone', () => {
  const beside = { pointer: '/requests', above: 0 };
  expect(judgeWithin({ below: 0.01, beside }, 1, { requests: 0 }).says).toBe('It is 1, and it should be below 0.01.');
});
