import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Sandbox } from '../../../src/demo/sandbox/sandbox.ts';
import { ask, freshSandbox, PATIENCE_MS, run } from './sandboxes.ts';

const DEPLOY = ['deploy', '--env', 'production'];
let sandbox: Sandbox;
let worktree: string;
beforeAll(async () => {
  sandbox = await freshSandbox({ wranglerLatencyMs: 250 });
}, PATIENCE_MS);
afterAll(() => sandbox.close());
beforeEach(async () => {
  worktree = join(sandbox.env.TMPDIR ?? '', 'worktree');
  await run(sandbox, 'git', ['worktree', 'add', '--detach', worktree, sandbox.commits.good]);
});
afterEach(async () => {
  await run(sandbox, 'git', ['worktree', 'remove', '--force', worktree]);
});

describe('the stand-in for wrangler', () => {
  test.each([
    [['--version'], /^\d+\.\d+\.\d+$/],
    [['whoami'], /associated with the email dana@shop\.example/],
  ])('answers %j', async (args, answer) => {
    expect(await run(sandbox, 'wrangler', args)).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(answer) });
  });

  test('deploys the commit of a worktree and says which version that is', async () => {
    const { exitCode, stdout } = await run(sandbox, 'wrangler', [...DEPLOY, '--message', 'Back to basics'], { cwd: worktree });
    expect(exitCode).toBe(0);
    expect(stdout).toContain('Deployed shop-api-production triggers');
    expect((await ask(sandbox, 'version')).body.version).toBe(sandbox.commits.good);
    const id = /Current Version ID: (\S+)/.exec(stdout)?.[1];
    expect(await json(['deployments', 'status', '--name', 'shop-api-production', '--json'])).toMatchObject({
      versions: [{ version_id: id, percentage: 100 }],
      annotations: { 'workers/message': 'Back to basics' },
    });
    expect((await json(['versions', 'list', '--name', 'shop-api-production', '--json'])).at(-1)).toMatchObject({
      id,
      annotations: { 'workers/tag': sandbox.commits.good },
    });
  });

  test('takes as long over a deployment as it was told to', async () => {
    const startedMs = performance.now();
    const { stdout } = await run(sandbox, 'wrangler', [...DEPLOY, '--dry-run'], { cwd: worktree });
    expect(performance.now() - startedMs).toBeGreaterThan(250);
    expect(stdout).toContain('Total Upload');
  });

  test('deploys another commit at once, while customers are being served', async () => {
    for (const commit of [sandbox.commits.newest, sandbox.commits.good]) {
      await run(sandbox, 'git', ['checkout', '--detach', commit], { cwd: worktree });
      await run(sandbox, 'wrangler', DEPLOY, { cwd: worktree });
      expect((await ask(sandbox, 'version')).body.version).toBe(commit);
    }
  });

  test.each([
    ['an uncommitted change', [...DEPLOY], /README\.md/],
    ['a missing environment', ['deploy'], /--env production/],
    ['an environment that is not configured', ['deploy', '--env', 'staging'], /No environment found .* "staging"/],
    ['an option that it does not know', [...DEPLOY, '--force'], /--force/],
    ['a command that it does not know', ['delete'], /does not know "delete"/],
  ])('refuses %s, with exit status 1 and nothing deployed', async (what, args, says) => {
    const before = (await ask(sandbox, 'version')).body;
    if (what === 'an uncommitted change') await writeFile(join(worktree, 'README.md'), 'changed');
    expect(await run(sandbox, 'wrangler', args, { cwd: worktree })).toMatchObject({ exitCode: 1, stderr: expect.stringMatching(says) });
    expect((await ask(sandbox, 'version')).body).toEqual(before);
  });

  test('refuses code that can not be loaded; what was served before is served on', async () => {
    const before = (await ask(sandbox, 'version')).body;
    await rm(join(worktree, 'src/product-view.ts'));
    await run(sandbox, 'git', ['commit', '--all', '--message', 'Forget a file'], { cwd: worktree });
    expect(await run(sandbox, 'wrangler', DEPLOY, { cwd: worktree })).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining('[code: 10021]'),
    });
    expect((await ask(sandbox, 'version')).body).toEqual(before);
  });

  test('deploys nothing in a dry run', async () => {
    const before = (await ask(sandbox, 'version')).body;
    expect(await run(sandbox, 'wrangler', [...DEPLOY, '--dry-run'], { cwd: worktree })).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining('exiting now'),
    });
    expect((await ask(sandbox, 'version')).body).toEqual(before);
  });
});

async function json(args: readonly string[]) {
  const { stdout } = await run(sandbox, 'wrangler', args);
  return JSON.parse(stdout);
}
