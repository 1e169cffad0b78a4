import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import path from 'node:path';
import { parse } from 'yaml';
import type { SettingsText } from '../core/settings.ts';
import { startAlerting } from './alerting/alerting.ts';
import type { Alerting } from './alerting/alerting.ts';
import { incidentSettings } from './alerting/incident-settings.ts';
import { ALERT_SECRET_VARIABLE, alertingSettings } from './alerting/settings.ts';
import { makeWell } from './alerting/well.ts';
import { startBot } from './bot.ts';
import type { Bot } from './bot.ts';
import { drillSettings } from './drill/settings.ts';
import { openPagerDuty } from './paging/pagerduty.ts';
import type { PagerDutyStandIn } from './paging/pagerduty.ts';
import { pagingSettings, ROUTING_KEY, ROUTING_KEY_VARIABLE } from './paging/settings.ts';
import { readDirectory } from './directory.ts';
import type { Directory } from './directory.ts';
import { chooseRedis } from './redis-choice.ts';
import { openHost } from './slack-down/host.ts';
import type { Host } from './slack-down/host.ts';
import { terminalSettings } from './slack-down/settings.ts';
import { startSandbox } from './sandbox/sandbox.ts';
import type { Sandbox } from './sandbox/sandbox.ts';
import type { ScenarioName } from './sandbox/scenarios.ts';
import { REDIS_VARIABLE, sandboxSettings, secretVariables } from './settings.ts';
import type { SandboxPlace } from './settings.ts';
import { startSlack } from './slack/index.ts';
import type { Installation, SlackEmulator } from './slack/index.ts';
import { STORIES } from './story-choice.ts';
import type { StoryName } from './story-choice.ts';
import type { DemoTerminal, Say } from './terminal.ts';

/** Everything that a demo plays on. */
export type Stage = {
  readonly slack: SlackEmulator;
  readonly sandbox: Sandbox;
  readonly bot: Bot;
  /** The terminal of the machine that the bot runs on, for the story in which there is no Slack. */
  readonly host: (say: Say) => Host;
  readonly directory: Directory;
  /** The story that is played, if any; in those that are about alerts a real Prometheus and Alertmanager watch the shop. */
  readonly story: StoryName | null;
  /** What stands in for PagerDuty, where the story is about pages. */
  readonly pagerDuty: PagerDutyStandIn | null;
  /** Where the bot writes reports: the one thing that stays. */
  readonly reports: string;
  /** Ends everything, in the order in which each can end cleanly; leaves nothing in the temporary folder unless it is kept. */
  readonly close: () => Promise<void>;
};

type CloseLater = (close: () => unknown) => void;

const REPOSITORY = path.join(import.meta.dirname, '..', '..');
const HOST_PATH = '/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin:/opt/homebrew/bin';

export type StageOptions = {
  readonly terminal: DemoTerminal;
  readonly say: Say;
  readonly keep: boolean;
  /** What is to be wrong, by the name of the procedure that repairs it. */
  readonly scenario: ScenarioName;
  readonly story: StoryName | null;
  /** Where the bot is to leave its reports. */
  readonly reports: string;
};

