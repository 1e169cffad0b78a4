import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Filled, GitRestore } from '../../src/core/procedure/action.ts';
import { createRepo } from './repo.ts';
import type { Repo } from './repo.ts';
import { createStage } from './stage.ts';
import type { Performed, Stage } from './stage.ts';

const WORKER = 'import { PerformanceMiddleware } from "./m";\nuse(PerformanceMiddleware);\n';
const TOML = 'name = "api"\n\n[[hyperdrive]]\nbinding = "HYPERDRIVE"\nid = "0f3c"\n\n[env.production]\nname = "api-production"\n';

let stage: Stage;
let repo: Repo;
let first: string;
let tip: string;

beforeEach(async () => {
  stage = await createStage();
  repo = createRepo(stage.folder);
  first = repo.commit('First', { 'src/worker.ts': WORKER, 'wrangler.toml': TOML, 'src/retry.ts': 'once', 'bytes.bin': 'x' });
  tip = repo.commit('Second', { 'src/retry.ts': 'for ever' });
});
afterEach(async () => await stage.close());

async function change(order: Partial<GitRestore<Filled>>): Promise<Performed> {
  return await stage.perform({ kind: 'git-restore', repo: repo.checkout, paths: [], onto: tip, message: 'Change it', ...order });
}

function treeOf({ answer }: Performed): { commit: string; read: (file: string) => string; bytes: (file: string) => Buffer } {
  if (answer.status !== 'ok' && answer.status !== 'already-done') throw new Error(answer.says);
  const { commit = '', worktree = '' } = answer.outputs;
  const bytes = (file: string): Buffer => readFileSync(join(worktree, file));
  return { commit, bytes, read: (file) => bytes(file).toString() };
}

const SWITCH = { file: 'src/worker.ts', find: { text: 'PerformanceMiddleware' }, with: 'BasicMiddleware', count: 2 };
const NO_HYPERDRIVE = {
  file: 'wrangler.toml',
  find: { pattern: '^\\[\\[hyperdrive\\]\\]\\n(?:[^\\[\\n].*\\n)*' },
  with: '# Hyperdrive is switched off.\n',
  count: 1,
};

describe('editing files of a repository', () => {
  test('replaces a text, takes a path back and writes a file, all in one commit', async () => {
    const done = await change({
      paths: ['src/retry.ts'],
      at: first,
      edits: [SWITCH],
      writes: [{ file: 'src/simple.ts', content: 'neon\n' }],
    });
    const { commit, read } = treeOf(done);
    expect(read('src/worker.ts')).toBe(WORKER.replaceAll('PerformanceMiddleware', 'BasicMiddleware'));
    expect([read('src/retry.ts'), read('src/simple.ts')]).toEqual(['once', 'neon\n']);
    expect(repo.git('diff', '--name-status', tip, commit).split('\n')).toEqual(['M\tsrc/retry.ts', 'A\tsrc/simple.ts', 'M\tsrc/worker.ts']);
    expect(repo.git('rev-parse', `${commit}^`)).toBe(tip);
  });

  test('replaces what a pattern finds, and nothing around it', async () => {
    const { read } = treeOf(await change({ edits: [NO_HYPERDRIVE] }));
    expect(read('wrangler.toml')).toBe('name = "api"\n\n# Hyperdrive is switched off.\n\n[env.production]\nname = "api-production"\n');
  });

  test('has nothing to do a second time', async () => {
    const writes = [{ file: 'src/simple.ts', content: 'neon\n' }];
    const { commit } = treeOf(await change({ edits: [SWITCH, NO_HYPERDRIVE], writes }));
    const again = await change({ edits: [SWITCH, NO_HYPERDRIVE], writes, onto: commit });
    expect(again.answer).toMatchObject({ status: 'already-done', outputs: { commit } });
  });

  test('takes the number of times from elsewhere', async () => {
    const { read } = treeOf(await change({ edits: [{ ...SWITCH, count: '2' }] }));
    expect(read('src/worker.ts')).not.toContain('PerformanceMiddleware');
  });

  test('replaces a text by one that contains it, once', async () => {
    const edit = { ...SWITCH, find: { text: 'use' }, with: 'useless', count: 1 };
    const { commit, read } = treeOf(await change({ edits: [edit] }));
    expect(read('src/worker.ts')).toContain('useless(');
    expect((await change({ edits: [edit], onto: commit })).answer).toMatchObject({ status: 'already-done' });
  });

  test.each([
    ['a text that is not there', { ...SWITCH, find: { text: 'NoMiddleware' } }, /stands there 0 times, and it should stand there 2 times/],
    ['a text that is there more often', { ...SWITCH, count: 1 }, /stands there 2 times, and it should stand there once/],
    ['another number, from elsewhere', { ...SWITCH, count: '3' }, /stands there 2 times, and it should stand there 3 times/],
    ['what is no number of times', { ...SWITCH, count: 'many' }, /"many" is no number of times/],
    ['a file that is not there', { ...SWITCH, file: 'src/wroker.ts' }, /There is no file src\/wroker\.ts to change/],
  ])('does nothing at all with %s', async (_, edit, says) => {
    const { answer } = await change({ paths: ['src/retry.ts'], at: first, edits: [edit] });
    expect(answer).toMatchObject({ status: 'failed', says: expect.stringMatching(says) });
    expect(repo.git('rev-parse', 'HEAD')).toBe(tip);
  });

  test('leaves bytes that are no text, and modes, as they are', async () => {
    writeFileSync(join(repo.checkout, 'bytes.bin'), Buffer.from([0xff, 0xfe, 0x61, 0x0a, 0x62, 0x00]));
    repo.git('add', 'bytes.bin');
    chmodSync(join(repo.checkout, 'src/worker.ts'), 0o755);
    repo.git('add', 'src/worker.ts');
    const onto = repo.commit('Mode', { 'other.ts': '' });
    const done = treeOf(await change({ onto, edits: [SWITCH, { file: 'bytes.bin', find: { text: 'a' }, with: 'z', count: 1 }] }));
    expect(repo.git('ls-tree', done.commit, 'src/worker.ts')).toMatch(/^100755 /);
    expect(done.bytes('bytes.bin')).toEqual(Buffer.from([0xff, 0xfe, 0x7a, 0x0a, 0x62, 0x00]));
  });
});
