import { chmodSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Filled, GitRestore } from '../../src/core/procedure/action.ts';
import { createRepo } from './repo.ts';
import type { Repo } from './repo.ts';
import { createStage } from './stage.ts';
import type { Options, Performed, Stage } from './stage.ts';

let stage: Stage;
let repo: Repo;
let good: string;
let bad: string;

beforeEach(async () => {
  stage = await createStage();
  repo = createRepo(stage.folder);
  good = repo.commit('Good', { 'src/cache/policy.ts': 'good', 'src/cache/gone.ts': 'good', 'other.ts': '1', 'run.sh': 'x' });
  bad = repo.commit('Bad', { 'src/cache/policy.ts': 'bad', 'src/cache/gone.ts': null, 'src/cache/new.ts': 'bad', 'other.ts': '2' });
  repo.git('push', '-q', 'origin', 'main');
});
afterEach(async () => await stage.close());

const PUBLISH = { remote: 'origin', branch: 'rollbot/r1', fastForward: 'main' };

async function restore(order: Partial<GitRestore<Filled>> = {}, options: Options = {}): Promise<Performed> {
  const action = {
    kind: 'git-restore',
    repo: repo.checkout,
    paths: ['src/cache/'],
    at: good,
    onto: bad,
    message: 'Take the cache back',
  } as const;
  return await stage.perform({ ...action, ...order }, options);
}

function outputsOf({ answer }: Performed): Record<string, string> {
  if (answer.status !== 'ok' && answer.status !== 'already-done') throw new Error(answer.says);
  return { ...answer.outputs };
}

describe('restoring paths', () => {
  test('brings back what was there, removes what was not, and touches nothing else', async () => {
    const { commit, worktree } = outputsOf(await restore());
    expect(repo.git('diff', '--name-status', bad, commit!).split('\n')).toEqual([
      'A\tsrc/cache/gone.ts',
      'D\tsrc/cache/new.ts',
      'M\tsrc/cache/policy.ts',
    ]);
    expect(repo.git('rev-parse', `${commit}^`)).toBe(bad);
    expect(readFileSync(join(worktree!, 'src/cache/policy.ts'), 'utf8')).toBe('good');
    expect(existsSync(join(worktree!, 'src/cache/new.ts'))).toBe(false);
    expect(repo.git('-C', worktree!, 'status', '--porcelain')).toBe('');
  });

  test('leaves the checkout of others exactly as it is, with what they have not committed', async () => {
    writeFileSync(join(repo.checkout, 'src/cache/policy.ts'), 'being edited');
    writeFileSync(join(repo.checkout, 'other.ts'), 'staged');
    repo.git('add', 'other.ts');
    const before = [repo.git('status', '--porcelain'), repo.git('rev-parse', 'HEAD'), readFileSync(join(repo.checkout, '.git/index'))];
    await restore();
    expect([repo.git('status', '--porcelain'), repo.git('rev-parse', 'HEAD'), readFileSync(join(repo.checkout, '.git/index'))]).toEqual(
      before,
    );
  });

  test('is signed by the bot, or by whom the target says, with the dates of the commit below', async () => {
    const said = (commit: string): string => repo.git('log', '-1', '--format=%an <%ae> %cn %s %at %ct', commit);
    const when = repo.git('log', '-1', '--format=%ct', bad);
    const ours = outputsOf(await restore());
    expect(said(ours['commit']!)).toBe(`Rollbot <rollbot@localhost> Rollbot Take the cache back ${when} ${when}`);
    const env = { PATH: '/usr/bin:/bin', GIT_AUTHOR_NAME: 'Pipeline', GIT_AUTHOR_EMAIL: 'ci@shop.test' };
    expect(said(outputsOf(await restore({}, { env }))['commit']!)).toMatch(/^Pipeline <ci@shop\.test> Rollbot /);
  });

  test('gives the same commit when it is done again, whatever the first attempt has left behind', async () => {
    const first = outputsOf(await restore());
    writeFileSync(join(first['worktree']!, 'left-over'), '');
    expect(outputsOf(await restore({}, { attempt: 2 }))).toEqual(first);
    expect(existsSync(join(first['worktree']!, 'left-over'))).toBe(false);
    rmSync(first['worktree']!, { recursive: true });
    expect(outputsOf(await restore({}, { attempt: 3 }))).toEqual(first);
  });

  test('finds that nothing differs, and still gives a worktree', async () => {
    const performed = await restore({ paths: ['run.sh'] });
    expect(performed.answer).toMatchObject({ status: 'already-done', outputs: { commit: bad } });
    expect(repo.git('-C', outputsOf(performed)['worktree']!, 'rev-parse', 'HEAD')).toBe(bad);
  });

  test('keeps modes, and names with spaces, quotes and letters of any kind', async () => {
    const name = 'dir/a "quoted" näme\t*.sh';
    chmodSync(join(repo.checkout, 'run.sh'), 0o755);
    const at = repo.commit('Odd', { [name]: 'odd', 'run.sh': 'y' });
    const onto = repo.commit('Gone', { [name]: null, 'run.sh': 'z' });
    const { worktree, commit } = outputsOf(await restore({ paths: ['dir', 'run.sh'], at, onto }));
    expect(readFileSync(join(worktree!, name), 'utf8')).toBe('odd');
    expect(repo.git('diff', '--name-only', at, commit!)).toBe('');
  });

  test('reads paths as names, not as patterns', async () => {
    const { answer } = await restore({ paths: ['src/*'] });
    expect(answer).toMatchObject({ status: 'failed', says: expect.stringContaining('There is no src/* at either commit') });
  });

  test('runs no hook', async () => {
    const mark = join(stage.folder, 'hook-ran');
    for (const hook of ['post-checkout', 'pre-commit', 'post-commit', 'pre-push', 'reference-transaction']) {
      const file = join(repo.checkout, '.git/hooks', hook);
      writeFileSync(file, `#!/bin/sh\ntouch ${mark}\n`, { mode: 0o755 });
    }
    await restore({ publish: PUBLISH });
    expect(existsSync(mark)).toBe(false);
  });
});

