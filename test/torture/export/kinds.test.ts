import { chmod, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startDatabase } from '../../steps/postgres-server.ts';
import type { TestDatabase } from '../../steps/postgres-server.ts';
import { startRedis } from '../../steps/redis-server.ts';
import type { RedisServer } from '../../steps/redis-server.ts';
import { startWeb } from '../../steps/web.ts';
import type { Web } from '../../steps/web.ts';
import { smallScript } from '../../export/small-script.ts';
import type { SmallOptions } from '../../export/small-script.ts';

const PASSWORD = 'p@ss w%rd';
let redis: RedisServer;
let db: TestDatabase;
let web: Web;
beforeAll(async () => {
  [redis, db, web] = await Promise.all([startRedis(PASSWORD), startDatabase(), startWeb()]);
});
afterAll(async () => await Promise.all([redis.close(), db.close(), web.close()]));

/** Runs one step, which approves of itself, and answers what the log says of it. */
async function step(
  yaml: string,
  options: SmallOptions & { readonly before?: (folder: string) => Promise<void>; readonly answers?: readonly string[] } = {},
) {
  await using it = await smallScript(procedure(yaml), { protected: false, ...options });
  await options.before?.(it.root);
  const url = `redis://:${encodeURIComponent(PASSWORD)}@${new URL(redis.url).host}/0`;
  const { said } = await it.run({
    args: ['--operator', 'dana'],
    answers: options.answers ?? [],
    env: { REDIS_URL: url, DATABASE_URL: db.url },
  });
  expect(`${said}${await it.logText()}`).not.toContain(PASSWORD);
  expect(said).not.toContain('command not found');
  const log = await it.log();
  const finished = log.filter((each) => each['event'] === 'step-finished' && each['step'] === 'deed');
  const read = async (name: string): Promise<string | null> => await readFile(join(it.root, name), 'utf8').catch(() => null);
  return {
    outcome: finished.at(-1)?.['outcome'],
    says: finished.at(-1)?.['says'],
    said,
    file: await read('file'),
    mode: await modeOf(join(it.root, 'file')),
  };
}

const modeOf = async (file: string): Promise<string | null> =>
  await stat(file).then(
    ({ mode }) => (mode & 0o777).toString(8),
    () => null,
  );

function procedure(yaml: string): string {
  return `title: Try out
component: Cache Layer
locks: [cache:main]
params:
  text: { about: A text, default: "it's $(id) 100% \\"so\\"" }
steps:
  - id: deed
    title: Do it
    because: it is tried
${yaml
  .trim()
  .split('\n')
  .map((line) => `    ${line}`)
  .join('\n')}
verify:
  - title: The trace is there
    shell: { env: { FOLDER: '\${target.folder}' }, script: '[[ -e $FOLDER/trace && ! -e $FOLDER/unwell ]]' }
`;
}

const NO_UNDO = 'undo: { none: it is tried }';

describe('sql', () => {
  beforeAll(async () => {
    await db.client.query(
      "create table items (id int, name text, live bool, data jsonb); insert into items values (1, 'a', true, '{\"n\": 1}'), (2, 'b', false, null)",
    );
  });

  test.each([
    ['a number', 'query: select count(*) from items', '{ equals: 2 }', 'ok', 'It is 2'],
    ['a boolean', 'query: select live from items where id = 1', '{ equals: true }', 'ok', 'It is true'],
    ['JSON', 'query: select data from items where id = 1', '{ equals: { n: 1 } }', 'ok', 'It is {"n":1}'],
    ['one row', 'query: "select id, name from items where id = 2"', '{ equals: { id: 2, name: b } }', 'ok', ''],
    ['several rows', 'query: select id from items order by id', '{ equals: [{ id: 1 }, { id: 2 }] }', 'ok', ''],
    ['no row', 'query: select id from items where id = 9', '{ equals: [] }', 'ok', ''],
    ['something else', 'query: select count(*) from items', '{ equals: 3 }', 'failed', 'It is 2, and it should equal 3'],
    ['a null', 'query: select data from items where id = 2', '{ equals: null }', 'ok', ''],
    ['a bound value', "query: 'select $1::text as it', values: ['${params.text}']", `{ equals: '\${params.text}' }`, 'ok', ''],
    ['two bound values', "query: 'select $2::int - $1::int as it', values: [3, 10]", '{ equals: 7 }', 'ok', ''],
  ])('reads %s', async (_what, sql, expected, outcome, says) => {
    const found = await step(
      `effect: read\nsql: { ${sql} }`
        .replace('effect: read\n', 'wait: ')
        .replace('wait: sql: ', `wait: { within: 6s, every: 5s, expect: ${expected}, sql: `) + ' }',
    );
    expect(found.outcome).toBe(outcome);
    expect(found.says).toContain(says);
  });

  test('changes what has as many rows as it should, and is rolled back otherwise', async () => {
    expect(await step(set(2))).toMatchObject({ outcome: 'failed', says: expect.stringContaining('rolled back and nothing was changed') });
    expect((await db.client.query('select name from items order by id')).rows).toEqual([{ name: 'a' }, { name: 'b' }]);
    expect(await step(set(1))).toMatchObject({ outcome: 'ok' });
    expect((await db.client.query('select name from items order by id')).rows).toEqual([{ name: 'a' }, { name: 'c' }]);
  });

  test('a check can not write', async () => {
    const found = await step("wait: { sql: { query: \"select setval(pg_get_serial_sequence('x', 'id'), 1)\" }, within: 6s, every: 5s }");
    expect(found.outcome).toBe('failed');
  });

  test('a statement that is refused has changed nothing', async () => {
    const found = await step(`effect: idempotent\nsql: { query: 'update nowhere set a = 1 where b = 2' }\n${NO_UNDO}`);
    expect(found).toMatchObject({ outcome: 'failed', says: expect.stringContaining('nothing was changed') });
  });
});

