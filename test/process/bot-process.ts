import { spawn } from 'node:child_process';
import type { ChildProcess, ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

export type BotProcess = {
  readonly child: ChildProcess;
  /** Every line that it has printed, parsed where it is JSON. */
  readonly lines: readonly Record<string, unknown>[];
  readonly stderr: () => string;
  /** Waits for a line that says this. */
  says(message: string): Promise<Record<string, unknown>>;
  /** Sends a signal and waits for the end; answers with the exit status, or the signal's name. */
  ends(signal?: NodeJS.Signals): Promise<number | string>;
};

/** Long, because a start costs nothing but time on a busy machine. */
const PATIENCE_MS = 90_000;

/** Where Node keeps what it has compiled: half of the time that a start takes is saved by it. */
export const COMPILED = { NODE_COMPILE_CACHE: path.resolve('node_modules/.cache/compiled') };

/** Starts the bot as an operator does, or another program that behaves like it. */
export function startBotProcess(environment: Record<string, string>, program: readonly string[] = ['bin/rollbot.js', 'start']): BotProcess {
  return watchBotProcess(spawnRollbot(environment, program));
}

/** Starts it without listening to it. */
export function spawnRollbot(
  environment: Record<string, string>,
  program: readonly string[],
): ChildProcessByStdio<null, Readable, Readable> {
  return spawn(process.execPath, program, { env: { ...COMPILED, ...environment }, stdio: ['ignore', 'pipe', 'pipe'] });
}

/** Listens to a bot that was started in another way. */
export function watchBotProcess(child: ChildProcessByStdio<null, Readable, Readable>): BotProcess {
  const lines: Record<string, unknown>[] = [];
  const waiting = new Set<() => void>();
  let stderr = '';
  // Not 'exit', which may come before the last that it has printed.
  const ended = once(child, 'close').then(([code, signal]) => (code ?? signal) as number | string);
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  createInterface({ input: child.stdout }).on('line', (line) => {
    lines.push(parseLine(line));
    for (const look of waiting) look();
  });

  function find(message: string): Record<string, unknown> | undefined {
    return lines.find((line) => line['msg'] === message);
  }

  function why(message: string, how: string): Error {
    return new Error(`The bot ${how} before it said "${message}":\n${stderr}\n${JSON.stringify(lines.slice(-10))}`);
  }

  async function says(message: string): Promise<Record<string, unknown>> {
    return await new Promise((resolve, reject) => {
      const end = (settle: () => void): void => {
        waiting.delete(look);
        clearTimeout(timer);
        settle();
      };
      const look = (): void => {
        const line = find(message);
        if (line) end(() => resolve(line));
      };
      const timer = setTimeout(() => end(() => reject(why(message, 'took too long'))), PATIENCE_MS);
      waiting.add(look);
      void ended.then(() => find(message) ?? end(() => reject(why(message, 'ended'))));
      look();
    });
  }

  return {
    child,
    lines,
    stderr: () => stderr,
    says,
    async ends(signal) {
      if (signal) child.kill(signal);
      return await ended;
    },
  };
}

function parseLine(line: string): Record<string, unknown> {
  try {
    return JSON.parse(line) as Record<string, unknown>;
  } catch {
    return { msg: line };
  }
}
