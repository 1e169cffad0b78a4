import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ActionKind, Filled, ResolvedAction } from '../../src/core/procedure/action.ts';
import type { MetricSource } from '../../src/core/reading/metric.ts';
import { startDatabase } from '../steps/postgres-server.ts';
import type { TestDatabase } from '../steps/postgres-server.ts';
import { startRedis } from '../steps/redis-server.ts';
import type { RedisServer } from '../steps/redis-server.ts';
import { createRepo } from '../steps/repo.ts';
import type { Repo } from '../steps/repo.ts';
import { createStage, LIMIT_MS, PATH, program } from '../steps/stage.ts';
import type { Options, Performed, Stage } from '../steps/stage.ts';
import { startWeb } from '../steps/web.ts';
import type { Web } from '../steps/web.ts';

const SECRET = 'S3cr3t/+p@ss "wörd"';
const secret = { $pieces: [{ secret: 'key' }] };
const withSecret = (before: string, after = ''): { $pieces: (string | { secret: string })[] } => ({
  $pieces: [before, { secret: 'key' }, after],
});

let stage: Stage;
let web: Web;
let redis: RedisServer;
let db: TestDatabase;
let repo: Repo;
let commit: string;

beforeAll(async () => {
  [stage, web, redis, db] = await Promise.all([createStage(), startWeb(), startRedis(), startDatabase()]);
  repo = createRepo(stage.folder);
  commit = repo.commit('One', { 'a.ts': '1' });
  repo.git('remote', 'add', 'closed', `http://dana:${encodeURIComponent(SECRET)}@127.0.0.1:1/shop.git`);
  await redis.client.mset({ [`${SECRET}1`]: 'x', [`${SECRET}2`]: 'x' });
  mkdirSync(join(stage.folder, 'files'));
  writeFileSync(join(stage.folder, 'files/config'), SECRET);
});
afterAll(async () => {
  await Promise.all([web.close(), redis.close(), db.close()]);
  await stage.close();
});

/** All the ways in which a secret could be read out of a text. */
function formsOf(value: string): readonly string[] {
  const bytes = Buffer.from(value);
  const json = JSON.stringify(value).slice(1, -1);
  const base64 = ['', 'a', 'ab'].map((before) =>
    Buffer.from(before + value)
      .toString('base64')
      .slice(4, -4),
  );
  return [value, json, encodeURIComponent(value), encodeURI(value), bytes.toString('base64'), bytes.toString('base64url'), ...base64];
}

/** Nothing that others get to see holds a secret: not the answer, not the output, not the log. */
function expectNoSecret({ answer, output }: Performed): void {
  const seen = [JSON.stringify(answer), output, JSON.stringify(stage.logged), answer.says].join('\n');
  for (const form of formsOf(SECRET)) expect(seen).not.toContain(form);
}

type Case = readonly [what: string, action: () => ResolvedAction, options?: Options];
const run = (...argv: Extract<ResolvedAction, { kind: 'run' }>['argv']): ResolvedAction => ({ kind: 'run', argv, exit: [0] });
const http = (more: Partial<Extract<ResolvedAction, { kind: 'http' }>>): ResolvedAction => ({
  kind: 'http',
  method: 'GET',
  url: web.url,
  headers: {},
  ...more,
});
const command = (...words: Extract<ResolvedAction, { kind: 'redis-command' }>['command']): ResolvedAction => ({
  kind: 'redis-command',
  url: redis.url,
  command: words,
});
const sql = (query: string, more: Partial<Extract<ResolvedAction, { kind: 'sql' }>> = {}): ResolvedAction => ({
  kind: 'sql',
  url: db.url,
  query,
  values: [secret],
  lockTimeoutMs: 1000,
  ...more,
});
const metric = (source: Partial<Extract<MetricSource<Filled>, { kind: 'endpoint' }>>): ResolvedAction => ({
  kind: 'metric',
  name: 'hit_rate',
  metric: {
    name: 'hit_rate',
    title: 'Hit rate',
    unit: 'ratio',
    everyMs: 15_000,
    staleMs: 45_000,
    source: { kind: 'endpoint', url: `${web.url}/health`, pointer: '/hit_rate', headers: {}, ...source },
  },
});
const file = (name: string): string => join(stage.folder, 'files', name);