/** Builds the workspace, the broken shop and the bot; what was started is ended again when a part fails. */
export async function openStage(options: StageOptions): Promise<Stage> {
  const closers: (() => unknown)[] = [];
  async function close(): Promise<void> {
    for (let next = closers.pop(); next; next = closers.pop()) await next();
  }
  try {
    return { ...(await build(options, (closer) => closers.push(closer))), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function build(options: StageOptions, closeLater: CloseLater): Promise<Omit<Stage, 'close'>> {
  const { terminal, say, keep, scenario, reports } = options;
  const { clock, environment } = terminal;
  const hostPath = environment.PATH ?? HOST_PATH;
  const dir = await mkdtemp(path.join(tmpdir(), 'rollbot-demo-'));
  closeLater(() => (keep ? say(`Kept: ${dir}`) : rm(dir, { recursive: true, force: true, maxRetries: 5 })));
  const folder = async (name: string): Promise<string> => {
    await mkdir(path.join(dir, name));
    return path.join(dir, name);
  };
  const slack = await startSlack();
  closeLater(() => slack.close());
  const installed = slack.install(parse(await readFile(path.join(REPOSITORY, 'manifest.yml'), 'utf8')));
  const redis = await chooseRedis({ hostPath, say });
  const sandbox = await startSandbox({ dir: await folder('sandbox'), clock, redis, hostPath, scenario });
  closeLater(() => sandbox.close());
  const directory = readDirectory(slack, installed);
  const isWatched = options.story !== null && STORIES[options.story].alerting;
  if (isWatched) await makeWell(sandbox);
  const alerting = isWatched ? await startAlerting({ dir: path.join(dir, 'alerting'), hostPath, serviceUrl: sandbox.serviceUrl }) : null;
  closeLater(() => alerting?.close());
  const pagerDuty = options.story === 'page' ? await openPagerDuty([ROUTING_KEY]) : null;
  closeLater(() => pagerDuty?.close());
  const paged = pagerDuty && { more: pagingSettings(pagerDuty.url, idsOf(directory).people) };
  const watched = alerting && { goodAfter: '6s', more: moreSettings(alerting, directory.announce, options.story) };
  const place = { ...idsOf(directory), channel: directory.announce, now: clock.now() };
  const drilled = options.story === 'drill' && { practised: true, more: drillSettings(place) };
  const seated = options.story === 'slack-down' && { more: terminalSettings(place.people, userInfo().username, 'omar') };
  const special = { ...watched, ...drilled, ...paged, ...seated };
  await writeFile(path.join(dir, 'rollbot.yml'), settingsText({ sandbox, directory, stateDir: await folder('state'), ...special }));
  const env = {
    ...environmentOfBot({ sandbox, slack, installed, dir, reports }),
    ...(alerting && { ROLLBOT_INTAKE_PORT: String(alerting.intakePort), [ALERT_SECRET_VARIABLE]: alerting.secret }),
    ...(pagerDuty && { [ROUTING_KEY_VARIABLE]: ROUTING_KEY }),
  };
  const bot = await startBot({ env, cwd: dir, logFile: path.join(dir, 'bot.log'), clock });
  closeLater(() => bot.stop());
  const host: Stage['host'] = (tells) => openHost({ env, people: place.people, say: tells });
  return { slack, sandbox, bot, host, directory, reports, story: options.story, pagerDuty };
}

function moreSettings(alerting: Alerting, channel: string, story: StoryName | null): Partial<SettingsText> {
  const watched = alertingSettings(alerting, channel);
  return story === 'incident' ? { ...watched, ...incidentSettings(channel) } : watched;
}

type SettingsPlace = { sandbox: Sandbox; directory: Directory; stateDir: string } & Pick<SandboxPlace, 'goodAfter' | 'practised' | 'more'>;

function settingsText({ sandbox, directory, ...rest }: SettingsPlace): string {
  return sandboxSettings({ sandbox, ...idsOf(directory), announce: directory.announce, ...rest });
}

function idsOf({ people, groups }: Directory): Pick<SandboxPlace, 'people' | 'groups'> {
  return {
    people: Object.fromEntries(people.map(({ name, id }) => [name, id])),
    groups: Object.fromEntries(Object.entries(groups).map(([handle, { id }]) => [handle, id])),
  };
}

/** The sandbox's environment, in which its own tools come first, and what the bot is told; nothing of the visitor's. */
function environmentOfBot({
  sandbox,
  slack,
  installed,
  dir,
  reports,
}: {
  sandbox: Sandbox;
  slack: SlackEmulator;
  installed: Installation;
  dir: string;
  reports: string;
}): Readonly<Record<string, string>> {
  return {
    ...sandbox.env,
    [REDIS_VARIABLE]: sandbox.redisUrl,
    ...secretVariables(sandbox.secrets),
    SLACK_BOT_TOKEN: installed.botToken,
    SLACK_APP_TOKEN: installed.appToken,
    SLACK_API_URL: slack.apiUrl,
    DATABASE_URL: `sqlite:${path.join(dir, 'rollbot.db')}`,
    ROLLBOT_CONFIG: path.join(dir, 'rollbot.yml'),
    ROLLBOT_PROCEDURES: path.join(REPOSITORY, 'procedures'),
    ROLLBOT_REPORTS: reports,
    ROLLBOT_INTAKE_PORT: '0',
  };
}
