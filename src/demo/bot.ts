import { spawn } from 'node:child_process';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { Clock } from '../core/ports.ts';

/** The bot as a process of its own, started as in production. */
export type Bot = {
  /** Resolves when it has ended, however that came. */
  readonly ended: Promise<void>;
  readonly stop: () => Promise<void>;
};

export type BotPlace = {
  /** All that it is told, and nothing of what the demo was told by its own environment. */
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  /** Where its log is kept. */
  readonly logFile: string;
  readonly clock: Clock;
};

/** Ends the bot as soon as nobody holds the other end of its input, so that it can't outlive the demo, however that ends. */
const GUARD = 'exec 3<&0; "$@" & bot=$!; (cat <&3 >/dev/null; kill "$bot" 2>/dev/null) & wait "$bot"';
const BOT = path.join(import.meta.dirname, '..', '..', 'bin', 'rollbot.js');
const READY_WITHIN_MS = 90_000;
/** Longer than the bot itself takes at most. */
const DOWN_WITHIN_MS = 12_000;

/** Starts the bot and resolves when it takes commands; rejects with what it said when it does not get there. */
export async function startBot({ env, cwd, logFile, clock }: BotPlace): Promise<Bot> {
  // A group of its own, so that Ctrl+C reaches the demo alone, which then ends everything in order.
  const child = spawn('/bin/sh', ['-c', GUARD, 'bot-guard', process.execPath, BOT, 'start'], { env, cwd, detached: true });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const log = createWriteStream(logFile);
  child.stdout.pipe(log);
  child.stdin.on('error', () => {});
  const said: string[] = [];
  child.stderr.on('data', (chunk) => said.push(String(chunk)));
  async function stop(): Promise<void> {
    const giveUp = clock.after(DOWN_WITHIN_MS, () => killGroup(child));
    child.stdin.end();
    await ended;
    giveUp();
  }
  if (await becomesReady(child, clock)) return { ended, stop };
  await stop();
  throw new Error(`The bot does not start. ${said.join('').trim() || `Its log is ${logFile}; --keep leaves it there.`}`);
}

async function becomesReady(child: ChildProcessWithoutNullStreams, clock: Clock): Promise<boolean> {
  const lines = createInterface({ input: child.stdout });
  return await new Promise((resolve) => {
    const giveUp = clock.after(READY_WITHIN_MS, () => resolve(false));
    lines.on('line', (line) => {
      if (!line.includes('"msg":"ready"')) return;
      giveUp();
      resolve(true);
    });
    child.once('close', () => {
      giveUp();
      resolve(false);
    });
  });
}

function killGroup({ pid }: ChildProcessWithoutNullStreams): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch {
    // It has ended in the meantime.
  }
}
