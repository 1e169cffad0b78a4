import { expect, test } from 'vitest';
import { lintOf, rulesIn } from './lint-place.ts';

const MARKER =
  "preflight:\n  - title: This is the cache\n    redis: { command: [GET, 'rollbot:marker'], url: '${secrets.api_token}' }\n    expect: { equals: '${target.cache_marker}' }\n";
const WIPE = 'effect: destructive, because: all keys are deleted, undo: { none: nothing brings them back }';
const IDEMPOTENT = 'effect: idempotent, undo: { none: it is tried again }';
const APPROVED = 'approve: { by: [devops-engineer] }';
const SAME = "url: '${secrets.api_token}'";

function step(action: string, rest = IDEMPOTENT): string {
  return `steps:\n  - { id: try, title: Try, ${action}, ${rest} }\n`;
}

/** Hazards that stand in something else than a script, each with the rules that it breaks. */
const TABLE: readonly (readonly [what: string, part: string, ...rules: string[]])[] = [
  ['FLUSHDB behind a marker and an approval', MARKER + step(`redis: { command: [FLUSHDB], ${SAME} }`, `${WIPE}, ${APPROVED}`)],
  ['FLUSHDB of another database than the one with the marker', MARKER + step('redis: [FLUSHDB]', `${WIPE}, ${APPROVED}`), 'flush-database'],
  ['FLUSHALL', MARKER + step(`redis: { command: [flushall], ${SAME} }`, `${WIPE}, ${APPROVED}`), 'flush-database'],
  ['unlink of everything', step("redis: { unlink: '*' }", `${WIPE}, ${APPROVED}`), 'flush-database'],
  ['unlink of every key with a letter', step("redis: { unlink: '?*' }", `${WIPE}, ${APPROVED}`), 'flush-database'],
  ['unlink of a prefix', step("redis: { unlink: 'warm:*' }", `${WIPE}, ${APPROVED}`)],
  ['FLUSHDB over HTTP', step("http: { url: 'https://cache.example/flushdb', method: POST }"), 'flush-database'],
  ['FLUSHDB over HTTP as a list', step("http: { url: 'https://cache.example/', method: POST, json: [FLUSHALL] }"), 'flush-database'],
  [
    'a purge of everything that is approved',
    step("http: { url: 'https://x/purge_cache', method: POST, json: { purge_everything: true } }", `${IDEMPOTENT}, ${APPROVED}`),
  ],
  ['a purge by URL', step("http: { url: 'https://x/purge_cache', method: POST, json: { files: ['https://x/a'] } }")],
  ['a purge of a whole service', step("http: { url: 'https://x/service/s/purge_all', method: POST }"), 'purge-everything'],
  ['a deployment by force', step("http: { url: 'https://x/deployments?a=b&force=true', method: POST }"), 'forced-deployment'],
  ['another request by force', step("http: { url: 'https://x/restart?force=true', method: POST }")],
  [
    'classes that are deleted by a request',
    step("http: { url: 'https://x/', method: PUT, json: { migrations: { deleted_classes: [A] } } }"),
    'migration-with-deleted-classes',
  ],
  [
    'classes that are deleted by a file',
    step("file: { write: /srv/wrangler.toml, content: 'deleted_classes = []' }", 'effect: guarded'),
    'migration-with-deleted-classes',
  ],
  [
    'classes that are deleted by an edit of the repository',
    step(
      "git: { edit: [{ file: wrangler.toml, find: a, with: 'deleted_classes = []' }], onto: main, repo: /srv/shop }",
      'effect: guarded, undo: { none: by hand }',
    ),
    'migration-with-deleted-classes',
  ],
  ['a git step with a distance', step("git: { resolve: 'HEAD~1', repo: /srv/shop }", 'effect: read'), 'relative-commit'],
  ['a git step with a name', step('git: { resolve: v1, repo: /srv/shop }', 'effect: read')],
  [
    'a restore at a distance',
    step("git: { restore: [src], at: 'main^', onto: main, repo: /srv/shop }", `effect: guarded, undo: { none: by hand }`),
    'relative-commit',
  ],
  ['SQL for every row', step("sql: { query: 'delete from orders', url: '${secrets.api_token}' }", `${WIPE}, ${APPROVED}`), 'unbounded-sql'],
  [
    'SQL for as many rows as there should be',
    step("sql: { query: 'delete from orders', rows: 7, url: '${secrets.api_token}' }", `${WIPE}, ${APPROVED}`),
  ],
  [
    'SQL that drops',
    step("sql: { query: 'drop table orders', rows: 7, url: '${secrets.api_token}' }", `${WIPE}, ${APPROVED}`),
    'unbounded-sql',
  ],
  ['a program in an undo', step('run: [touch, f]', 'effect: idempotent, undo: { run: [git, push, -f], effect: idempotent }'), 'force-push'],
  ['a program in a check', step('run: [touch, f]', `${IDEMPOTENT}, check: { run: [git, describe, --tags] }`), 'newest-tag-is-good'],
  ['a program in a wait', 'steps:\n  - { id: try, title: Try, wait: { run: [sudo, ls], within: 1m } }\n', 'sudo-prompt'],
  ['a program that reads its input', step("run: { argv: [psql, shop], stdin: 'select 1; select 2' }"), 'psql-without-stop'],
  [
    'a database that an earlier step has made',
    `steps:\n  - { id: make, title: Make, run: [createdb, new], ${IDEMPOTENT} }\n  - { id: fill, title: Fill, run: [pg_restore, -d, new, a.dump], ${IDEMPOTENT} }\n`,
  ],
  ['a pipe in a run', step("run: [ls, '|', wc]"), 'shell-words-in-argv'],
  ['a variable in a run', step("run: [touch, '$HOME/x']"), 'shell-words-in-argv'],
  ['awk in a run', step("run: [awk, '$1', f]")],
  [
    'a check by HTTP where 500 is good',
    "verify:\n  - { title: Look, http: { url: 'https://x/', status: [200, 500] } }\n",
    'verification-that-cannot-fail',
  ],
  ['a check by HTTP where 404 is good', "verify:\n  - { title: Look, http: { url: 'https://x/', status: [404] } }\n"],
  [
    'a check by a pattern for everything',
    "verify:\n  - { title: Look, http: 'https://x/', expect: { matches: '^.*' } }\n",
    'verification-that-cannot-fail',
  ],
  ['a check by a pattern', "verify:\n  - { title: Look, http: 'https://x/', expect: { matches: 'true|false' } }\n"],
  ['a check where 1 is good', 'verify:\n  - { title: Look, run: { argv: [grep, x, f], exit: [0, 1] } }\n', 'verification-that-cannot-fail'],
  [
    'a check where 1 is good and the output counts',
    "verify:\n  - { title: Look, run: { argv: [grep, -c, x, f], exit: [0, 1] }, expect: { equals: '0' } }\n",
  ],
  ['a check that echoes', 'verify:\n  - { title: Look, run: [echo, fine] }\n', 'verification-that-cannot-fail'],
  ['curl whose output counts', "verify:\n  - { title: Look, run: [curl, -s, 'https://x/'], expect: { contains: ok } }\n"],
  ['the same thing in a step is none of its business', step("run: [curl, -s, 'https://x/']")],
];

test.each(TABLE)('%s', async (_what, part, ...rules) => {
  expect(rulesIn(await lintOf(part))).toEqual(rules);
});
