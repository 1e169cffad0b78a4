import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { StreamId } from './core/brand.ts';
import type { PinnedTarget } from './core/incident/event.ts';
import { renderMetrics } from './core/metrics/exposition.ts';
import { slackFamily } from './core/metrics/families.ts';
import { KINDS } from './core/kinds.ts';
import type { Clock, Ids, Log, Operations, Store, TargetAccess } from './core/ports.ts';
import { createCatalog, sayMistake } from './catalog/index.ts';
import { chartPng } from './charts/png.ts';
import type { Config } from './config.ts';
import { later } from './later.ts';
import { openPaging } from './paging-access.ts';
import { examine } from './doctor/index.ts';
import { installation, journalOf } from './installation.ts';
import { readPeople } from './people-readings.ts';
import { createIntake, takeSaved } from './intake/index.ts';
import { createPeople } from './people/index.ts';
import { createReadings } from './readings/index.ts';
import { createRunner, pinTargetNamed, scorecardsBeside } from './runner/index.ts';
import { createAbsentSlack } from './slack/absent.ts';
import { createSlack } from './slack/app.ts';
import type { Slack, SlackParts } from './slack/app.ts';
import type { SlackAccess } from './slack-access.ts';
import { createSteps } from './steps/index.ts';
import { openSqliteStore, StoreFailed, StoreOwned, StoreRefused } from './store/index.ts';
import { createTerminalDesk, createTerminalDoor } from './terminal/index.ts';
import type { TerminalDesk } from './terminal/index.ts';
import { readAccount, readAlertSecret, readCiSecret, targetAccess } from './target-access.ts';
import type { Environment } from './target-access.ts';

export type AppParts = {
  readonly config: Config<SlackAccess | null>;
  /** For one command of the terminal, while no bot runs: nothing is taken in, and Slack is only asked who people are. */
  readonly alone?: boolean;
  readonly environment: Environment;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  /** Names this process: in intents, and in the database's lock file. */
  readonly process: { readonly pid: number; readonly startedAt: number };
  /** Puts something between the app and its journal, for tests that kill it there. */
  readonly wrapStore?: (store: Store) => Store;
};

export type App = {
  readonly operations: Operations;
  readonly store: Store;
  readonly slack: Slack;
  /** Does what people ask for from the terminal; also behind the socket beside the database. */
  readonly terminal: TerminalDesk;
  /** The port of `/healthz` and `/readyz`; 0 where nothing is taken in. */
  readonly port: number;
  /** Ends everything in order; a running step gets its grace, and is unknown after that. */
  stop(): Promise<void>;
};

/** Why the process can't start, with the exit status that says so to a supervisor. */
export type NotStarted = { readonly exitCode: 75 | 78; readonly says: readonly string[] };

const STEP_GRACE_MS = 3000;
const KILL_GRACE_MS = 2500;

