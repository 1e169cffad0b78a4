import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { watchBotProcess } from '../process/bot-process.ts';
import type { BotProcess } from '../process/bot-process.ts';
import { USER_ID } from './build.ts';
import type { Image } from './build.ts';

type Executed = { readonly exit: number | string; readonly says: string };

export type Container = {
  /** The image's own command. */
  start(): BotProcess;
  /** Another command in the same place, as by `docker exec`. */
  execute(words: readonly string[], env?: Record<string, string>): Promise<Executed>;
};

type Entry = { readonly words: readonly string[]; readonly cwd: string; readonly path: string };
export type Way = (image: Image) => Entry;

const PROGRAMS = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
const LIMIT_MS = 30_000;

/** Runs an image's programs with the environment that it was given, in the way that this machine allows. */
export function openContainer(image: Image, way: Way, given: Record<string, string>): Container {
  const { words, cwd, path: programs } = way(image);
  const env = { PATH: programs, ...image.env, ...given };
  return {
    start() {
      const [program = '', ...rest] = [...words, ...withoutMissingInit(image.command)];
      return watchBotProcess(spawn(program, rest, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] }));
    },
    async execute(command, more = {}) {
      const [program = '', ...rest] = [...words, ...command];
      const child = spawn(program, rest, { cwd, env: { ...env, ...more }, stdio: ['ignore', 'pipe', 'pipe'], timeout: LIMIT_MS });
      const [says, [code, signal]] = await Promise.all([collect(child.stdout, child.stderr), once(child, 'close')]);
      return { exit: (code ?? signal) as number | string, says };
    },
  };
}

/** Under this machine's own root; another user without rights, where we are root. */
export function byPermissions({ root, workdir }: Image): Entry {
  const user = ['setpriv', `--reuid=${USER_ID}`, `--regid=${USER_ID}`, '--clear-groups', '--'];
  const programs = `${path.join(root, 'usr/local/bin')}:${PROGRAMS}`;
  return { words: process.getuid?.() === 0 ? user : [], cwd: path.join(root, workdir), path: programs };
}

/** With the image's root as the only root, mounted read-only. */
export function onReadOnlyRoot({ root, workdir, volumes }: Image): Entry {
  return { words: enter(root, `${USER_ID}:${USER_ID}`, workdir, volumes.join(' ')), cwd: '/', path: PROGRAMS };
}

/** The same for root, whom only a read-only mount can stop. */
export function asRootOnReadOnlyRoot({ root, workdir, volumes }: Image): Entry {
  return { words: enter(root, '0:0', workdir, volumes.join(' ')), cwd: '/', path: PROGRAMS };
}

/** Whether this machine lets us mount, in a namespace that ends with the process. */
export function mayMount(folder: string): boolean {
  const tries = 'mount --bind "$1" "$1" && mount -o remount,bind,ro "$1" && mount -t tmpfs tmpfs "$1"';
  return spawnSync('unshare', ['--mount', 'sh', '-c', tries, 'sh', folder]).status === 0;
}

function enter(...parameters: readonly string[]): readonly string[] {
  return ['unshare', '--mount', 'sh', path.resolve('test/image/enter-read-only.sh'), ...parameters];
}

async function collect(...streams: readonly Readable[]): Promise<string> {
  return (await Promise.all(streams.map(text))).join('');
}

function withoutMissingInit(command: readonly string[]): readonly string[] {
  return command[0] === 'tini' && !existsSync('/usr/bin/tini') ? command.slice(2) : command;
}
