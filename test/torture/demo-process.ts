import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { execa } from 'execa';

/** `rollbot demo` as somebody starts it in a terminal. */
export type DemoProcess = {
  /** All that it has printed. */
  readonly printed: () => string;
  /** Waits until it has printed this, or fails with what it has said when it ends before. */
  readonly says: (text: string) => Promise<void>;
  readonly sends: (signal: NodeJS.Signals) => void;
  /** The exit status, or the signal that ended it. */
  readonly ended: Promise<number | string>;
  /** Every process that it has started, directly or not, and that is at work now; or those of one command. */
  readonly children: (program?: string) => Promise<readonly number[]>;
  /** What it has left in the folder for temporary files. */
  readonly leftovers: () => Promise<readonly string[]>;
  /** Ends what may be left after a test that failed. */
  readonly clear: () => Promise<void>;
};

/** Starts it in a folder of its own, which is its folder for temporary files as well. */
export async function startDemo(...options: readonly string[]): Promise<DemoProcess> {
  const dir = await mkdtemp(path.join(tmpdir(), 'rollbot-demo-test-'));
  const program = path.resolve('bin/rollbot.js');
  const env = { PATH: process.env['PATH'], TMPDIR: dir };
  const child = spawn(process.execPath, [program, 'demo', ...options], { cwd: dir, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = once(child, 'close').then(([code, signal]) => (code ?? signal) as number | string);
  let text = '';
  const listeners = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      for (const look of listeners) look();
    });

  return {
    printed: () => text,
    async says(wanted) {
      const said = new Promise<void>((resolve) => {
        const look = (): void => {
          if (text.includes(wanted)) resolve();
        };
        listeners.add(look);
        look();
      });
      await Promise.race([said, ended]);
      if (!text.includes(wanted)) throw new Error(`The demo ended without saying "${wanted}":\n${text}`);
    },
    sends: (signal) => child.kill(signal),
    ended,
    children: async (command = '') => await descendants(child.pid ?? 0, command),
    leftovers: async () => (await readdir(dir)).filter((name) => name !== 'incidents'),
    async clear() {
      child.kill('SIGTERM');
      await ended;
      await rm(dir, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** Those of these processes that are still at work; one that has ended and whom nobody has asked for is not. */
export async function alive(pids: readonly number[]): Promise<readonly number[]> {
  const there = await processes();
  return pids.filter((pid) => there.some((each) => each.pid === pid));
}

async function descendants(root: number, command: string): Promise<readonly number[]> {
  const all = await processes();
  const found: number[] = [];
  let parents = [root];
  while (parents.length > 0) {
    const known = parents;
    const next = all.filter(({ parent }) => known.includes(parent));
    parents = next.map(({ pid }) => pid);
    found.push(...next.filter((each) => each.command.includes(command)).map(({ pid }) => pid));
  }
  return found;
}

type Process = { readonly pid: number; readonly parent: number; readonly command: string };

async function processes(): Promise<readonly Process[]> {
  const { stdout } = await execa('ps', ['-A', '-o', 'pid=,ppid=,stat=,args=']);
  return stdout
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([, , state = '']) => !state.startsWith('Z'))
    .map(([pid, parent, , ...command]) => ({ pid: Number(pid), parent: Number(parent), command: command.join(' ') }));
}