const CASES: Readonly<Record<Exclude<ActionKind, 'manual' | 'announce'>, readonly Case[]>> = {
  run: [
    ['as an argument that the program repeats', () => run('bash', '-c', 'echo "$1"; echo "bad key $1" >&2; exit 1', 'x', secret)],
    ['in the name of the program', () => run(withSecret('tool-'))],
    ['in the folder', () => ({ kind: 'run', argv: ['true'], exit: [0], cwd: withSecret('/nowhere/') })],
    ['on standard input', () => ({ kind: 'run', argv: ['bash', '-c', 'cat >&2; exit 2'], exit: [0], stdin: secret })],
    ['where what it prints is judged', () => run('echo', secret), { expect: { equals: 'something else' } }],
    ['where it is what should be printed', () => run('echo', 'something else'), { expect: { equals: secret, contains: secret } }],
    ['where it would be an output', () => run('echo', secret), { outputs: { key: {} } }],
  ],
  shell: [
    [
      'in pieces, colours and encodings',
      () => ({ kind: 'shell', script: `bash ${program('split-secret.sh')} "$SECRET"; exit 7`, env: { SECRET: secret }, exit: [0] }),
    ],
    ['in the message of bash itself', () => ({ kind: 'shell', script: '"$SECRET"', env: { SECRET: secret }, exit: [0] })],
    [
      'in the last line before a time limit',
      () => ({ kind: 'shell', script: 'echo "$S"; sleep 30', env: { S: secret }, exit: [0] }),
      { onOutput: () => stage.clock.leap(LIMIT_MS) },
    ],
  ],
  http: [
    ['in a header that the answer repeats', () => http({ url: `${web.url}/denied`, headers: { authorization: withSecret('Basic ') } })],
    [
      'in a header of an answer that is read',
      () => http({ url: `${web.url}/echo`, headers: { 'x-key': { $pieces: ['key'] } } }),
      { expect: { equals: secret } },
    ],
    ['in the path of a page that is missing', () => http({ url: withSecret(`${web.url}/`) })],
    ['in the query of a server that is gone', () => http({ method: 'POST', url: withSecret('http://127.0.0.1:1/?key=') })],
    ['in a URL that is none', () => http({ url: withSecret('nowhere:// ') })],
    ['in a header that can not be sent', () => http({ headers: { 'x-key': withSecret('a\r\n') } })],
    ['in a body whose answer is lost', () => http({ method: 'POST', url: `${web.url}/reset`, json: { key: secret } })],
  ],
  'redis-command': [
    [
      'in the URL of a server that is gone',
      () => ({ kind: 'redis-command', url: withSecret('redis://:', '@127.0.0.1:1'), command: ['PING'] }),
    ],
    ['in a URL that is none', () => ({ kind: 'redis-command', url: secret, command: ['PING'] })],
    ['in a reply', () => command('ECHO', secret), { expect: { equals: 'something else' } }],
    ['in an error', () => command('EVAL', 'return redis.error_reply("ERR no " .. ARGV[1])', '0', secret)],
    ['as the name of the command', () => command(secret)],
  ],
  'redis-unlink': [
    ['in the pattern', () => ({ kind: 'redis-unlink', url: redis.url, match: withSecret('', '*'), batch: 1, pauseMs: 0, cap: 1 })],
  ],
  'redis-count': [['in the pattern', () => ({ kind: 'redis-count', url: redis.url, match: secret }), { expect: { above: 5 } }]],
  sql: [
    ['as a value that is no number', () => sql('select $1::int')],
    ['as a value that is repeated', () => sql('select $1::text as found'), { expect: { equals: 'something else' } }],
    ['as a value in a message', () => sql("select set_config($1, 'x', true)")],
    ['in rows that are too many', () => sql('select $1::text as a from generate_series(1, 3)', { rows: { atMost: 1 } })],
    ['as a value that would be an output', () => sql('select $1::text'), { outputs: { key: {} } }],
    ['in the URL of a server that is gone', () => sql('select $1::text', { url: withSecret('postgres://dana:', '@127.0.0.1:1/x') })],
    ['in a URL that is none', () => sql('select $1::text', { url: secret })],
    [
      'in a password that is wrong',
      () => sql('select $1::text', { url: { $pieces: ['postgres://postgres:', { secret: 'key' }, db.url.slice(db.url.indexOf('@'))] } }),
    ],
  ],
  'git-resolve': [
    ['as the name of a commit', () => ({ kind: 'git-resolve', repo: repo.checkout, ref: secret })],
    ['in the folder', () => ({ kind: 'git-resolve', repo: withSecret('/nowhere/'), ref: 'main' })],
    ['in the URL of a remote', () => ({ kind: 'git-resolve', repo: repo.checkout, ref: 'main', fetch: 'closed' })],
  ],
  'git-restore': [
    [
      'in the branch',
      () => {
        const publish = { remote: 'origin', branch: withSecret('..') };
        return { kind: 'git-restore', repo: repo.checkout, paths: ['a.ts'], at: commit, onto: commit, message: secret, publish };
      },
    ],
    [
      'in the URL of the remote',
      () => {
        const publish = { remote: 'closed', branch: 'b' };
        return { kind: 'git-restore', repo: repo.checkout, paths: ['a.ts'], at: commit, onto: commit, message: 'x', publish };
      },
    ],
  ],
  'git-same': [['as the name of a commit', () => ({ kind: 'git-same', repo: repo.checkout, paths: ['a.ts'], at: secret, and: commit })]],
  metric: [
    [
      'in a header that is the number',
      () => metric({ url: `${web.url}/echo`, pointer: '/x-key', headers: { 'x-key': { $pieces: ['key', { secret: 'key' }] } } }),
    ],
    ['in the query of a server that is gone', () => metric({ url: withSecret('http://127.0.0.1:1/?key=') })],
    ['in a URL that is none', () => metric({ url: withSecret('nowhere:// ') })],
  ],
  'file-write': [['in the path', () => ({ kind: 'file-write', path: withSecret('/nowhere/'), content: secret })]],
  'file-replace': [
    ['in the text', () => ({ kind: 'file-replace', path: file('config'), find: withSecret('', '!'), with: secret, count: 1 })],
  ],
  'file-remove': [['in the path', () => ({ kind: 'file-remove', path: withSecret('relative/') })]],
  'file-restore': [['in the path', () => ({ kind: 'file-restore', path: withSecret('/nowhere/'), of: 'nothing' })]],
};

describe.each(Object.entries(CASES))('a step of kind %s shows no secret', (_, cases) => {
  test.each(cases.map(([what, action, options]) => ({ what, action, options })))('$what', async ({ action, options }) => {
    const performed = await stage.perform(action(), { secrets: { key: SECRET }, ...options });
    expect(performed.answer.status).toMatch(/^(failed|unknown)$/);
    expectNoSecret(performed);
  });

  test('when a secret can not be read, and then does nothing', async () => {
    const [, action] = cases[0]!;
    const performed = await stage.perform(action(), { secrets: {} });
    expect(performed.processes).toEqual([]);
    expect(performed.answer).toEqual({
      status: 'failed',
      says: expect.stringMatching(/^The secret "key" can't be read, so nothing was done: The file/),
    });
  });
});

test('a secret that a target hands on in its environment is known by the name of its variable', async () => {
  const env = { PATH, CLOUDFLARE_API_TOKEN: SECRET, COLOUR: 'green-grass' };
  const performed = await stage.perform(run('env'), { env });
  expectNoSecret(performed);
  expect(performed.output).toContain('COLOUR=green-grass');
});
