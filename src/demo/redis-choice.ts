import { execa } from 'execa';
import { findTool } from './sandbox/tools.ts';
import type { Say } from './terminal.ts';

const PACKAGE = 'redis-server';
const PATIENCE_MS = 120_000;

/** Finds a redis-server, installs one where that is allowed, or settles for the stand-in; says whatever is unusual. */
export async function chooseRedis({ hostPath, say }: { hostPath: string; say: Say }): Promise<'server' | 'stand-in'> {
  if ((await findTool('redis-server', hostPath)) !== null) return 'server';
  const apt = await findTool('apt-get', hostPath);
  if (apt !== null && process.getuid?.() === 0) {
    say(`There is no redis-server on this machine. Installing Debian's package ${PACKAGE} with apt-get, because you are root …`);
    await install(apt, hostPath);
    if ((await findTool('redis-server', hostPath)) !== null) return 'server';
    say('That did not work.');
  }
  say('There is no redis-server on this machine, so the demo brings a small stand-in for it, which holds the shop’s cache in memory.');
  return 'stand-in';
}

/** Its own service is not started: the sandbox starts a server for itself, on a port of its own. */
async function install(apt: string, hostPath: string): Promise<void> {
  const env = { PATH: hostPath, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
  const options = { env, extendEnv: false, reject: false, stdio: 'ignore', timeout: PATIENCE_MS } as const;
  await execa(apt, ['update', '-qq'], options);
  await execa(apt, ['install', '-y', '-qq', '--no-install-recommends', PACKAGE], options);
}
