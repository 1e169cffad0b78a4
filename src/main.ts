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
    clock: realClock,
    ids: realIds,
    process: { pid: process.pid, startedAt },
    onSignal: (listener) => ['SIGTERM', 'SIGINT'].forEach((signal) => process.on(signal, listener)),
    exit: (code) => process.exit(code),
  });
}

function unlessNobodyReads(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
}
