import { describe, expect, test } from 'vitest';
import { planOf, withParams } from '../../../src/core/procedure/plan.ts';
import { Check, Procedure, Step } from '../../../src/core/procedure/schema.ts';
import { CACHE } from './example.ts';

const STEP = { id: 'it', title: 'Do it', undo: { none: 'no' } };
const CHECK = { title: 'It is well', http: 'https://x/' };

/** A plan of one procedure with these steps and checks. */
function plan(parts: { preflight?: readonly object[]; steps?: readonly object[]; verify?: readonly object[] }) {
  const { preflight = [], steps = [{ ...STEP, run: ['tool'] }], verify = [CHECK] } = parts;
  return planOf(Procedure.parse({ title: 'T', component: 'C', locks: ['a:b'], preflight, steps, verify }));
}
const stepOf = (rest: object) => plan({ steps: [Step.parse({ ...STEP, ...rest })] }).find(({ phase }) => phase === 'step');
const named = (id: string, more: object = {}) => ({ ...STEP, id, run: ['tool'], ...more });
const checkOf = (rest: object) => plan({ verify: [Check.parse({ title: 'It is well', ...rest })] }).at(-1);

test('the plan of the cache procedure is the one that was looked at', async () => {
  await expect(`${JSON.stringify(planOf(CACHE), null, 2)}\n`).toMatchFileSnapshot('../../golden/plan/cache.json');
});

describe('the short forms are written out', () => {
  test.each<[what: string, source: object, action: object]>([
    ['a program', { run: ['tool', 'x'] }, { kind: 'run', argv: ['tool', 'x'], exit: [0] }],
    [
      'a program with all it has',
      { run: { argv: ['t'], cwd: '/', stdin: 'in', exit: [0, 3] } },
      { kind: 'run', argv: ['t'], cwd: '/', stdin: 'in', exit: [0, 3] },
    ],
    ['a script', { shell: 'true' }, { kind: 'shell', script: 'true', env: {}, exit: [0] }],
    ['a URL', { http: 'https://x/' }, { kind: 'http', method: 'GET', url: 'https://x/', headers: {} }],
    ['a Redis command', { redis: ['GET', 'a'] }, { kind: 'redis-command', url: '${target.redis_url}', command: ['GET', 'a'] }],
    [
      'keys to delete',
      { redis: { unlink: 'a:*' } },
      { kind: 'redis-unlink', url: '${target.redis_url}', match: 'a:*', batch: 500, pauseMs: 10 },
    ],
    [
      'keys to delete, with care',
      { redis: { unlink: 'a:*', batch: 5, pause: '1s', cap: 9, url: 'u' } },
      { kind: 'redis-unlink', url: 'u', match: 'a:*', batch: 5, pauseMs: 1000, cap: 9 },
    ],
    ['keys to count', { redis: { count: 'a:*' } }, { kind: 'redis-count', url: '${target.redis_url}', match: 'a:*' }],
    [
      'a statement',
      { sql: 'select 1' },
      { kind: 'sql', url: '${secrets.database_url}', query: 'select 1', values: [], lockTimeoutMs: 5000 },
    ],
    [
      'a statement with all it has',
      { sql: { query: 'update a set b = $1, c = $2', values: [5, true], rows: 1, 'lock-timeout': '1s', url: 'u' } },
      {
        kind: 'sql',
        url: 'u',
        query: 'update a set b = $1, c = $2',
        values: ['5', 'true'],
        rows: { atLeast: 1, atMost: 1 },
        lockTimeoutMs: 1000,
      },
    ],
    [
      'a statement with room for rows',
      { sql: { query: 'update a set b = 1', rows: { 'at-most': 5 } } },
      { kind: 'sql', url: '${secrets.database_url}', query: 'update a set b = 1', values: [], rows: { atMost: 5 }, lockTimeoutMs: 5000 },
    ],
    ['a ref', { git: { resolve: 'v1', repo: 'r' } }, { kind: 'git-resolve', repo: 'r', ref: 'v1' }],
    [
      'paths to restore',
      { git: { restore: ['a', 'b'], at: 'x', onto: 'y', repo: 'r', publish: { remote: 'origin', branch: 'z' } } },
      {
        kind: 'git-restore',
        repo: 'r',
        paths: ['a', 'b'],
        at: 'x',
        onto: 'y',
        message: 'Take a, b back to x\n\nRollbot run ${run.id}.',
        publish: { remote: 'origin', branch: 'z' },
      },
    ],
    [
      'a text to replace',
      { file: { replace: 'f', find: 'a', with: 'b' } },
      { kind: 'file-replace', path: 'f', find: 'a', with: 'b', count: 1 },
    ],
    ['something to say', { announce: { text: 'Hear' } }, { kind: 'announce', text: 'Hear', to: ['incident'] }],
    [
      'something to say to somebody',
      { announce: { text: 'Hear', status: 'outage', to: 'lead' } },
      { kind: 'announce', text: 'Hear', status: 'outage', to: ['lead'] },
    ],
    ['something to do by hand', { manual: { instructions: 'Turn it', by: 'ops' } }, { kind: 'manual', instructions: 'Turn it', by: 'ops' }],
  ])('%s', (_what, source, action) => {
    expect(stepOf(source)?.probe).toEqual({ action });
  });

  test('percentages become fractions', () => {
    const expected = checkOf({ http: 'https://x/', expect: { above: '60%', below: '99.9%', 'at-least': 1, 'at-most': '-0.5%' } })?.probe
      .expect;
    expect(expected).toEqual({ above: 0.6, below: 0.999, atLeast: 1, atMost: -0.005 });
  });

  test('a poll asks every two seconds, and has time for its window and one answer more', () => {
    const check = checkOf({ http: 'https://x/', within: '2m' });
    expect(check?.probe.poll).toEqual({ everyMs: 2000, withinMs: 120_000, times: 1 });
    expect(check?.timeoutMs).toBe(150_000);
  });

  test('waiting is a probe that is asked again', () => {
    expect(
      stepOf({ undo: undefined, wait: { http: 'https://x/', expect: { equals: 1 }, within: '1m', every: '5s', times: 2 } }),
    ).toMatchObject({
      effect: 'read',
      probe: { action: { kind: 'http' }, expect: { equals: 1 }, poll: { everyMs: 5000, withinMs: 60_000, times: 2 } },
    });
  });
});

