import { join } from 'node:path';
import { Redis } from 'ioredis';
import type { Sandbox } from '../../../src/demo/sandbox/sandbox.ts';
import { run } from './sandboxes.ts';

/** Takes the warming jobs out of the crontab, and only if it could be read; then waits for those that are at work. */
export async function stopWarming(sandbox: Sandbox): Promise<{ exitCode: number | undefined; stderr: string }> {
  const script = `
    set -euo pipefail
    crontab -l >before
    grep -v cache-warming before >after || [ $? = 1 ]
    crontab after
    rm before after`;
  const done = await run(sandbox, 'bash', ['-c', script], { cwd: sandbox.env.TMPDIR ?? '' });
  await sandbox.quiet();
  return done;
}

/** Deletes the warmed entries, and nothing else. */
export async function clearWarmed(sandbox: Sandbox): Promise<void> {
  await withRedis(sandbox, async (redis) => {
    for await (const keys of redis.scanStream({ match: 'warm:*', count: 500 })) {
      if ((keys as string[]).length > 0) await redis.unlink(...(keys as string[]));
    }
  });
}

/** Takes the cache policy back to the good commit, in a worktree, and deploys that. Answers with the deployed commit. */
export async function restorePolicy(sandbox: Sandbox): Promise<string> {
  const worktree = join(sandbox.env.TMPDIR ?? '', `worktree-${crypto.randomUUID()}`);
  await run(sandbox, 'git', ['worktree', 'add', '--detach', worktree, 'origin/main']);
  await run(sandbox, 'git', ['checkout', sandbox.commits.good, '--', 'src/cache', 'scripts/cache-warming.sh'], { cwd: worktree });
  await run(sandbox, 'git', ['commit', '--message', 'Return to the basic cache'], { cwd: worktree });
  const { exitCode, stderr } = await run(sandbox, 'wrangler', ['deploy', '--env', 'production'], { cwd: worktree });
  if (exitCode !== 0) throw new Error(stderr);
  const { stdout } = await run(sandbox, 'git', ['rev-parse', 'HEAD'], { cwd: worktree });
  return stdout;
}

/** Uses the sandbox's Redis as a step would, and lets go of it. */
export async function withRedis<T>(sandbox: Sandbox, use: (redis: Redis) => Promise<T>): Promise<T> {
  const redis = new Redis(sandbox.redisUrl, { maxRetriesPerRequest: 0, retryStrategy: () => null });
  redis.on('error', () => {});
  try {
    return await use(redis);
  } finally {
    redis.disconnect();
  }
}
