import { expect, test } from 'vitest';
import { claimKeys, isShared } from '../../src/core/claims.ts';

const SHARED = ['repo:main', 'crontab:operations'];

/** What is locked on production, and what is claimed with it. */
const TABLE: readonly (readonly [locks: readonly string[], shared: readonly string[] | undefined, keys: readonly string[]])[] = [
  [['worker:api'], undefined, ['production/worker:api']],
  [['worker:api'], SHARED, ['production/worker:api']],
  [['worker:api', 'repo:main'], [], ['production/worker:api', 'production/repo:main']],
  [['worker:api', 'repo:main'], SHARED, ['production/worker:api', 'production/repo:main', 'repo:main']],
  [
    ['repo:main', 'repo:main'],
    ['repo:main', 'repo:main'],
    ['production/repo:main', 'repo:main'],
  ],
  [['*'], undefined, ['production/*']],
  [['*'], SHARED, ['production/*', 'repo:main', 'crontab:operations']],
];

test.each(TABLE)('%j where %j is shared', (locks, shared, keys) => {
  expect(claimKeys({ name: 'production', ...(shared && { shared }) }, locks)).toEqual(keys);
  expect(keys.filter(isShared).every((key) => SHARED.includes(key))).toBe(true);
});
