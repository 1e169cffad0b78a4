import { startApp } from '../app.ts';
import type { App } from '../app.ts';
import { EXIT } from './terminal.ts';
import type { Terminal } from './terminal.ts';
import { readConfig } from '../config.ts';
import { createRedactor } from '../core/redaction.ts';
import { createLog } from '../log.ts';

/** The whole way down, everything included, has to be shorter than what a supervisor waits before it kills. */
const DOWN_WITHIN_MS = 9000;

/** Runs the bot until SIGTERM or SIGINT; a second signal ends it at once. */
export async function startCommand(terminal: Terminal): Promise<number> {
  const config = readConfig(terminal.environment);
  if ('mistakes' in config) return refuse(terminal, EXIT.misconfigured, config.mistakes);
  const redactor = createRedactor(config.secrets);
  const log = createLog({ level: config.logLevel, write: (line) => terminal.stdout.write(line), redact: (text) => redactor.redact(text) });
  const signals = countSignals(terminal);
  const app = await startApp({ ...terminal, config, log });
  if ('exitCode' in app) return refuse(terminal, app.exitCode, app.says);
  await signals.first;
  log.info({}, 'stopping');
  return await stop(app, terminal);
}

/** Whatever was to happen later must not keep the process up, so it is ended here. */
async function stop(app: App, { clock, exit }: Terminal): Promise<number> {
  const late = new Promise<number>((resolve) => clock.after(DOWN_WITHIN_MS, () => resolve(EXIT.failed)));
  const exitCode = await Promise.race([app.stop().then(() => EXIT.ok), late]);
  exit(exitCode);
  return exitCode;
}

function countSignals({ onSignal, exit }: Terminal): { first: Promise<void> } {
  let count = 0;
  const first = new Promise<void>((resolve) => {
    onSignal(() => {
      count += 1;
      if (count > 1) exit(EXIT.failed);
      resolve();
    });
  });
  return { first };
}

function refuse({ stderr }: Terminal, exitCode: number, says: readonly string[]): number {
  for (const sentence of says) stderr.write(`rollbot: ${sentence}\n`);
  return exitCode;
}
