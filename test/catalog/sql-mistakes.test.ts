import { expect, test } from 'vitest';
import { mistakesOf, SETTINGS, spoiled } from './workplace.ts';

const WITH_DATABASE = SETTINGS.replaceAll('secrets: {', 'secrets: { database_url: { env: DATABASE }, ');
const VERSION = "http: '${target.api_url}/version'\n    outputs: { version: { pointer: /version } }";
const UNLINK = "redis: { unlink: 'warm:*' }";
const FIRST = "run: [tool, '${params.ref}']\n    effect: idempotent";
const UNDO = 'undo: { none: it only adds }';
const ONE = 'expected one statement that reads or changes something.';
const READS = 'expected a check that only reads.';

/** What is put in the place of what, and every mistake that this makes. */
const TABLE: readonly (readonly [what: string, find: string, instead: string, ...expected: string[]])[] = [
  [
    'a reference in the query',
    UNLINK,
    "sql: { query: 'delete from orders where shop = ${params.size}' }",
    '21:19: Found ${params.size}, and references are not filled in here; expected $1, $2 and so on for what varies ("sql: { query: …, values: [ … ] }").',
  ],
  [
    'a reference in the short form',
    UNLINK,
    "sql: 'delete from ${target.api_url} where c'",
    '21:10: Found ${target.api_url}, and references are not filled in here; expected $1, $2 and so on for what varies ("sql: { query: …, values: [ … ] }").',
  ],
  [
    'a value inside a text',
    UNLINK,
    "sql: { query: 'delete from a where b = $1', values: ['x-${params.size}'] }",
    '21:58: Found ${params.size} in the middle of a text; expected it to be the whole value.',
  ],
  [
    'a number without its value',
    UNLINK,
    "sql: { query: 'delete from a where b = $1 and c = $2', values: ['x'] }",
    '21:10: Found $2 in the query and 1 value; expected one in "values" for each number.',
  ],
  [
    'numbers without values',
    UNLINK,
    "sql: 'delete from a where b = $1 and c = $2'",
    '21:10: Found $1 and $2 in the query and no values; expected one in "values" for each number.',
  ],
  [
    'a value that nothing uses',
    UNLINK,
    "sql: { query: 'delete from a where b = $1', values: ['x', 5] }",
    '21:63: The query has no $2; expected every value to be used.',
  ],
  ['several statements', UNLINK, "sql: 'delete from a where c; delete from b where c'", `21:10: Found several statements; ${ONE}`],
  [
    'the end of the transaction',
    UNLINK,
    "sql: 'rollback'",
    `21:10: Found ROLLBACK, and Rollbot begins and ends the transaction itself; ${ONE}`,
  ],
  [
    'rows that can not be',
    UNLINK,
    "sql: { query: 'delete from a', rows: { at-least: 5, at-most: 1 } }",
    '21:42: No number of rows is both; expected "at-most" to be no less than "at-least".',
  ],
  [
    'rows that say nothing',
    UNLINK,
    "sql: { query: 'delete from a', rows: {} }",
    '21:42: Found an empty map, expected at least one of at-least, at-most.',
  ],
  ['an unknown key', UNLINK, "sql: { query: 'delete from a', value: [1] }", '21:36: Unknown key "value". Did you mean "values"?'],
  ['a check that deletes', VERSION, "sql: 'delete from a'", `10:5: The statement DELETE changes something; ${READS}`],
  [
    'a check that deletes on the way',
    VERSION,
    "sql: 'with x as (delete from a returning 1) select 1'",
    `10:5: The statement WITH changes something; ${READS}`,
  ],
  [
    "a step's own check that writes",
    UNLINK,
    `${UNLINK}\n    check: { sql: 'truncate a' }`,
    `22:14: The statement TRUNCATE changes something; ${READS}`,
  ],
  [
    'a change that is called reading',
    FIRST,
    "sql: 'update a set b = 1 where c'\n    effect: read",
    '16:13: The statement UPDATE changes something; expected idempotent, guarded or destructive instead of read.',
    '17:11: "first" only reads; expected no undo.',
  ],
  [
    'deleting that is called idempotent',
    FIRST,
    "sql: 'delete from a where c'\n    effect: idempotent",
    '16:13: The statement DELETE takes away what no step can bring back; expected destructive instead of idempotent.',
  ],
  [
    'an undo with a number too many',
    UNDO,
    "undo: { sql: { query: 'insert into a values ($1)' }, check: { sql: 'select $1' } }",
    '17:18: Found $1 in the query and no values; expected one in "values" for each number.',
    '17:72: Found $1 in the query and no values; expected one in "values" for each number.',
  ],
  [
    'waiting for a number too many',
    `${FIRST}\n    ${UNDO}`,
    "wait: { sql: 'select $2', within: 1m }",
    '15:18: Found $2 in the query and no values; expected one in "values" for each number.',
  ],
];

test.each(TABLE)('%s', async (_what, find, instead, ...expected) => {
  const found = await mistakesOf({ 'rollbot.yml': WITH_DATABASE, 'procedures/try.yml': spoiled(find, instead) });
  expect(found).toEqual(expected.map((each) => `procedures/try.yml:${each}`));
});

test.each([
  ['a check', VERSION, "sql: { query: 'select version from a where b = $1', values: ['${params.size}'] }\n    outputs: { version: {} }"],
  ['a value that is secret', UNLINK, "sql: { query: 'update a set b = $1', values: ['${secrets.api_token}'], rows: 1 }"],
  ['another database', UNLINK, "sql: { query: 'delete from a', url: '${secrets.api_token}', lock-timeout: 1s, rows: { at-most: 9 } }"],
  ['a reading step', FIRST, `sql: 'select count(*) from a'\n    effect: read`],
])('allowed: %s', async (_what, find, instead) => {
  const procedure = spoiled(find, instead);
  const file = instead.includes('effect: read') ? procedure.replace(`    ${UNDO}\n`, '') : procedure;
  expect(await mistakesOf({ 'rollbot.yml': WITH_DATABASE, 'procedures/try.yml': file })).toEqual([]);
});

test('an SQL action without a url means a secret of every target, wherever it stands', async () => {
  const missing = 'Without a url this means ${secrets.database_url}. There is no secret "database_url" on staging and production.';
  const where = 'Expected it in rollbot.yml, on every target where this may run.';
  const file = spoiled(UNLINK, `${UNLINK}\n    check: { sql: 'select 1' }`).replace(UNDO, "undo: { sql: 'update a set b = 1 where c' }");
  expect(await mistakesOf({ 'procedures/try.yml': file })).toEqual([
    `procedures/try.yml:17:18: ${missing} ${where}`,
    `procedures/try.yml:22:19: ${missing} ${where}`,
  ]);
});
