import type { Sandbox } from '../../src/demo/sandbox/sandbox.ts';
import { run } from '../demo/sandbox/sandboxes.ts';
import { createWalk } from './walk.ts';

type Walk = Awaited<ReturnType<typeof createWalk>>;

/** Walks the procedure of a sandbox that deploys its Worker, each time as a run of its own. */
export function workerWalks(
  sandbox: () => Sandbox,
): (options?: { patienceMs?: number; vars?: Readonly<Record<string, string>> }) => Promise<Walk> {
  let runs = 0;
  return async (options = {}) => {
    runs += 1;
    return await createWalk(sandbox(), { ref: sandbox().commits.good }, { run: `r${runs}`, ...options });
  };
}

/** Which version Cloudflare serves to everybody. */
export async function servedVersion(sandbox: Sandbox): Promise<string> {
  const { stdout } = await run(sandbox, 'wrangler', ['deployments', 'status', '--env', 'production', '--json']);
  const { versions } = JSON.parse(stdout) as { versions: { version_id: string; percentage: number }[] };
  return versions.map(({ version_id: id, percentage }) => `${id}@${percentage}`).join();
}

/** A file as it is on the main branch of the remote. */
export async function fileOnMain(sandbox: Sandbox, file: string): Promise<string> {
  await run(sandbox, 'git', ['fetch', '--quiet', 'origin']);
  return (await run(sandbox, 'git', ['show', `origin/main:${file}`])).stdout;
}
