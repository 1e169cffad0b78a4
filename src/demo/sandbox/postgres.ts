import { randomBytes } from 'node:crypto';
import { chown, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { Client } from 'pg';
import { freePort, spawnGuarded } from './guarded-program.ts';
import { findPostgres } from './postgres-programs.ts';
import type { PostgresPrograms } from './postgres-programs.ts';

export type PostgresServer = {
  /** Of its first database, `postgres`, with the password of its superuser. */
  readonly url: string;
  /** Makes a database of this name and answers its URL. */
  createDatabase(name: string): Promise<string>;
  close(): Promise<void>;
};

type Options = {
  readonly hostPath: string;
  /** Settings of the server beside those that it always gets, such as `ssl=on`. */
  readonly settings?: readonly string[];
};

/** PostgreSQL does not run as root, so root lends it this user, who owns nothing. */
const NOBODY = 65_534;
const AS_NOBODY = ['setpriv', '--reuid', String(NOBODY), '--regid', String(NOBODY), '--clear-groups', '--'];
const SYSTEM_PATH = '/usr/local/bin:/usr/bin:/bin';
const CARELESS = ['fsync=off', 'full_page_writes=off', 'synchronous_commit=off'];
const ATTEMPTS = 3;
const STARTING_MS = 20_000;

/** Starts a PostgreSQL of the sandbox's own on loopback, in a folder that is removed with it. It survives no power cut, and need not. */
export async function startPostgres({ hostPath, settings = [] }: Options): Promise<PostgresServer> {
  const programs = await findPostgres(hostPath);
  if (programs === null) throw new Error('There is no PostgreSQL server on this machine: install it (Debian: apt-get install postgresql).');
  for (let attempt = 1; ; attempt += 1) {
    const server = await startOnce(programs, settings);
    if (server) return { ...server, createDatabase: async (name) => await createDatabase(server.url, name) };
    if (attempt === ATTEMPTS) throw new Error('PostgreSQL does not start.');
  }
}

type Running = { readonly url: string; close(): Promise<void> };

async function startOnce({ initdb, postgres }: PostgresPrograms, settings: readonly string[]): Promise<Running | null> {
  const dir = await mkdtemp(join(tmpdir(), 'rollbot-postgres-'));
  const password = randomBytes(18).toString('hex');
  const port = await freePort();
  const command = await commandFor({ initdb, postgres, dir, password, port, settings }).catch(async (error: unknown) => {
    await rm(dir, { recursive: true, force: true });
    throw error;
  });
  const server = spawnGuarded(command, dir);
  const url = `postgres://postgres:${password}@127.0.0.1:${port}/postgres`;
  if (await answers(url)) return { url, close: server.close };
  await server.close();
  return null;
}

type Place = PostgresPrograms & {
  readonly dir: string;
  readonly password: string;
  readonly port: number;
  readonly settings: readonly string[];
};

/** Lays out the data, and answers what starts a server on it. */
async function commandFor({ initdb, postgres, dir, password, port, settings }: Place): Promise<readonly string[]> {
  const data = join(dir, 'data');
  const passwordFile = join(dir, 'password');
  await writeFile(passwordFile, password, { mode: 0o600 });
  if (isRoot()) for (const path of [dir, passwordFile]) await chown(path, NOBODY, NOBODY);
  const how = ['--username=postgres', '--auth=scram-sha-256', '--encoding=UTF8', '--no-locale', '--no-sync'];
  const [program = '', ...args] = asUser([initdb, '-D', data, '--pwfile', passwordFile, ...how]);
  await execa(program, args, { env: { PATH: SYSTEM_PATH }, extendEnv: false, cwd: dir });
  const all = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', ...CARELESS, ...settings].flatMap((setting) => ['-c', setting]);
  return asUser([postgres, '-D', data, '-p', String(port), ...all]);
}

async function answers(url: string): Promise<boolean> {
  const until = performance.now() + STARTING_MS;
  while (performance.now() < until) {
    const answer = await query(url, 'select 1').catch(() => null);
    if (answer) return true;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return false;
}

async function createDatabase(url: string, name: string): Promise<string> {
  await query(url, `create database "${name.replaceAll('"', '""')}"`);
  return Object.assign(new URL(url), { pathname: `/${name}` }).href;
}

async function query(url: string, text: string): Promise<boolean> {
  const client = new Client({ connectionString: url, ssl: false });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query(text);
    return true;
  } finally {
    await client.end();
  }
}

function isRoot(): boolean {
  return process.getuid?.() === 0;
}

function asUser(command: readonly string[]): readonly string[] {
  return isRoot() ? [...AS_NOBODY, ...command] : command;
}
