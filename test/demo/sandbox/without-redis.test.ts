import { realClock } from '../../../src/clock.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { startSandbox } from '../../../src/demo/sandbox/sandbox.ts';
import { findTool } from '../../../src/demo/sandbox/tools.ts';
import { ask, freshFolder, freshSandbox, PATIENCE_MS, run, until, untilHealthy } from './sandboxes.ts';

const TOOLS = ['sh', 'bash', 'git', 'curl', 'awk', 'cat', 'date', 'dirname', 'env', 'grep', 'mktemp', 'mv', 'rm', 'sed'];

let hostPath: string;
let removeTools: () => Promise<void>;
beforeAll(async () => {
  const folder = await freshFolder();
  [hostPath, removeTools] = [folder.dir, folder.remove];
  for (const tool of TOOLS) await symlink((await findTool(tool, '/usr/bin:/bin:/usr/local/bin')) ?? '', join(hostPath, tool));
});
afterAll(() => removeTools());

test('a machine without redis-server is told what to do', async () => {
  const { dir, remove } = await freshFolder();
  await expect(startSandbox({ dir, clock: realClock, hostPath })).rejects.toThrow(
    'There is no redis-server on this machine: install Redis',
  );
  await remove();
});

test('it breaks and recovers in the same way on the stand-ins alone', { timeout: PATIENCE_MS }, async () => {
  const sandbox = await freshSandbox({ hostPath, redis: 'server-or-stand-in' });
  try {
    expect((await run(sandbox, 'bash', ['-c', 'command -v redis-cli'])).stdout).toBe(join(sandbox.path, 'redis-cli'));
    expect((await sandbox.health()).reasons).toHaveLength(4);
    await sandbox.repairNaively();
    await untilHealthy(sandbox);
    const cache = await until(async () => {
      const { body } = await ask(sandbox, 'health/cache');
      return body.status === 'healthy' && body;
    });
    expect(cache.warmed_keys).toBe(0);
  } finally {
    await sandbox.close();
  }
});