describe('publishing', () => {
  test('pushes a branch and moves main forward to it', async () => {
    const { commit, reached } = outputsOf(await restore({ publish: PUBLISH }));
    expect([reached, repo.gitThere('rev-parse', 'main'), repo.gitThere('rev-parse', 'rollbot/r1')]).toEqual(['main', commit, commit]);
    expect(repo.git('rev-parse', 'main')).toBe(bad);
  });

  test('puts every push on record before it begins', async () => {
    expect((await restore({ publish: PUBLISH })).processes).toHaveLength(2);
  });

  test('done again changes nothing and gives the same answer', async () => {
    const first = outputsOf(await restore({ publish: PUBLISH }));
    expect(outputsOf(await restore({ publish: PUBLISH }, { attempt: 2 }))).toEqual(first);
  });

  test('stops at its branch where the procedure names no branch to move', async () => {
    const { reached } = outputsOf(await restore({ publish: { remote: 'origin', branch: 'rollbot/r1' } }));
    expect([reached, repo.gitThere('rev-parse', 'main')]).toEqual(['branch', bad]);
  });

  test('leaves main alone when others have pushed to it since, and loses nothing of theirs', async () => {
    const theirs = repo.commitElsewhere('theirs.ts');
    const performed = await restore({ publish: PUBLISH });
    const { commit, reached } = outputsOf(performed);
    expect([reached, repo.gitThere('rev-parse', 'main'), repo.gitThere('rev-parse', 'rollbot/r1')]).toEqual(['branch', theirs, commit]);
    expect(performed.answer.says).toContain('main has moved on');
  });

  test('says so when main does not accept it', async () => {
    const hook = '#!/bin/sh\n[ "$1" = refs/heads/main ] && { echo protected >&2; exit 1; }\nexit 0\n';
    writeFileSync(join(repo.remote, 'hooks/update'), hook, { mode: 0o755 });
    const performed = await restore({ publish: PUBLISH });
    expect([outputsOf(performed)['reached'], repo.gitThere('rev-parse', 'main')]).toEqual(['branch', bad]);
    expect(performed.answer.says).toContain('main did not accept it');
  });

  test('never moves a branch that is somewhere else already', async () => {
    repo.git('push', '-q', 'origin', `${good}:refs/heads/rollbot/r1`);
    repo.git('commit', '-q', '--allow-empty', '-m', 'Another');
    repo.git('push', '-q', '--force', 'origin', 'HEAD:refs/heads/rollbot/r1');
    const elsewhere = repo.gitThere('rev-parse', 'rollbot/r1');
    const { answer } = await restore({ publish: PUBLISH });
    expect(answer).toMatchObject({ status: 'failed', says: expect.stringContaining('did not accept the branch rollbot/r1') });
    expect(repo.gitThere('rev-parse', 'rollbot/r1')).toBe(elsewhere);
  });

  test('of nothing pushes nothing, and tells how far the commit has come', async () => {
    const performed = await restore({ paths: ['run.sh'], publish: PUBLISH });
    expect(performed.answer).toMatchObject({ status: 'already-done', outputs: { commit: bad, reached: 'main' } });
    expect(performed.processes).toEqual([]);
  });

  test.each([
    [{ remote: 'upstream', branch: 'b' }, /no remote "upstream"/],
    [{ remote: 'origin', branch: 'a..b' }, /can't be the name of a branch/],
    [{ remote: 'origin', branch: '--force' }, /can't be the name of a branch/],
  ])('to %j has failed, with nothing pushed', async (publish, says) => {
    const before = repo.gitThere('for-each-ref');
    expect((await restore({ publish })).answer).toMatchObject({ status: 'failed', says: expect.stringMatching(says) });
    expect(repo.gitThere('for-each-ref')).toBe(before);
  });

  test('that loses its answer asks the remote, and finds that it has arrived', async () => {
    writeFileSync(join(repo.remote, 'hooks/post-receive'), '#!/bin/sh\nkill -KILL $PPID\n', { mode: 0o755 });
    const { commit, reached } = outputsOf(await restore({ publish: PUBLISH }));
    expect([reached, repo.gitThere('rev-parse', 'main')]).toEqual(['main', commit]);
  });

  test('that loses its answer asks the remote, and finds that it has not arrived', async () => {
    writeFileSync(join(repo.remote, 'hooks/pre-receive'), '#!/bin/sh\nkill -KILL $PPID\n', { mode: 0o755 });
    const { answer } = await restore({ publish: PUBLISH });
    expect(answer).toMatchObject({ status: 'failed', says: expect.stringContaining('did not accept the branch') });
    expect(repo.gitThere('rev-parse', 'main')).toBe(bad);
  });

  test('that can ask nobody is unknown', async () => {
    const hook = '#!/bin/sh\nmv "$PWD" "$PWD.gone"\nkill -KILL $PPID\n';
    writeFileSync(join(repo.remote, 'hooks/pre-receive'), hook, { mode: 0o755 });
    const { answer } = await restore({ publish: PUBLISH });
    expect(answer).toMatchObject({ status: 'unknown', reason: 'connection-lost', says: expect.stringContaining('nobody knows whether') });
  });

  test('to a remote that is gone has failed, with nothing pushed', async () => {
    rmSync(repo.remote, { recursive: true });
    const { answer } = await restore({ publish: PUBLISH });
    expect(answer).toMatchObject({ status: 'failed', says: expect.stringMatching(/"origin" can't be read, so nothing was pushed/) });
  });
});
