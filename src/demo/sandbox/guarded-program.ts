import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';

const SYSTEM_PATH = '/usr/local/bin:/usr/bin:/bin';
/** Ends the program and removes its folder as soon as nobody holds the other end of its input, so that neither outlives us, however we end. */
const GUARD = '"$@" & program=$!; cat >/dev/null; kill -INT "$program" 2>/dev/null; wait "$program"; rm -rf -- "$FOLDER"';

/** Starts a server of the sandbox's own, which ends with us, and with it the folder in which it keeps its data. */
export function spawnGuarded(command: readonly string[], folder: string): { readonly close: () => Promise<void> } {
  const env = { PATH: SYSTEM_PATH, FOLDER: folder };
  const child = spawn('/bin/sh', ['-c', GUARD, 'sandbox-guard', ...command], { stdio: ['pipe', 'ignore', 'ignore'], env, cwd: '/' });
  const exited = once(child, 'exit');
  return {
    async close() {
      child.stdin.end();
      await exited;
    },
  };
}

/** A port of loopback that was free a moment ago. */
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}
