import type { StreamId } from '../core/brand.ts';
import type { Alerts } from '../core/alert/port.ts';
import type { Drills } from '../core/drill/port.ts';
import type { Incidents } from '../core/incident/port.ts';
import type { Checkups } from '../core/checkup/port.ts';
import type { Releases } from '../core/component/port.ts';
import type { OnCall } from '../core/contact/port.ts';
import type { Catalog, Clock, Ids, Log, Operations, People, Store } from '../core/ports.ts';
import { isOfKind } from '../core/kinds.ts';
import type { Delivery, PageMessage, Pages } from '../core/page/port.ts';
import type { Drawing } from '../core/chart.ts';
import type { FollowUps } from '../core/followup/port.ts';
import type { Statistics } from '../core/stats/port.ts';
import type { Triggers } from '../core/trigger/port.ts';
import type { MetricsOf } from '../core/reading/port.ts';
import type { Vendors } from '../core/vendor/port.ts';
import { createBolt } from './bolt.ts';
import type { ArchivedReading } from './archived.ts';
import { createCache } from './cache.ts';
import { createBudget } from './budget.ts';
import type { ChoreParts } from './chores.ts';
import { within } from './deadline.ts';
import { createDoor } from './door.ts';
import { ENTRIES } from './entries/table.ts';
import { createGate } from './gate.ts';
import { introduce } from './identity.ts';
import type { Identity } from './identity.ts';
import { sendDirect } from './pages/direct.ts';
import { later, prune } from './life.ts';
import type { Life } from './life.ts';
import { pass } from './pass.ts';
import { createPeople } from './people.ts';
import { createHttpWay } from './receivers/http.ts';
import type { Way } from './receivers/receiver.ts';
import { createSocketWay } from './receivers/socket.ts';
import { createReconciler } from './reconciler.ts';
import { wakeRecent } from './recent.ts';
import { createReports } from './reports.ts';
import { createShutChannels } from './shut-channels.ts';
import { createTell } from './tell.ts';
import type { Report } from './view.ts';
import { createWeb } from './web.ts';

/** How Slack is reached. Socket Mode needs no address of our own; HTTP needs one that Slack can call. */
export type SlackConfig = {
  readonly botToken: string;
  readonly connection:
    | { readonly kind: 'socket'; readonly appToken: string }
    | { readonly kind: 'http'; readonly port: number; readonly signingSecret: string };
  /** Another Web API than Slack's own, with `/api/` at its end; for the demo and for tests. */
  readonly apiUrl?: string;
};

export type SlackParts = {
  readonly config: SlackConfig;
  readonly store: Store;
  /** Used only after `start`, so it may be bound later than this room is built. */
  readonly operations: Operations;
  readonly releases: Releases;
  readonly incidents: Incidents;
  readonly alerts: Alerts;
  readonly triggers: Triggers;
  readonly onCall: OnCall;
  readonly pages: Pages;
  readonly drills: Drills;
  readonly followUps: FollowUps;
  readonly checkups: Checkups;
  readonly vendors: Vendors;
  readonly statistics: Statistics;
  /** Draws a chart as PNG. */
  readonly drawChart: (drawing: Drawing) => Buffer;
  /** What the key metrics of a run are at this moment. */
  readonly metricsOf?: MetricsOf;
  readonly catalog: Catalog;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
};

export type SlackStart =
  | { readonly status: 'connected'; readonly team: string; readonly port: number | null }
  /** Slack can't be reached now; it is tried again until it can, or until `stop`. */
  | { readonly status: 'waiting'; readonly says: string }
  /** Trying again can't help: the process should say this and end with exit code 78. */
  | { readonly status: 'refused'; readonly says: string };

/** Everything that knows Slack exists. */
export type Slack = {
  start(): Promise<SlackStart>;
  /** Takes no new work, lets what is being handled end (bounded), and closes. */
  stop(): Promise<void>;
  readonly people: People;
  /** Puts a report into the incident's channel, once however often it is called; resolves when it stands there, or on `stop`. */
  postReport(report: Report): Promise<void>;
  /** Puts a page into somebody's direct messages. */
  page(message: PageMessage): Promise<Delivery>;
  /** Whether people can reach the bot at this moment. */
  connected(): boolean;
  /** Resolves when every message says what the state says, as far as Slack lets it. */
  settled(): Promise<void>;
};

const NOT_CONNECTED: Delivery = { status: 'failed', says: 'Slack is not connected.', final: false };
const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 60_000;
const GRACE_MS = 5000;

/** Builds the room; nothing is sent and nothing is listened to before `start`. */
export function createSlack(parts: SlackParts): Slack {
  const house = furnish(parts);
  const { life, people, reports, reconciler } = house;
  return {
    people,
    start: async () => await start(house, FIRST_PAUSE_MS),
    postReport: async (report) => await reports.add(report),
    page: async (message) => (life.identity === null ? NOT_CONNECTED : await sendDirect(house.shown, message)),
    connected: () => life.identity !== null && (life.way?.isOpen() ?? false),
    settled: async () => await reconciler.settled(),
    stop: async () => await stop(house),
  };
}

