import { runCli } from './cli.ts';
import { realClock, realIds } from './clock.ts';

/** The process: its arguments, environment, signals and the real clock, handed to the program as parameters. */
export async function main(): Promise<void> {
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
