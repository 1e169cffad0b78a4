import { afterAll, beforeAll, expect, test } from 'vitest';
import { appendFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Sandbox } from '../../src/demo/sandbox/sandbox.ts';
import { ask, freshSandbox, PATIENCE_MS, run } from '../demo/sandbox/sandboxes.ts';
import { installRealWrangler } from './real-wrangler.ts';
import type { Said } from './real-wrangler.ts';

// What the stand-in for Cloudflare answers is held to what Cloudflare's own tool asks, understands and prints.

type Version = { readonly id: string; readonly annotations: Readonly<Record<string, string>> };
const WORKER = ['--name', 'shop-api-production'];
let sandbox: Sandbox;
let wrangler: (args: readonly string[], cwd?: string) => Promise<Said>;
let worktree: string;

beforeAll(async () => {
  const real = await installRealWrangler();
  sandbox = await freshSandbox();
  wrangler = async (args, cwd) => await real(sandbox, args, cwd);
  worktree = join(sandbox.env['TMPDIR'] ?? '', 'worktree');
  await run(sandbox, 'git', ['worktree', 'add', '--detach', worktree, sandbox.commits.good]);
}, 2 * PATIENCE_MS);
afterAll(() => sandbox.close());

test('it deploys, lists, goes back and forth, and the shop serves what it says', async () => {
  const before = await served();
  const deployed = await deploy(['--message', 'By the real one']);
  expect(await ask(sandbox, 'version')).toMatchObject({ body: { version: sandbox.commits.good, version_id: deployed } });
  expect((await ask(sandbox, 'products/1')).status).toBe(200);
  expect(await json<readonly Version[]>(['versions', 'list', ...WORKER, '--json'])).toContainEqual(
    expect.objectContaining({
      id: deployed,
      annotations: expect.objectContaining({ 'workers/tag': 'real', 'workers/message': 'By the real one' }),
    }),
  );
  for (const [id, words] of [
    [before, ['versions', 'deploy', `${before}@100%`, ...WORKER, '-y', '--message', 'There']],
    [deployed, ['rollback', deployed, ...WORKER, '-y', '-m', 'And back']],
    [before, ['rollback', ...WORKER, '-y']],
  ] as const) {
    expect(await wrangler(words)).toMatchObject({ exitCode: 0, stdout: expect.stringContaining(id) });
    expect(await served()).toBe(id);
    expect((await ask(sandbox, 'version')).body.version_id).toBe(id);
  }
  expect((await wrangler(['whoami'])).stdout).toContain('associated with the email dana@shop.example');
});

test.each([
  ['versions', 'list'],
  ['deployments', 'list'],
  ['deployments', 'status'],
])("the sandbox's own says the same: %s %s", async (...words) => {
  const args = [...words, ...WORKER, '--json'];
  expect(await json(args)).toEqual(JSON.parse((await run(sandbox, 'wrangler', args)).stdout));
});

test("the sandbox's own shows a version as it does, and complains in its words", async () => {
  const view = ['versions', 'view', await served(), ...WORKER, '--json'];
  expect(await json(view)).toEqual(JSON.parse((await run(sandbox, 'wrangler', view)).stdout));
  const unknown = ['versions', 'view', '00000000-0000-4000-8000-000000000000', ...WORKER];
  const [real, own] = [await wrangler(unknown), await run(sandbox, 'wrangler', unknown)];
  expect([real.exitCode, own.exitCode]).toEqual([1, 1]);
  const complaint = 'workers.api.error.version_not_found [code: 10007]';
  for (const { stdout, stderr } of [real, own]) expect(stdout + stderr).toContain(complaint);
});

test('a Worker of another name is made beside the first', async () => {
  await deploy(['--name', 'shop-api-emergency']);
  const answer = await fetch(`${sandbox.serviceUrl}/workers.dev/shop-api-emergency/api/version`);
  expect([answer.status, await answer.json()]).toMatchObject([200, { version: sandbox.commits.good, worker: 'shop-api-emergency' }]);
  expect((await ask(sandbox, 'version')).body.worker).toBe('shop-api-production');
});

test('it is refused what Cloudflare refuses: a version from before a migration, and with a migration', async () => {
  const before = await served();
  const rooms = `
[[env.production.durable_objects.bindings]]
name = "ROOMS"
class_name = "Room"

[[env.production.migrations]]
tag = "v1"
new_sqlite_classes = ["Room"]
`;
  await appendFile(join(worktree, 'wrangler.toml'), rooms);
  await writeFile(join(worktree, 'src/rooms.ts'), "export class Room {}\nexport { default } from './worker-production-db.ts';\n");
  await run(sandbox, 'sed', ['-i', 's/worker-production-db/rooms/', 'wrangler.toml'], { cwd: worktree });
  const early = await wrangler(['versions', 'upload', '--env', 'production'], worktree);
  expect(early).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('pending Durable Object migration') });
  const after = await deploy([]);
  expect(await wrangler(['versions', 'deploy', `${before}@100%`, ...WORKER, '-y'])).toMatchObject({
    exitCode: 1,
    stderr: expect.stringContaining("can't go back across a migration"),
  });
  expect(await served()).toBe(after);
  const again = await deploy([]);
  expect(await wrangler(['versions', 'deploy', `${after}@100%`, ...WORKER, '-y'])).toMatchObject({ exitCode: 0 });
  expect(again).not.toBe(after);
});

test('a secret that was set since is mentioned, and goes on by itself where nobody is asked', async () => {
  const before = await served();
  const { account, token } = sandbox.cloudflare;
  const set = await fetch(`${sandbox.cloudflareUrl}/accounts/${account}/workers/scripts/shop-api-production/secrets`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'PAYMENT_KEY', text: 'never shown', type: 'secret_text' }),
  });
  expect(set.status).toBe(200);
  const { exitCode, stdout } = await wrangler(['rollback', before, ...WORKER, '-y', '-m', 'Back']);
  expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: expect.stringContaining('* PAYMENT_KEY') });
  expect(await served()).toBe(before);
});

/** Deploys the worktree; answers with the id of the version. */
async function deploy(more: readonly string[]): Promise<string> {
  const commit = ['--var', `COMMIT:${sandbox.commits.good}`, '--tag', 'real'];
  const { exitCode, stdout, stderr } = await wrangler(['deploy', '--env', 'production', ...commit, ...more], worktree);
  if (exitCode !== 0) throw new Error(stderr);
  return /Current Version ID: (\S+)/.exec(stdout)?.[1] ?? 'none';
}

/** The version that everybody is served, as wrangler says. */
async function served(): Promise<string> {
  const { versions } = await json<{ versions: readonly { version_id: string }[] }>(['deployments', 'status', ...WORKER, '--json']);
  return versions[0]?.version_id ?? 'none';
}

async function json<T>(args: readonly string[]): Promise<T> {
  return JSON.parse((await wrangler(args)).stdout) as T;
}
