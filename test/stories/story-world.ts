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
import { startSlack } from '../../src/demo/slack/index.ts';
import type { Person, SlackEmulator } from '../../src/demo/slack/index.ts';
import { createLog } from '../../src/log.ts';
import { createStoryClock } from './story-clock.ts';
import type { StoryClock } from './story-clock.ts';

const PEOPLE = ['dana', 'omar', 'mina', 'priya', 'lee', 'gus', 'eve'] as const;
type Name = (typeof PEOPLE)[number];
/** After this the bot makes its second connection. */
const STAGGER_MS = 30_000;

/** What every story is told in: a bot over its own database and files, and a Slack with the sandbox's people. */
export type StoryWorld = Readonly<Record<Name, Person>> & {
  readonly slack: SlackEmulator;
  readonly clock: StoryClock;
  readonly app: App;
  /** Where rollbot.yml, procedures/, incidents/ and the database are. */
  readonly folder: string;
  readonly log: readonly string[];
  readonly forgiven: readonly RegExp[];
  /** Changes one of the files while the bot runs. */
  edit(file: string, change: (text: string) => string): Promise<void>;
  /** Says that Slack may show somebody a failure about this, which fails a story otherwise. */
  forgives(about: RegExp): void;
  /** Ends the bot in order and starts it again on the same files. */
  restarts(meanwhile?: () => Promise<void>): Promise<void>;
};

/** Ids by name of a person and by handle of a user group, and of the channel for announcements, for `rollbot.yml`. */
export type Ids = {
  readonly people: Readonly<Record<string, string>>;
  readonly groups: Readonly<Record<string, string>>;
  readonly announce: string;
};

/** What the bot works on in a story. */
export type Place = {
  /** The folder whose procedures are copied for the story. */
  readonly procedures: string;
  /** The text of `rollbot.yml`. */
  readonly settings: (ids: Ids, folder: string) => string;
  readonly environment: Readonly<Record<string, string>>;
  /** For stories whose numbers come with times of their own, such as Prometheus'. */
  readonly realTime?: boolean;
};

export type Opened<World extends StoryWorld> = { readonly world: World; readonly close: () => Promise<void> };

/** Stories in a world that is opened anew for each; a message that nobody expected fails them, and so does a failure of Slack. */
export function storiesIn<World extends StoryWorld>(open: () => Promise<Opened<World>>) {
  return base.extend<{ world: World }>({
    world: async ({ task }, use) => {
      const { world, close } = await open();
      try {
        await use(world);
        const unexpected = world.slack.unexpected().map((message) => `${message.channel}: ${message.text}`);
        expect(unexpected, 'messages that nobody expected').toEqual([]);
        const shown = world.slack.failures.filter(({ about }) => !world.forgiven.some((pattern) => pattern.test(about)));
        expect(shown, 'what Slack would have shown as a failure').toEqual([]);
        const secrets = world.log.filter((line) => /xox[bp]-|xapp-/.test(line));
        expect(secrets, 'secrets in the log').toEqual([]);
      } finally {
        if (task.result?.state === 'fail') console.error([...world.slack.transcript(), ...world.log.slice(-30)].join('\n'));
        await close();
      }
    },
  });
}

/** Opens a story's Slack and bot over a place. */
export async function openStoryWorld(place: Place): Promise<Opened<StoryWorld>> {
  const folder = await mkdtemp(path.join(tmpdir(), 'rollbot-story-'));
  const clock = place.realTime ? { ...realClock, advance: () => undefined, stop: () => undefined } : createStoryClock();
  const slack = await startSlack({ clock });
  const environment = { ...(await prepare(folder, slack, place)), ...place.environment };
  const log: string[] = [];
  const forgiven: RegExp[] = [];
  const startIn = async (): Promise<App> => {
    const started = await startBot(environment, clock, log);
    if (!place.realTime) await hasBothLines(slack, clock);
    return started;
  };
  let app = await startIn();
  const world: StoryWorld = {
    slack,
    clock,
    get app() {
      return app;
    },
    ...everybody(slack),
    folder,
    log,
    forgiven,
    forgives: (about) => void forgiven.push(about),
    async edit(file, change) {
      const name = path.join(folder, file);
      await writeFile(name, change(await readFile(name, 'utf8')));
    },
    async restarts(meanwhile) {
      await app.stop();
      await meanwhile?.();
      app = await startIn();
    },
  };
  async function close(): Promise<void> {
    await app.stop();
    await slack.close();
    clock.stop();
    await rm(folder, { recursive: true, force: true });
  }
  return { world, close };
}

function everybody(slack: SlackEmulator): Readonly<Record<Name, Person>> {
  const [dana, omar, mina, priya, lee, gus, eve] = PEOPLE.map((name) => slack.person(name));
  if (!dana || !omar || !mina || !priya || !lee || !gus || !eve) throw new Error('Somebody is missing from the workspace.');
  return { dana, omar, mina, priya, lee, gus, eve };
}

/** Writes the bot's files and answers with the environment that it is started in. */
async function prepare(folder: string, slack: SlackEmulator, place: Place): Promise<Record<string, string>> {
  const installed = slack.install(parse(await readFile('manifest.yml', 'utf8')));
  await cp(place.procedures, path.join(folder, 'procedures'), { recursive: true });
  const directory = readDirectory(slack, installed);
  const people = Object.fromEntries(directory.people.map(({ name, id }) => [name, id]));
  const groups = Object.fromEntries(Object.entries(directory.groups).map(([handle, { id }]) => [handle, id]));
  await writeFile(path.join(folder, 'rollbot.yml'), place.settings({ people, groups, announce: directory.announce }, folder));
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

/** Makes the bot's second connection, so that no jump of the clock overtakes it while it is being made. */
async function hasBothLines(slack: SlackEmulator, clock: StoryClock): Promise<void> {
  if (slack.connections() !== 1) return;
  clock.advance(STAGGER_MS);
  await expect.poll(() => slack.connections(), { timeout: 60_000 }).toBe(2);
}

async function startBot(environment: Record<string, string>, clock: StoryClock, log: string[]): Promise<App> {
  const config = readConfig(environment);
  if ('mistakes' in config) throw new Error(config.mistakes.join('\n'));
  const write = (line: string): number => log.push(line.trimEnd());
  const redactor = createRedactor(config.secrets);
  const bot = createLog({ level: config.logLevel, write, redact: (text) => redactor.redact(text) });
  const startedAt = realClock.now() - Math.round(process.uptime() * 1000);
  const app = await startApp({ config, environment, clock, ids: realIds, log: bot, process: { pid: process.pid, startedAt } });
  if ('exitCode' in app) throw new Error(app.says.join('\n'));
  return app;
}