describe('redis', () => {
  test('answers what is asked', async () => {
    await redis.client.set('key', 'it is "so"');
    expect(
      await step(`wait: { redis: { command: [GET, key], url: '\${secrets.redis_url}' }, expect: { equals: 'it is "so"' }, within: 20s }`),
    ).toMatchObject({ outcome: 'ok' });
    expect(
      await step(`wait: { redis: { command: [GET, nothing], url: '\${secrets.redis_url}' }, expect: { equals: null }, within: 20s }`),
    ).toMatchObject({ outcome: 'ok' });
    expect(
      await step(
        `wait: { redis: { command: [CONFIG, GET, maxmemory], url: '\${secrets.redis_url}' }, expect: { equals: [maxmemory, '0'] }, within: 20s }`,
      ),
    ).toMatchObject({ outcome: 'ok' });
  });

  test('deletes what matches and nothing else, and above the cap nothing at all', async () => {
    await redis.client.mset({ 'warm:1': 'x', "warm:it's\n2": 'x', 'cold:1': 'x' });
    const answers = ['omar', 'devops-engineer', 'production', 'stop'];
    expect(await step(unlink(1), { answers })).toMatchObject({ outcome: 'failed', says: expect.stringContaining('none was deleted') });
    expect(await redis.client.exists('warm:1')).toBe(1);
    expect(await step(unlink(2), { answers })).toMatchObject({ outcome: 'ok', says: expect.stringContaining('2 keys') });
    expect(await redis.client.keys('*:*')).toEqual(['cold:1']);
  });

  test('what is not the same when it is done twice is refused at the export', async () => {
    await using it = await smallScript(
      procedure(`redis: { command: [INCR, key], url: '\${secrets.redis_url}' }\napprove: { by: [devops-engineer] }\n${NO_UNDO}`),
      { protected: false },
    );
    expect(it.export()).toEqual({
      mistakes: ['deed ("Do it"): redis-cli sends a command once more when its answer is lost, and INCR done twice is not INCR done once.'],
    });
  });
});

describe('file', () => {
  const answers = ['undo'];

  test('is written with what stands there, and put back', async () => {
    const write = "effect: idempotent\nfile: { write: '${target.folder}/file', content: '${params.text}', mode: '0640' }";
    expect(await step(write)).toMatchObject({ outcome: 'ok', file: `it's $(id) 100% "so"`, mode: '640' });
    expect(await step(write, { before: unwell, answers })).toMatchObject({ file: null });
    const there = async (folder: string): Promise<void> => {
      await unwell(folder);
      await writeFile(join(folder, 'file'), 'before\n');
      await chmod(join(folder, 'file'), 0o600);
    };
    expect(await step(write, { before: there, answers })).toMatchObject({ file: 'before\n', mode: '600' });
  });

  test('is changed where the text stands there as often as it should', async () => {
    const replace = "effect: idempotent\nfile: { replace: '${target.folder}/file', find: 'a.c', with: '${params.text}', count: 2 }";
    expect(await step(replace, { before: holding('a.c abc a.c\n') })).toMatchObject({
      outcome: 'ok',
      file: `it's $(id) 100% "so" abc it's $(id) 100% "so"\n`,
    });
    expect(await step(replace, { before: holding('a.c abc\n') })).toMatchObject({
      outcome: 'failed',
      file: 'a.c abc\n',
      says: expect.stringContaining('stands there 1 times'),
    });
  });

  test('is removed, and put back', async () => {
    const remove = "effect: idempotent\nfile: { remove: '${target.folder}/file' }";
    expect(await step(remove, { before: async (folder) => await writeFile(join(folder, 'file'), 'x') })).toMatchObject({
      outcome: 'ok',
      file: null,
    });
    expect(await step(remove, { before: thereAndUnwell, answers })).toMatchObject({ file: 'before\n' });
  });
});

/** Has a check of the result fail. */
async function unwell(folder: string): Promise<void> {
  await writeFile(join(folder, 'unwell'), '');
}

async function thereAndUnwell(folder: string): Promise<void> {
  await unwell(folder);
  await writeFile(join(folder, 'file'), 'before\n');
}

function holding(text: string): (folder: string) => Promise<void> {
  return async (folder) => await writeFile(join(folder, 'file'), text);
}

function set(rows: number): string {
  return `effect: idempotent\nsql: { query: "update items set name = 'c' where id > $1", values: [1], rows: ${rows} }\n${NO_UNDO}`;
}

function unlink(cap: number): string {
  return `redis: { unlink: 'warm:*', cap: ${cap}, url: '\${secrets.redis_url}' }\napprove: { by: [devops-engineer] }\n${NO_UNDO}`;
}
