import { execa } from 'execa';
import type { Sandbox } from '../sandbox/sandbox.ts';

/** Has the shop well before anything is told of it: the version that is good on the main branch, and a cache that does its work. */
export async function makeWell(sandbox: Pick<Sandbox, 'repairNaively' | 'repo' | 'env' | 'commits'>): Promise<void> {
  await sandbox.repairNaively();
  // The old document's way leaves a commit that nobody has published; what is to be gone back to is on the main branch.
  const options = { cwd: sandbox.repo, env: sandbox.env, extendEnv: false };
  await execa('git', ['checkout', '--quiet', '--detach', sandbox.commits.good], options);
  await execa('wrangler', ['deploy', '--env', 'production'], options);
}
