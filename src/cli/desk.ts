import { startApp } from '../app.ts';
import { readPaths, readTerminalConfig } from '../config.ts';
import type { Json } from '../core/digest.ts';
import { createRedactor } from '../core/redaction.ts';
import { createLog } from '../log.ts';
import { linkTo, ownUser } from '../terminal/index.ts';
import type { Reply } from '../terminal/index.ts';
import { lookAlone } from './look-alone.ts';
import { untilQuiet } from './quiet.ts';
import { EXIT } from './terminal.ts';
import type { Terminal } from './terminal.ts';

/** Who does what a command asks for: the running bot, or this very process where none runs. */
export type Desk = {
  readonly call: (verb: string, params: Json) => Promise<Reply>;
  /** This process is the bot for as long as the command takes. */
  readonly own: boolean;
  /** Resolves at the first signal. */
  readonly signal: Promise<void>;
};

type Work = (desk: Desk) => Promise<number>;

/** Has the running bot do it; where none runs, takes the database and does it by the same rules, without Slack. */
export async function withDesk(terminal: Terminal, work: Work): Promise<number> {
  return await reach(terminal, work, async (signal) => await actAlone(terminal, work, signal));
}

/** The same for what only looks: where no bot runs, the database is read, and belongs to nobody. */
export async function withLook(terminal: Terminal, work: Work): Promise<number> {
  return await reach(terminal, work, async (signal) => await lookAlone(terminal, async (call) => await work({ call, own: false, signal })));
}

async function reach(terminal: Terminal, work: Work, alone: (signal: Promise<void>) => Promise<number>): Promise<number> {
  const paths = readPaths(terminal.environment);
  if ('mistakes' in paths) return say(terminal, EXIT.misconfigured, paths.mistakes);
  const signal = firstSignal(terminal);
  const linked = await linkTo(paths.database);
  switch (linked.status) {
    case 'linked':
      try {
        return await work({ call: async (verb, params) => await linked.link.call(verb, params), own: false, signal });
      } catch (error) {
        return say(terminal, EXIT.lost, [
          `The bot can't be spoken to any more: ${error instanceof Error ? error.message : String(error)}. Look with \`rollbot status\` how things stand.`,
        ]);
      } finally {
        await linked.link.close();
      }
    case 'refused':
      return say(terminal, EXIT.refused, [linked.says]);
    case 'nobody':
      return await alone(signal);
    default:
      return linked satisfies never;
  }
}

async function actAlone(terminal: Terminal, work: Work, signal: Promise<void>): Promise<number> {
  const config = readTerminalConfig(terminal.environment);
  if ('mistakes' in config) return say(terminal, EXIT.misconfigured, config.mistakes);
  const redactor = createRedactor(config.secrets);
  const level = terminal.environment['LOG_LEVEL'] === undefined ? 'error' : config.logLevel;
  const log = createLog({ level, write: (line) => terminal.stderr.write(line), redact: (text) => redactor.redact(text) });
  const app = await startApp({ ...terminal, config, log, alone: true });
  if ('exitCode' in app) return say(terminal, app.exitCode, app.says);
  try {
    const user = ownUser();
    const code = await work({ call: async (verb, params) => await app.terminal(user, verb, params), own: true, signal });
    // Whatever this process has begun for anybody comes to its end, unless somebody wants it to stop.
    await Promise.race([untilQuiet(app, terminal.clock), signal]);
    return code;
  } finally {
    await app.stop();
  }
}

/** A second one ends the command on the spot. */
function firstSignal({ onSignal, exit }: Terminal): Promise<void> {
  let count = 0;
  return new Promise((resolve) => {
    onSignal(() => {
      count += 1;
      if (count > 1) exit(EXIT.interrupted);
      resolve();
    });
  });
}

function say({ stderr }: Terminal, exitCode: number, says: readonly string[]): number {
  for (const sentence of says) stderr.write(`rollbot: ${sentence}\n`);
  return exitCode;
}
