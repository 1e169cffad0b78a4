import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test as base } from 'vitest';
import { parse } from 'yaml';
import { startApp } from '../../src/app.ts';
import type { App } from '../../src/app.ts';
import { realClock, realIds } from '../../src/clock.ts';
import { readConfig } from '../../src/config.ts';
import { createRedactor } from '../../src/core/redaction.ts';
import { readDirectory } from '../../src/demo/directory.ts';
import { sandboxSettings } from '../../src/demo/settings.ts';
import { startSandbox } from '../../src/demo/sandbox/sandbox.ts';
import type { Sandbox } from '../../src/demo/sandbox/sandbox.ts';
import { startSlack } from '../../src/demo/slack/index.ts';
import type { Person, SlackEmulator } from '../../src/demo/slack/index.ts';
import { createLog } from '../../src/log.ts';
import { createStoryClock } from './story-clock.ts';
import type { StoryClock } from './story-clock.ts';

export type World = {
  readonly slack: SlackEmulator;
  readonly sandbox: Sandbox;
  readonly clock: StoryClock;
  readonly app: App;
  readonly dana: Person;
  readonly omar: Person;
  readonly mina: Person;
  readonly priya: Person;
  readonly lee: Person;
  readonly gus: Person;
  /** Where rollbot.yml, procedures/, incidents/ and the database are. */
  readonly folder: string;
  readonly log: readonly string[];
  /** Changes one of the files while the bot runs. */
  edit(file: string, change: (text: string) => string): Promise<void>;
  /** Ends the bot in order and starts it again on the same files. */
  restarts(meanwhile?: () => Promise<void>): Promise<void>;
};

/** A story: a bot, a Slack and a broken production of its own; a message that nobody expected fails it. */
export const story = base.extend<{ world: World }>({
  world: async ({ task }, use) => {
    const { world, close } = await openWorld();
    try {
      await use(world);
      const unexpected = world.slack.unexpected().map((message) => `${message.channel}: ${message.text}`);
      expect(unexpected, 'messages that nobody expected').toEqual([]);
      expect(world.slack.failures, 'what Slack would have shown as a failure').toEqual([]);
      const secrets = world.log.filter((line) => /xox[bp]-|xapp-/.test(line));
      expect(secrets, 'secrets in the log').toEqual([]);
    } finally {
      if (task.result?.state === 'fail') console.error([...world.slack.transcript(), ...world.log.slice(-30)].join('\n'));
      await close();
    }
  },
});

async function openWorld(): Promise<{ world: World; close: () => Promise<void> }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'rollbot-story-'));
  const clock = createStoryClock();
  const slack = await startSlack({ clock });
  const sandbox = await startSandbox({ dir: await mkdtemp(path.join(tmpdir(), 'rollbot-sandbox-')), clock: realClock });
  const environment = { ...(await prepare(folder, slack, sandbox)), ...sandbox.env };
  const log: string[] = [];
  let app = await startBot(environment, clock, log);
  const world: World = {
    slack,
    sandbox,
    clock,
    get app() {
      return app;
    },
    ...people(slack),
    folder,
    log,
    async edit(file, change) {
      const name = path.join(folder, file);
      await writeFile(name, change(await readFile(name, 'utf8')));
    },
    async restarts(meanwhile) {
      await app.stop();
      await meanwhile?.();
      app = await startBot(environment, clock, log);
    },
  };
  async function close(): Promise<void> {
    await app.stop();
    await slack.close();
    await sandbox.close();
    clock.stop();
    await rm(folder, { recursive: true, force: true });
    await rm(path.dirname(sandbox.repo), { recursive: true, force: true });
  }
  return { world, close };
}

function people(slack: SlackEmulator): Pick<World, 'dana' | 'omar' | 'mina' | 'priya' | 'lee' | 'gus'> {
  const [dana, omar, mina, priya, lee, gus] = ['dana', 'omar', 'mina', 'priya', 'lee', 'gus'].map((name) => slack.person(name));
  if (!dana || !omar || !mina || !priya || !lee || !gus) throw new Error('Somebody is missing from the workspace.');
  return { dana, omar, mina, priya, lee, gus };
}

/** Writes the bot's files and answers with the environment that it is started in. */
async function prepare(folder: string, slack: SlackEmulator, sandbox: Sandbox): Promise<Record<string, string>> {
  const installed = slack.install(parse(await readFile('manifest.yml', 'utf8')));
  await cp('procedures', path.join(folder, 'procedures'), { recursive: true });
  const directory = readDirectory(slack, installed);
  const ids = Object.fromEntries(directory.people.map(({ name, id }) => [name, id]));
  const groups = Object.fromEntries(Object.entries(directory.groups).map(([handle, { id }]) => [handle, id]));
  const stateDir = path.join(folder, 'state');
  await writeFile(path.join(folder, 'rollbot.yml'), sandboxSettings({ sandbox, stateDir, people: ids, groups }));
  return {
    SLACK_BOT_TOKEN: installed.botToken,
    SLACK_APP_TOKEN: installed.appToken,
    SLACK_API_URL: slack.apiUrl,
    DATABASE_URL: `sqlite:${path.join(folder, 'data', 'rollbot.db')}`,
    ROLLBOT_CONFIG: path.join(folder, 'rollbot.yml'),
    ROLLBOT_PROCEDURES: path.join(folder, 'procedures'),
    ROLLBOT_REPORTS: path.join(folder, 'incidents'),
    ROLLBOT_INTAKE_PORT: '0',
    LOG_LEVEL: 'debug',
  };
}

async function startBot(environment: Record<string, string>, clock: StoryClock, log: string[]): Promise<App> {
  const config = readConfig(environment);
  if ('mistakes' in config) throw new Error(config.mistakes.join('\n'));
  const write = (line: string): number => log.push(line.trimEnd());
  const bot = createLog({ level: config.logLevel, write, redact: createRedactor(config.secrets).redact });
  const startedAt = realClock.now() - Math.round(process.uptime() * 1000);
  const app = await startApp({ config, environment, clock, ids: realIds, log: bot, process: { pid: process.pid, startedAt } });
  if ('exitCode' in app) throw new Error(app.says.join('\n'));
  return app;
}
