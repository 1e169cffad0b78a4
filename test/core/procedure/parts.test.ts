import { describe, expect, test } from 'vitest';
import { inlineParts } from '../../../src/core/procedure/parts.ts';
import { planOf, withParams } from '../../../src/core/procedure/plan.ts';
import { Procedure } from '../../../src/core/procedure/schema.ts';
import type { Part, Step } from '../../../src/core/procedure/schema.ts';

const UNDO = { none: 'it is a test' };

function say(id: string, more: Partial<Step> = {}): Step {
  return { id, title: id, run: ['echo', id], effect: 'idempotent', undo: UNDO, ...more };
}

const CACHE = Procedure.parse({
  title: 'Cache',
  component: 'Cache',
  locks: ['cache:main'],
  needs: ['crontab'],
  params: {
    ref: { about: 'Which version', type: 'git-commit', default: 'last-good', of: 'worker:api' },
    clear: { about: 'What', choices: ['prefix', 'everything'], default: 'prefix' },
  },
  preflight: [{ id: 'wanted', title: 'Known', git: { resolve: '${params.ref}', repo: '${target.repo}' } }],
  steps: [
    say('stop'),
    say('clear', { when: { clear: 'prefix' } }),
    say('flush', { when: { clear: 'everything' } }),
    say('restore', { run: ['restore', '${steps.wanted.commit}', '${params.clear}'], outputs: { made: {} } }),
    say('deploy', { run: ['deploy', '${steps.restore.made}'] }),
  ],
  verify: [{ title: 'Well', http: '${target.api_url}/health' }],
});

function calling(
  call: Partial<Part>,
  before: readonly Step[] = [say('begin')],
  after: readonly Step[] = [say('end')],
  more: Partial<Step> = {},
) {
  const step = { id: 'cache', title: 'The cache', procedure: { id: 'cache', with: { ref: '${params.version}' }, ...call }, ...more };
  return Procedure.parse({
    title: 'All',
    component: 'All',
    locks: ['*'],
    needs: ['git'],
    params: { version: { about: 'Which', type: 'git-commit' } },
    steps: [...before, step, ...after],
    verify: [{ title: 'Answers', http: '${target.api_url}/' }],
  });
}

const inline = (procedure: Procedure): Procedure => inlineParts(procedure, () => CACHE).procedure;
const order = (procedure: Procedure): Record<string, readonly string[] | undefined> =>
  Object.fromEntries(inline(procedure).steps.map(({ id, after }) => [id, after]));

