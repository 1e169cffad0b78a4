import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, spawnGuarded } from '../guarded-program.ts';
import { findTool } from '../tools.ts';

export type Prometheus = {
  readonly url: string;
  /** Has it read its configuration again; answers whether it took it. */
  readonly reload: () => Promise<boolean>;
  /** Ends it and starts it again under the same address, and does not wait for what becomes of that, as a restart of a container. */
  readonly restart: () => Promise<void>;
  readonly close: () => Promise<void>;
};

const ATTEMPTS = 3;
const STARTING_MS = 20_000;
const LOOK_EVERY_MS = 50;

/** Starts a Prometheus of the sandbox's own on loopback, with a configuration that it can be told to read again. */
export async function startPrometheus({ hostPath, config }: { hostPath: string; config: string }): Promise<Prometheus> {
  const program = await findTool('prometheus', hostPath);
  if (program === null) throw new Error('There is no Prometheus on this machine: install it (Debian: apt-get install prometheus).');
  for (let attempt = 1; ; attempt += 1) {
    const started = await startOnce(program, config);
    if (started) return started;
    if (attempt === ATTEMPTS) throw new Error('Prometheus does not start.');
  }
}

async function startOnce(program: string, config: string): Promise<Prometheus | null> {
  const url = `http://127.0.0.1:${await freePort()}`;
  let server = await spawn(program, config, url);
  const reload = async () => (await fetch(`${url}/-/reload`, { method: 'POST' })).ok;
  const close = async () => await server.close();
  async function restart(): Promise<void> {
    await close();
    server = await spawn(program, config, url);
  }
  if (await isReady(url)) return { url, reload, restart, close };
  await close();
  return null;
}

async function spawn(program: string, config: string, url: string): Promise<{ readonly close: () => Promise<void> }> {
  const data = await mkdtemp(join(tmpdir(), 'rollbot-prometheus-'));
  const storage = [`--storage.tsdb.path=${data}`, '--storage.tsdb.retention.time=1h'];
  const ways = [`--web.listen-address=${new URL(url).host}`, '--web.enable-lifecycle', '--rules.alert.resend-delay=1s'];
  return spawnGuarded([program, `--config.file=${config}`, ...storage, ...ways, '--log.level=error'], data);
}

async function isReady(url: string): Promise<boolean> {
  const until = performance.now() + STARTING_MS;
  while (performance.now() < until) {
    const answer = await fetch(`${url}/-/ready`).catch(() => null);
    if (answer?.ok) return true;
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
  return false;
}
