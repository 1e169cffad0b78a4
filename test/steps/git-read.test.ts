import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createRepo } from './repo.ts';
import type { Repo } from './repo.ts';
import { createStage } from './stage.ts';
import type { Performed, Stage } from './stage.ts';

let stage: Stage;
let repo: Repo;
let first: string;
let second: string;
let aside: string;

beforeAll(async () => {
  stage = await createStage();
  repo = createRepo(stage.folder);
  first = repo.commit('First', { 'a/one.ts': '1', 'b.ts': '1' });
  repo.git('switch', '-q', '-c', 'aside');
  aside = repo.commit('Aside', { 'c.ts': '1' });
  repo.git('switch', '-q', 'main');
  second = repo.commit('Second', { 'b.ts': '2' });
  repo.git('tag', '-a', 'v1', '-m', 'v1', first);
  repo.git('push', '-q', 'origin', 'main', 'aside');
});
afterAll(async () => await stage.close());

async function resolve(ref: string, more: { fetch?: string; within?: string; repo?: string } = {}): Promise<Performed> {
  return await stage.perform({ kind: 'git-resolve', repo: repo.checkout, ref, ...more }, { effect: 'read' });
}

async function same(paths: string[], at: string, and: string, equals?: boolean): Promise<Performed> {
  const action = { kind: 'git-same', repo: repo.checkout, paths, at, and } as const;
  return await stage.perform(action, { effect: 'read', ...(equals !== undefined && { expect: { equals } }) });
}

describe('a name of a commit', () => {
  test('becomes a full commit', async () => {
    for (const [name, commit] of [
      ['main', second],
      ['v1', first],
      ['HEAD~1', first],
      [second.slice(0, 10), second],
      ['aside', aside],
    ] as const) {
      expect((await resolve(name)).answer).toMatchObject({ status: 'ok', observed: commit, outputs: { commit } });
    }
  });

  test.each(['nothing', 'v2', '0123456', '', 'main:b.ts', 'main..aside', '\0', 'a\nb'])('%j is refused', async (name) => {
    expect((await resolve(name)).answer.status).toBe('failed');
  });

  test.each(['--all', '-h', '--output=pwned', '--upload-pack=touch pwned', '--end-of-options'])('%s is never an option', async (name) => {
    const { answer } = await resolve(name);
    expect(answer).toEqual({ status: 'failed', says: `"${name}" can't be the name of a commit.` });
    expect(existsSync(join(repo.checkout, 'pwned'))).toBe(false);
  });

  test('can be asked to be in a branch', async () => {
    expect((await resolve('v1', { within: 'main' })).answer.status).toBe('ok');
    const { answer } = await resolve('aside', { within: 'main' });
    expect(answer).toMatchObject({
      status: 'failed',
      says: `"aside" is ${aside}, which main does not contain: choose a commit that it does.`,
    });
    expect((await resolve('aside', { within: '--all' })).answer.status).toBe('failed');
  });

  test('can be looked for after fetching what others have pushed', async () => {
    const theirs = repo.commitElsewhere('theirs.ts');
    expect((await resolve('origin/main')).answer).toMatchObject({ observed: second });
    expect((await resolve('origin/main', { fetch: 'origin' })).answer).toMatchObject({ observed: theirs });
    expect(repo.git('rev-parse', 'HEAD')).toBe(second);
    expect((await resolve('main', { fetch: 'nobody' })).answer.status).toBe('failed');
  });

  test('is looked for in the folder that is named, and in none above it', async () => {
    const { answer } = await resolve('main', { repo: join(repo.checkout, 'a') });
    expect(answer).toMatchObject({ status: 'failed', says: expect.stringContaining('not a git repository') });
    expect((await resolve('main', { repo: join(stage.folder, 'nothing') })).answer.says).toContain('There is no folder');
  });

  test('is looked for in the repository that is named, whatever the environment says', async () => {
    const env = { PATH: '/usr/bin:/bin', GIT_DIR: '/nowhere', GIT_WORK_TREE: '/nowhere', GIT_INDEX_FILE: '/nowhere' };
    const action = { kind: 'git-resolve', repo: repo.checkout, ref: 'main' } as const;
    expect((await stage.perform(action, { env })).answer.status).toBe('ok');
  });
});

describe('whether paths are the same', () => {
  test('is observed between two commits', async () => {
    expect((await same(['a'], 'v1', 'main')).answer).toMatchObject({ status: 'ok', observed: true });
    expect((await same(['b.ts', 'a'], 'v1', 'main', false)).answer).toMatchObject({ status: 'ok', observed: false });
  });

  test('means yes where nothing else is expected', async () => {
    expect((await same(['b.ts'], 'v1', 'main')).answer).toMatchObject({ status: 'failed', observed: false });
  });

  test('does not look at what is not committed', async () => {
    writeFileSync(join(repo.checkout, 'b.ts'), 'being edited');
    expect((await same(['b.ts'], 'main', second)).answer).toMatchObject({ observed: true });
  });

  test('can not be said of a path that is at neither', async () => {
    expect((await same(['typo.ts'], 'v1', 'main')).answer).toMatchObject({
      status: 'failed',
      says: expect.stringContaining('no typo.ts at either'),
    });
  });
});