test.each<[what: string, source: object, effect: string, timeoutMs: number]>([
  ['a program', { run: ['tool'] }, 'destructive', 300_000],
  ['a script', { shell: 'true' }, 'destructive', 300_000],
  ['a GET', { http: 'https://x/' }, 'read', 30_000],
  ['a HEAD', { http: { url: 'https://x/', method: 'HEAD' } }, 'read', 30_000],
  ['a POST', { http: { url: 'https://x/', method: 'POST' } }, 'destructive', 300_000],
  ['a Redis read', { redis: ['hgetall', 'a'] }, 'read', 30_000],
  ['a Redis read of two words', { redis: ['CONFIG', 'GET', 'maxmemory'] }, 'read', 30_000],
  ['its sister that writes', { redis: ['CONFIG', 'SET', 'maxmemory', '1'] }, 'destructive', 300_000],
  ['a Redis command that nobody knows', { redis: ['FROBNICATE'] }, 'destructive', 300_000],
  ['deleting keys', { redis: { unlink: '*' } }, 'destructive', 300_000],
  ['counting keys', { redis: { count: '*' } }, 'read', 30_000],
  ['resolving a ref', { git: { resolve: 'a', repo: 'r' } }, 'read', 30_000],
  ['restoring paths', { git: { restore: ['a'], at: 'x', onto: 'y', repo: 'r' } }, 'destructive', 300_000],
  ['writing a file', { file: { write: 'f', content: '' } }, 'destructive', 300_000],
  ['what a person does', { manual: { instructions: 'x', by: 'ops' } }, 'destructive', 300_000],
])('without a word about it, %s is %4$s', (_what, source, effect, timeoutMs) => {
  expect(stepOf(source)).toMatchObject({ effect, timeoutMs });
});

test('a file step can be undone without a word about it', () => {
  expect(stepOf({ undo: undefined, file: { remove: 'f' } })?.undo).toEqual({
    kind: 'action',
    title: 'Undo: Do it',
    action: { kind: 'file-restore', path: 'f', of: 'it' },
    effect: 'idempotent',
    timeoutMs: 300_000,
  });
});

test('an approval needs one person and waits for 15 minutes, or as long as the installation says', () => {
  const steps = [{ ...STEP, run: ['tool'], approve: { by: ['ops'] } }];
  expect(plan({ steps })[0]?.approve).toEqual({ by: ['ops'], need: 1, withinMs: 900_000 });
  const procedure = Procedure.parse({ title: 'T', component: 'C', locks: ['a:b'], steps, verify: [CHECK] });
  expect(planOf(procedure, { approvalWithinMs: 60_000 })[0]?.approve?.withinMs).toBe(60_000);
});

test('a question is asked of its role, and so is what is done by hand', () => {
  expect(checkOf({ ask: 'lead' })).toMatchObject({
    ask: 'lead',
    probe: { action: { kind: 'manual', instructions: 'It is well', by: 'lead' } },
  });
  expect(stepOf({ manual: { instructions: 'x', by: 'ops' } })?.ask).toBe('ops');
});

describe('the order', () => {
  test('steps follow one another, after all of preflight; checks only wait for those that they mention', () => {
    const items = plan({
      preflight: [{ ...CHECK, id: 'a', outputs: { x: {} } }, CHECK, { ...CHECK, http: 'https://x/${steps.a.x}' }],
      steps: [named('one'), named('two'), named('three', { after: ['one'] }), named('four', { after: [] })],
      verify: [
        { ...CHECK, id: 'seen', outputs: { y: {} } },
        { title: 'Still', http: 'https://x/${steps.seen.y}' },
      ],
    });
    expect(items.map(({ id, after }) => [id, after])).toEqual([
      ['a', []],
      ['preflight.2', []],
      ['preflight.3', ['a']],
      ['one', ['a', 'preflight.2', 'preflight.3']],
      ['two', ['a', 'preflight.2', 'preflight.3', 'one']],
      ['three', ['a', 'preflight.2', 'preflight.3', 'one']],
      ['four', ['a', 'preflight.2', 'preflight.3']],
      ['seen', ['one', 'two', 'three', 'four']],
      ['verify.2', ['one', 'two', 'three', 'four', 'seen']],
    ]);
  });

  test('steps for other parameters are skipped, and say why', () => {
    const items = plan({ steps: [named('one', { when: { clear: 'all', deep: true } }), named('two', { when: { clear: 'some' } })] });
    const skips = (params: Record<string, string>) => withParams(items, params).flatMap(({ skip }) => skip ?? []);
    expect(skips({ clear: 'all', deep: 'true' })).toEqual(['Only where clear is some, and here it is all.']);
    expect(skips({ clear: 'some', deep: 'true' })).toEqual(['Only where clear is all, and here it is some.']);
    expect(skips({ clear: 'some' })).toEqual(['Only where clear is all, and here it is some.']);
    expect(skips({ clear: 'all' })).toContain('Only where deep is true, and here it is not set.');
  });
});