describe('a part', () => {
  test('stands in the place of the step that calls it, in its own order', () => {
    expect(order(calling({}))).toEqual({
      begin: [],
      cache_stop: ['begin'],
      cache_clear: ['cache_stop'],
      cache_flush: ['cache_clear'],
      cache_restore: ['cache_flush'],
      cache_deploy: ['cache_restore'],
      end: ['cache_deploy'],
    });
  });

  test('without some of its steps, the others wait for what those waited for', () => {
    expect(order(calling({ without: ['flush', 'deploy'] }))).toMatchObject({ cache_restore: ['cache_clear'], end: ['cache_restore'] });
    expect(order(calling({ only: ['clear', 'deploy'] }))).toEqual({
      begin: [],
      cache_clear: ['begin'],
      cache_deploy: ['cache_clear'],
      end: ['cache_deploy'],
    });
  });

  test('with only some of its steps, brings the checks that these refer to and those without an id', () => {
    const git = { resolve: '${params.ref}', repo: '${target.repo}' };
    const part = Procedure.parse({
      ...CACHE,
      preflight: [
        { title: 'Guards', http: '${target.api_url}/' },
        { id: 'running', title: 'Nobody asks', http: '${target.api_url}/version', outputs: { version: {} } },
        { id: 'wanted', title: 'Known', git },
        { id: 'first', title: 'Before it', git },
        { id: 'second', title: 'For it', run: ['look', '${steps.first.commit}'], outputs: { it: {} } },
        { title: 'Guards with the second', run: ['look', '${steps.second.it}'] },
      ],
      verify: [{ title: 'Well', run: ['look', '${steps.running.version}'] }],
    });
    const brought = (call: Partial<Part>) =>
      inlineParts(calling(call), () => part).procedure.preflight?.map(({ id, title }) => id ?? title.replace('The cache: ', ''));
    const guards = ['Guards', 'cache_first', 'cache_second', 'Guards with the second'];
    expect(brought({ only: ['stop'], verify: false })).toEqual(guards);
    expect(brought({ only: ['restore'], verify: false })).toEqual(['Guards', 'cache_wanted', ...guards.slice(1)]);
    expect(brought({ only: ['stop'] })).toEqual(['Guards', 'cache_running', ...guards.slice(1)]);
    expect(brought({})).toHaveLength(6);
  });

  test('runs beside another step when both wait for the same one', () => {
    const others = [say('other', { after: ['begin'] }), say('end', { after: ['other', 'cache'] })];
    expect(order(calling({ only: ['clear'] }, undefined, others))).toEqual({
      begin: [],
      cache_clear: ['begin'],
      other: ['begin'],
      end: ['other', 'cache_clear'],
    });
  });

  test('means its own steps and the values of its caller', () => {
    const { preflight, steps, params, needs, verify } = inline(calling({ with: { ref: '${params.version}', clear: 'everything' } }));
    expect(preflight).toMatchObject([{ id: 'cache_wanted', title: 'The cache: Known', git: { resolve: '${params.version}' } }]);
    expect(steps.find(({ id }) => id === 'cache_restore')?.run).toEqual([
      'restore',
      '${steps.cache_wanted.commit}',
      '${params.cache_clear}',
    ]);
    expect(params).toMatchObject({ version: {}, cache_clear: { choices: ['everything'], default: 'everything' } });
    expect(needs).toEqual(['git', 'crontab']);
    expect(verify.map(({ title }) => title)).toEqual(['Answers', 'The cache: Well']);
  });

  test('keeps to its own conditions and to that of its caller', () => {
    const procedure = inline(calling({}, undefined, undefined, { when: { version: 'v1' } }));
    expect(procedure.steps.find(({ id }) => id === 'cache_flush')?.when).toEqual({ version: 'v1', cache_clear: 'everything' });
    const items = withParams(planOf(procedure), { version: 'v2', cache_clear: 'prefix' });
    expect(items.filter(({ skip }) => skip === undefined).map(({ id }) => id)).toEqual(['preflight.needs', 'begin', 'end', 'verify.1']);
  });

  test('can leave its checks of the result to its caller', () => {
    expect(inline(calling({ verify: false })).verify.map(({ title }) => title)).toEqual(['Answers']);
  });

  test('says for each item where it stands in the file', () => {
    const { origins } = inlineParts(calling({ only: ['stop', 'clear'] }), () => CACHE);
    expect(origins.steps).toEqual([
      { index: 0, part: null },
      { index: 1, part: 'cache' },
      { index: 1, part: 'cache' },
      { index: 2, part: null },
    ]);
  });

  test('may have parts itself', () => {
    const inner = Procedure.parse({ ...CACHE, title: 'Middle', params: { version: CACHE.params?.['ref'] }, steps: [calling({}).steps[1]] });
    const outer = Procedure.parse({
      ...calling({}),
      steps: [{ id: 'mid', title: 'Mid', procedure: { id: 'middle', with: { version: 'v1' }, only: ['cache'] } }],
    });
    const { steps, params } = inlineParts(outer, (id) => (id === 'middle' ? inner : CACHE)).procedure;
    expect(steps.map(({ id }) => id)).toContain('mid_cache_deploy');
    expect(steps.at(-1)?.after).toEqual(['mid_cache_restore']);
    expect(params).toMatchObject({ mid_version: { choices: ['v1'] } });
  });
});