type House = ReturnType<typeof furnish>;

function furnish(parts: SlackParts) {
  const { config, store, operations, triggers, catalog, clock, log } = parts;
  const life: Life = { identity: null, way: null, stopped: false, cancels: new Set(), unsubscribe: () => undefined };
  const identity = (): Identity | null => life.identity;
  const web = createWeb({ token: config.botToken, apiUrl: config.apiUrl, log });
  const budget = createBudget(clock);
  const people = createPeople({ web, catalog, clock, identity });
  const wake = (stream: StreamId<string>): void => {
    if (life.identity !== null) reconciler.wake(stream);
  };
  const reports = createReports({ store, wake });
  const members: ChoreParts['members'] = async (role) => await people.members(role);
  const botUser = (): string => life.identity?.botUser ?? '';
  const shown = {
    ...(parts.metricsOf && { metricsOf: parts.metricsOf }),
    store,
    web,
    budget,
    catalog,
    clock,
    log,
    operations,
    triggers,
    drawChart: parts.drawChart,
    members,
    botUser,
    archived: createCache<ArchivedReading>(clock),
    reports: reports.pending,
    refusals: new Map(),
    shut: createShutChannels(clock),
  };
  const reconciler = createReconciler({
    clock,
    log,
    async pass(stream) {
      const result = await pass({ ...shown, isBehind: (other) => reconciler.isBehind(other) }, stream);
      if (isOfKind(stream, 'incident')) await reports.check(stream);
      return result;
    },
  });
  const desk = { ...parts, people, web, wake, token: () => parts.ids.token() };
  const door = createDoor({ desk, entries: ENTRIES, gate: createGate({ people, identity }), tell: createTell({ web, log }), log });
  return { parts, life, web, budget, people, reports, reconciler, door, wake, shown };
}

/** Learns who we are, then opens; while Slack is away it is tried again and again. */
async function start(house: House, pauseMs: number): Promise<SlackStart> {
  const { parts, life, web } = house;
  const { clock, log } = parts;
  const introduction = await introduce({ web, store: parts.store });
  switch (introduction.status) {
    case 'known':
      return await open(house, introduction.identity);
    case 'refused':
      return introduction;
    case 'later':
      log.warn({ says: introduction.says }, 'Slack can not be reached yet');
      later(life, clock, pauseMs, () => startAgain(house, Math.min(pauseMs * 2, LONGEST_PAUSE_MS)));
      return { status: 'waiting', says: introduction.says };
    default:
      return introduction satisfies never;
  }
}

/** Nobody waits for this one, so whatever goes wrong in it is tried again: a bot that nobody can reach must not stay so. */
function startAgain(house: House, pauseMs: number): void {
  const { parts, life } = house;
  start(house, pauseMs).then(
    (started) => started.status === 'refused' && parts.log.error({ says: started.says }, 'Slack refuses the bot'),
    async (error: unknown) => {
      parts.log.error({ error }, 'the Slack room could not be opened, and will be opened again');
      life.unsubscribe();
      life.identity = null;
      await life.way?.stop();
      later(life, parts.clock, pauseMs, () => startAgain(house, Math.min(pauseMs * 2, LONGEST_PAUSE_MS)));
    },
  );
}

async function open(house: House, identity: Identity): Promise<SlackStart> {
  const { parts, life, door, wake, reports } = house;
  const { config, store, operations, alerts, triggers, pages, drills, followUps, checkups, vendors, onCall, clock, log } = parts;
  const way = wayOf(parts);
  life.identity = identity;
  life.way = way;
  const left = await door.leftBehind();
  createBolt({ botToken: config.botToken, apiUrl: config.apiUrl, identity, way, entries: ENTRIES, door, clock, log });
  const opening = await way.start();
  if (opening.status === 'refused') {
    await way.stop();
    life.identity = null;
    return opening;
  }
  const ends = [operations, alerts, triggers, pages, drills, followUps, checkups, vendors, onCall].map((each) => each.onChange(wake));
  life.unsubscribe = () => ends.forEach((end) => end());
  await wakeRecent(store, wake);
  for (const stream of reports.pending.keys()) wake(stream);
  door.resume(left).catch((error: unknown) => log.error({ error }, 'what was left in the inbox could not be taken up'));
  prune(life, parts);
  if (opening.status === 'later') return { status: 'waiting', says: opening.says };
  return { status: 'connected', team: identity.teamName, port: opening.port };
}

async function stop({ parts, life, budget, reports, reconciler, door }: House): Promise<void> {
  life.stopped = true;
  life.unsubscribe();
  for (const cancel of life.cancels) cancel();
  await door.close(GRACE_MS);
  await life.way?.stop();
  budget.end();
  await within(parts.clock, GRACE_MS, reconciler.stop(), undefined);
  reports.end();
}

function wayOf({ config, clock, log }: SlackParts): Way {
  const { connection, apiUrl } = config;
  return connection.kind === 'socket'
    ? createSocketWay({ appToken: connection.appToken, apiUrl, clock, log })
    : createHttpWay({ port: connection.port, signingSecret: connection.signingSecret, clock, log });
}
