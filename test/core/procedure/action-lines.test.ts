import { expect, test } from 'vitest';
import { linesOfAction } from '../../../src/core/procedure/action-lines.ts';
import type { RowCount } from '../../../src/core/procedure/action.ts';

const QUERY = 'update orders\nset paid = true\nwhere shop = $1 and note = $2\n';

/** How a statement is shown that may change so many rows. */
function lines(rows?: RowCount): readonly string[] {
  const url = { $pieces: [{ secret: 'database_url' }] };
  const values = ["tea's", { $pieces: [{ secret: 'note' }] }];
  return linesOfAction({ kind: 'sql', url, query: QUERY, values, lockTimeoutMs: 5000, ...(rows && { rows }) });
}

test('a statement is shown with each of its values, and with no secret', () => {
  expect(lines({ atLeast: 1, atMost: 1 })).toEqual([
    'postgres ${secrets.database_url}, in one transaction that waits 5 s for a lock:',
    'update orders\nset paid = true\nwhere shop = $1 and note = $2',
    String.raw`$1 = 'tea'\''s'`,
    '$2 = ${secrets.note}',
    'rolled back unless it returns or changes exactly 1 row',
  ]);
});

test.each<[RowCount, string]>([
  [{ atLeast: 2 }, 'at least 2 rows'],
  [{ atMost: 1 }, 'at most 1 row'],
  [{ atLeast: 1, atMost: 5000 }, '1 to 5,000 rows'],
])('%j is said as "%s"', (rows, says) => {
  expect(lines(rows).at(-1)).toBe(`rolled back unless it returns or changes ${says}`);
});

test('where any number of rows will do, nothing is said about it', () => {
  expect(lines().at(-1)).toBe('$2 = ${secrets.note}');
});

test.each<[what: string, to: readonly string[], says: string]>([
  ['the incident alone', ['incident'], "announce in the incident's channel, with the status degraded:"],
  ['everybody', ['announce'], 'announce in the channel for announcements, with the status degraded:'],
  [
    'all of them, and roles',
    ['incident', 'announce', 'product-owner', 'lead-developer'],
    "announce in the incident's channel and in the channel for announcements, calling product-owner and lead-developer, with the status degraded:",
  ],
  ['a role', ['product-owner'], "announce in the incident's channel, calling product-owner, with the status degraded:"],
])('an announcement to %s is shown with its text', (_what, to, says) => {
  expect(linesOfAction({ kind: 'announce', text: 'We take it back.', status: 'degraded', to })).toEqual([says, 'We take it back.']);
});
