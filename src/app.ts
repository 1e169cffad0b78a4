import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Alerts } from './core/alert/port.ts';
import type { StreamId } from './core/brand.ts';
import type { PinnedTarget } from './core/incident/event.ts';
import type { Incidents } from './core/incident/port.ts';
import type { Releases } from './core/component/port.ts';
import type { OnCall } from './core/contact/port.ts';
import { KINDS } from './core/kinds.ts';
import type { Pages } from './core/page/port.ts';
import type { Triggers } from './core/trigger/port.ts';
import type { Clock, Ids, Log, Operations, Store, TargetAccess } from './core/ports.ts';
import { createCatalog, sayMistake } from './catalog/index.ts';
import { chartPng } from './charts/png.ts';
import type { Config } from './config.ts';
import { createIntake } from './intake/index.ts';
import { createSlackMedium } from './paging/slack.ts';
import { createReadings } from './readings/index.ts';
import { createRunner, pinTargetNamed } from './runner/index.ts';
import { createSlack } from './slack/app.ts';
import type { Slack } from './slack/app.ts';
import { createSteps } from './steps/index.ts';
import { openSqliteStore, StoreFailed, StoreOwned, StoreRefused } from './store/index.ts';
import { readAlertSecret, readCiSecret, targetAccess } from './target-access.ts';
import type { Environment } from './target-access.ts';

export type AppParts = {
  readonly config: Config;
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
  /** The port of `/healthz` and `/readyz`. */
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
  const slack: Slack = createSlack({
    ...parts,
    config: config.slack,
    store,
    operations: later(() => runner.operations),
    releases: laterReleases(() => runner.releases),
    incidents: laterIncidents(() => runner.incidents),
    alerts: laterAlerts(() => runner.alerts),
    triggers: laterTriggers(() => runner.triggers),
    onCall: laterOnCall(() => runner.onCall),
    pages: laterPages(() => runner.pages),
    drawChart: chartPng,
    metricsOf: (run) => runner.metricsOf(run),
    catalog,
  });
  const runner = createRunner({
    ...parts,
    store,
    steps,
    readings,
    people: slack.people,
    media: [createSlackMedium(async (message) => await slack.page(message))],
    linkFor: async () => await Promise.resolve(null),
    catalog,
    executor,
    access,
    reports: config.reports,
  });
  const intake = createIntake({
    ...config.intake,
    log,
    unready: async () => await unready(store, slack),
    releases: runner.releases,
    ciSecret: async () => await readCiSecret(catalog.settings(), parts.environment),
    clock,
    alerts: runner.inbox,
    alertSettings: () => catalog.settings().alerts,
    alertSecret: async (source) => await readAlertSecret(catalog.settings(), source, parts.environment),
  });

  // Side by side: a Slack that does not answer must not use up the time in which a running step has to be ended.
  async function stop(): Promise<void> {
    await Promise.allSettled([slack.stop(), runner.stop(STEP_GRACE_MS), readings.stop()]);
    await intake.stop();
    await store.close();
  }

  try {
    const port = await intake.start();
    const started = await slack.start();
    if (started.status === 'refused') {
      await stop();
      return { exitCode: 78, says: [started.says] };
    }
    const publish = publisher({ store, slack, log, reports: config.reports });
    runner.operations.onChange(publish);
    await runner.start();
    for (const stream of await store.streams({ includeClosed: true, limit: 50 })) publish(stream);
    log.info({ slack: started.status, port }, started.status === 'connected' ? 'ready' : 'waiting for Slack');
    return { operations: runner.operations, store, slack, port, stop };
  } catch (error) {
    // Half a bot would go on listening to people and do nothing for them.
    await stop();
    throw error;
  }
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

/** Posts each closed incident's report from the file that the journal names; again after an outage or a restart. */
function publisher({ store, slack, log, reports }: { store: Store; slack: Slack; log: Log; reports: string }): (stream: StreamId) => void {
  const posted = new Set<StreamId>();
  async function publish(stream: StreamId): Promise<void> {
    const { state } = await store.load(stream);
    if (state.status !== 'closed' || state.report === null || posted.has(stream)) return;
    posted.add(stream);
    const fileName = state.report.file;
    await slack.postReport({ stream, fileName, markdown: await readFile(path.join(reports, fileName), 'utf8') });
  }
  return (stream) => {
    publish(stream).catch((error: unknown) => log.error({ stream, error }, 'the report could not be posted'));
  };
}

/** Lets two rooms that need each other be built one after the other. */
function later(get: () => Operations): Operations {
  return {
    start: async (order) => await get().start(order),
    examine: (order) => get().examine(order),
    dryRun: async (order) => await get().dryRun(order),
    act: async (act, where) => await get().act(act, where),
    note: async (stream, act) => await get().note(stream, act),
    onChange: (listener) => get().onChange(listener),
  };
}

function laterReleases(get: () => Releases): Releases {
  return {
    list: async (asked) => await get().list(asked),
    say: async (asked, word, acting) => await get().say(asked, word, acting),
    mayDeploy: async (asked, version) => await get().mayDeploy(asked, version),
    noteDeployed: async (asked, version) => await get().noteDeployed(asked, version),
    lastGood: (asked) => get().lastGood(asked),
  };
}

function laterIncidents(get: () => Incidents): Incidents {
  return {
    open: async (order) => await get().open(order),
    criteria: async (stream, answers, who) => await get().criteria(stream, answers, who),
  };
}

function laterAlerts(get: () => Alerts): Alerts {
  return {
    find: async (token) => await get().find(token),
    silence: async (token, acting) => await get().silence(token, acting),
    openIncident: async (token, acting) => await get().openIncident(token, acting),
    joinIncident: async (token, incident, acting) => await get().joinIncident(token, incident, acting),
    onChange: (listener) => get().onChange(listener),
  };
}

function laterOnCall(get: () => OnCall): OnCall {
  return {
    duty: async (role, at) => await get().duty(role, at),
    contact: (name, at) => get().contact(name, at),
    plan: async (role, at) => await get().plan(role, at),
    override: async (asked) => await get().override(asked),
    cancel: async (asked) => await get().cancel(asked),
  };
}

function laterTriggers(get: () => Triggers): Triggers {
  return {
    list: async () => await get().list(),
    find: async (token) => await get().find(token),
    startNow: async (token, acting) => await get().startNow(token, acting),
    veto: async (token, acting) => await get().veto(token, acting),
    callOff: async (token, acting) => await get().callOff(token, acting),
    noteShown: async (token) => await get().noteShown(token),
    onChange: (listener) => get().onChange(listener),
  };
}

function laterPages(get: () => Pages): Pages {
  return {
    page: async (asked) => await get().page(asked),
    acknowledge: async (which, acting, how) => await get().acknowledge(which, acting, how),
    acknowledgeByLink: async (page, contact) => await get().acknowledgeByLink(page, contact),
    escalate: async (which, acting) => await get().escalate(which, acting),
    end: async (which, acting) => await get().end(which, acting),
    list: async () => await get().list(),
    onChange: (listener) => get().onChange(listener),
  };
}
