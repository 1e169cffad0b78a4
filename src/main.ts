import { createInterface } from 'node:readline/promises';
import { runCli } from './cli.ts';
import { realClock, realIds } from './clock.ts';

/** The process: its arguments, environment, signals and the real clock, handed to the program as parameters. */
export async function main(): Promise<void> {
  // Whoever reads the output may leave at any time; that must end neither a rollback nor a command with an error.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', unlessNobodyReads);
  const startedAt = realClock.now() - Math.round(process.uptime() * 1000);
  process.exitCode = await runCli({
    argv: process.argv.slice(2),
    environment: process.env,
    stdout: process.stdout,
    stderr: process.stderr,
    ask: createAsk(),
    clock: realClock,
    ids: realIds,
    process: { pid: process.pid, startedAt },
    onSignal: (listener) => ['SIGTERM', 'SIGINT'].forEach((signal) => process.on(signal, listener)),
    exit: (code) => process.exit(code),
    ...(process.stdout.isTTY && { columns: () => process.stdout.columns }),
  });
}

/** One reader for all questions, so that what was typed ahead is not lost; only while one is asked does it keep the process up. */
function createAsk(): (question: string) => Promise<string | null> {
  let lines: AsyncIterator<string> | null = null;
  return async (question) => {
    lines ??= createInterface({ input: process.stdin })[Symbol.asyncIterator]();
    process.stdin.resume();
    process.stdout.write(question);
    const { value, done } = await lines.next();
    if (!process.stdin.isTTY) process.stdout.write('\n');
    process.stdin.pause();
    return done === true ? null : value;
  };
}

function unlessNobodyReads(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
}