/** Builds every room, hands each what it needs, and starts them; knows no rules. */
export async function startApp(parts: AppParts): Promise<App | NotStarted> {
  const { config, clock, log } = parts;
  const opened = await createCatalog({ proceduresFolder: config.procedures, settingsFile: config.settings, log });
  if (opened.status === 'unusable') return { exitCode: 78, says: opened.mistakes.map(sayMistake) };
  const { catalog } = opened;
  const journal = await openStore(parts);
  if ('exitCode' in journal) return journal;
  const store: Store = journal;
  const executor = `${parts.process.pid}-${parts.ids.short()}`;
  const access = (target: PinnedTarget): TargetAccess => targetAccess(target, parts.environment, config.secrets);
  const readings = createReadings({ catalog, clock, log, access, target: (name) => pinTargetNamed(catalog, name) });
  const scratch = path.join(path.dirname(config.database), 'scratch');
  const steps = createSteps({ clock, log, scratch, graceMs: KILL_GRACE_MS, readMetric: readings.readSource });
  const slack: Slack = slackFor(parts, {
    ...parts,
    store,
    operations: later(() => runner.operations),
    releases: later(() => runner.releases),
    incidents: later(() => runner.incidents),
    alerts: later(() => runner.alerts),
    triggers: later(() => runner.triggers),
    onCall: later(() => runner.onCall),
    pages: later(() => runner.pages),
    drills: later(() => runner.drills),
    followUps: later(() => runner.followUps),
    checkups: later(() => runner.checkups),
    vendors: later(() => runner.vendors),
    statistics: later(() => runner.statistics),
    drawChart: chartPng,
    metricsOf: (run) => runner.metricsOf(run),
    catalog,
  });
  const people = createPeople({ slack: config.slack && slack.people, store, catalog, clock, log });
  const paging = openPaging(catalog, parts.environment, clock, async (message) => await slack.page(message));
  const ours = journalOf(store);
  const whoIsThere = async () => await readPeople({ ...parts, catalog, journal: ours.reading, workspace: people });
  const look = installation({
    ...parts,
    catalog,
    steps,
    access,
    readings,
    journal: ours,
    people: whoIsThere,
    slack: config.slack,
    paths: config,
  });
  const runner = createRunner({
    ...parts,
    store,
    steps,
    readings,
    people,
    media: paging.media,
    linkFor: paging.links.linkFor,
    mail: paging.mail,
    accountAt: async (vendor) => await readAccount(catalog.settings(), vendor, parts.environment),
    catalog,
    executor,
    access,
    reports: config.reports,
    drawChart: chartPng,
    examine: async () => await examine(look),
  });
  const alertIntake = { clock, alerts: runner.inbox, alertSettings: () => catalog.settings().alerts };
  const receive: Parameters<typeof createTerminalDesk>[0]['receive'] = async (source, body) => await takeSaved(alertIntake, source, body);
  const terminal = createTerminalDesk({ ...runner, store, catalog, people, token: () => parts.ids.token(), clock, receive });
  const door = createTerminalDoor({ ...parts, database: config.database, desk: terminal });
  const intake = createIntake({
    ...config.intake,
    ...alertIntake,
    log,
    unready: async () => await unready(store, slack),
    metrics: async () => renderMetrics([...(await runner.metrics()), slackFamily(slack.connected())]),
    releases: runner.releases,
    pages: runner.pages,
    checkLink: paging.links.check,
    ciSecret: async () => await readCiSecret(catalog.settings(), parts.environment),
    alertSecret: async (source) => await readAlertSecret(catalog.settings(), source, parts.environment),
  });

  // Side by side: a Slack that does not answer must not use up the time in which a running step has to be ended.
  async function stop(): Promise<void> {
    people.stop();
    await Promise.allSettled([door.close(), slack.stop(), runner.stop(STEP_GRACE_MS), readings.stop()]);
    await intake.stop();
    await store.close();
  }

  try {
    const port = parts.alone ? 0 : await intake.start();
    const started = await slack.start();
    if (started.status === 'refused') {
      await stop();
      return { exitCode: 78, says: [started.says] };
    }
    const publish = publisher({ store, slack, log, reports: config.reports });
    runner.operations.onChange(publish);
    await runner.start();
    people.start();
    const shut = await door.open();
    if (shut !== null) log.error({ says: shut }, 'the terminal can not reach this bot');
    for (const stream of await store.streams({ includeClosed: true, limit: 50 })) publish(stream);
    log.info({ slack: started.status, port }, started.status === 'connected' ? 'ready' : 'waiting for Slack');
    return { operations: runner.operations, store, slack, terminal, port, stop };
  } catch (error) {
    // Half a bot would go on listening to people and do nothing for them.
    await stop();
    throw error;
  }
}

/** Slack as it is wanted: all of it, or only its word about people. */
function slackFor({ config: { slack: config }, alone }: AppParts, parts: Omit<SlackParts, 'config'>): Slack {
  return alone || config === null ? createAbsentSlack({ ...parts, config }) : createSlack({ ...parts, config });
}

async function openStore({ config, log, process, wrapStore = (store) => store }: AppParts): Promise<Store | NotStarted> {
  try {
    return wrapStore(await openSqliteStore({ file: config.database, folds: KINDS, log, owner: process }));
  } catch (error) {
    if (error instanceof StoreOwned) return { exitCode: 75, says: [error.message] };
    if (error instanceof StoreRefused || error instanceof StoreFailed) return { exitCode: 78, says: [error.message] };
    throw error;
  }
}

async function unready(store: Store, slack: Slack): Promise<readonly string[]> {
  await store.nextDueAt();
  return slack.connected() ? [] : ['Slack is not connected'];
}

/**
 * Posts each closed incident's report, and the scorecard of a drill, from the files that the journal names; again after an outage
 * or a restart, and a report anew when it says more.
 */
function publisher({ store, slack, log, reports }: { store: Store; slack: Slack; log: Log; reports: string }): (stream: StreamId) => void {
  const posted = new Set<string>();
  type What = { readonly fileName: string; readonly title?: string; readonly edition?: number };
  async function post(stream: StreamId, file: string, what: What): Promise<void> {
    const name = `${file} ${what.edition ?? 1}`;
    if (posted.has(name)) return;
    posted.add(name);
    await slack.postReport({ stream, ...what, markdown: await readFile(file, 'utf8') });
  }
  async function publish(stream: StreamId): Promise<void> {
    const { state } = await store.load(stream);
    if (state.status !== 'closed') return;
    const { report, reportOwed, scorecard } = state;
    if (report && !reportOwed) await post(stream, path.join(reports, report.file), { fileName: report.file, edition: report.edition });
    if (scorecard) {
      const file = path.join(scorecardsBeside(reports), scorecard.file);
      await post(stream, file, { fileName: `scorecard-${scorecard.file}`, title: 'Scorecard' });
    }
  }
  return (stream) => {
    publish(stream).catch((error: unknown) => log.error({ stream, error }, 'the report could not be posted'));
  };
}
