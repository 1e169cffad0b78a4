import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { chartPng } from '../../src/charts/png.ts';
import { realClock, realIds } from '../../src/clock.ts';
import type { IncidentId, StreamId } from '../../src/core/brand.ts';
import { decide, isRefusal } from '../../src/core/incident/decide.ts';
import type { IncidentFact } from '../../src/core/incident/event.ts';
import { KINDS } from '../../src/core/kinds.ts';
import type { Catalog, Log, Operations, Store } from '../../src/core/ports.ts';
import type { Settings } from '../../src/core/settings.ts';
import { startSlack } from '../../src/demo/slack/index.ts';
import type { Installation, SlackEmulator } from '../../src/demo/slack/index.ts';
import { createLog } from '../../src/log.ts';
import { createSlack } from '../../src/slack/app.ts';
import type { Slack, SlackConfig, SlackParts, SlackStart } from '../../src/slack/app.ts';
import { openSqliteStore } from '../../src/store/index.ts';
import { OWNER, tempPlace } from '../store/place.ts';
import { createStoryClock } from '../stories/story-clock.ts';
import type { StoryClock } from '../stories/story-clock.ts';
import { NO_DRILLS } from './drill-samples.ts';
import { NO_ALERTS } from './alert-samples.ts';
import { NO_INCIDENTS } from './no-incidents.ts';
import { entry } from './catalog-sample.ts';
import { NO_VENDORS } from './vendor-samples.ts';
import { NO_ON_CALL } from './on-call-samples.ts';
import { NO_FOLLOW_UPS } from './follow-up-samples.ts';
import { NO_STATISTICS } from './stats-samples.ts';
import { createTriggerDesk } from './trigger-desk.ts';
import type { TriggerDesk } from './trigger-desk.ts';
import { NO_PAGES } from './page-samples.ts';
import { NO_RELEASES } from './release-samples.ts';
import { opened, RUN, settings, STREAM } from './story.ts';

/** What the room asked of the rules. */
export type Asked = { readonly start: unknown[]; readonly act: unknown[]; readonly dryRun: unknown[] };

export type House = {
  readonly emulator: SlackEmulator;
  readonly installation: Installation;
  readonly store: Store;
  readonly clock: StoryClock;
  readonly room: Slack;
  readonly settings: Settings;
  readonly asked: Asked;
  readonly desk: TriggerDesk;
  /** What the rules answer from now on; the usual answer is yes. */
  readonly answers: Partial<Operations>;
  readonly log: readonly string[];
  readonly started: SlackStart | null;
  /** Makes these facts true in the stream, and says so to the room. */
  happens(...facts: readonly IncidentFact[]): Promise<void>;
  /** Ends the room without waiting for anything and builds it anew on the same store. */
  reopens(): Promise<void>;
  close(): Promise<void>;
};

export type HouseOptions = {
  readonly connection?: (installation: Installation) => SlackConfig['connection'];
  /** The workspace signs its requests with the time of this machine. */
  readonly realTime?: boolean;
  readonly drawChart?: SlackParts['drawChart'];
};

/** The Slack room on a real workspace and a real database, with rules that say yes and write down what they were asked. */
export async function openHouse(options: HouseOptions = {}): Promise<House> {
  const clock = options.realTime ? { ...realClock, advance: () => undefined, stop: () => undefined } : createStoryClock(20);
  const emulator = await startSlack({ clock });
  const installation = emulator.install(parse(await readFile('manifest.yml', 'utf8')));
  const place = await tempPlace();
  const log: string[] = [];
  const roomLog = createLog({ level: 'debug', write: (line: string) => log.push(line), redact: (text: string) => text });
  const store = await openSqliteStore({ file: place.file, folds: KINDS, log: roomLog, owner: OWNER });
  const rules: Rules = { store, clock, asked: { start: [], act: [], dryRun: [] }, answers: {}, listeners: new Set() };
  const desk = createTriggerDesk({ store, clock });
  const own = settingsOf(emulator);
  const connection = options.connection?.(installation) ?? { kind: 'socket', appToken: installation.appToken };
  const config: SlackConfig = { botToken: installation.botToken, connection, apiUrl: emulator.apiUrl };
  const parts = {
    config,
    store,
    operations: operationsOf(rules),
    releases: NO_RELEASES,
    incidents: NO_INCIDENTS,
    alerts: NO_ALERTS,
    triggers: desk.triggers,
    onCall: NO_ON_CALL,
    pages: NO_PAGES,
    drills: NO_DRILLS,
    followUps: NO_FOLLOW_UPS,
    checkups: { onChange: () => () => undefined },
    vendors: NO_VENDORS,
    statistics: NO_STATISTICS,
    drawChart: options.drawChart ?? chartPng,
    catalog: catalogOf(own),
    clock,
    ids: realIds,
    log: roomLog,
  };
  const now = { room: createSlack(parts), started: null as SlackStart | null };
  now.started = await now.room.start();
  return {
    emulator,
    installation,
    store,
    clock,
    log,
    settings: own,
    asked: rules.asked,
    desk,
    answers: rules.answers,
    get room() {
      return now.room;
    },
    get started() {
      return now.started;
    },
    happens: async (...facts) => await append(rules, STREAM, facts),
    async reopens() {
      await now.room.stop();
      now.room = createSlack(parts);
      now.started = await now.room.start();
    },
    async close() {
      await now.room.stop();
      await emulator.close();
      await store.close();
      clock.stop();
      await place.remove();
    },
  };
}

/** A log for what nobody reads. */
export const silent: Log = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

/** An incident opened by somebody of this workspace, who asked for it in #ops. */
export function openedIn(emulator: SlackEmulator): IncidentFact {
  return {
    ...opened,
    incident: 'k7m2xq' as IncidentId,
    by: { kind: 'person', id: emulator.person('dana').id as never, name: 'dana' },
    home: channelId(emulator, 'ops'),
  };
}

/** The id of a channel by its name. */
export function channelId(emulator: SlackEmulator, name: string): string {
  const found = emulator
    .person('dana')
    .screen()
    .channels.find((channel) => channel.name === `#${name}`);
  if (!found) throw new Error(`There is no channel #${name}.`);
  return found.id;
}

type Rules = {
  readonly store: Store;
  readonly clock: StoryClock;
  readonly asked: Asked;
  readonly answers: Partial<Operations>;
  readonly listeners: Set<(stream: StreamId) => void>;
};

async function append({ store, clock, listeners }: Rules, stream: StreamId, facts: readonly IncidentFact[]): Promise<void> {
  const { seq } = await store.load(stream);
  const result = await store.append([{ stream, expectedSeq: seq, facts }], {}, clock.now());
  if (result.status !== 'ok') throw new Error(`The facts were not taken (${result.status}).`);
  for (const listener of listeners) listener(stream);
}

function operationsOf(rules: Rules): Operations {
  const { store, clock, asked, answers, listeners } = rules;
  return {
    async start(order) {
      asked.start.push(order);
      return (await answers.start?.(order)) ?? { status: 'started', stream: STREAM, run: RUN };
    },
    examine: (order) => answers.examine?.(order) ?? [],
    async dryRun(order) {
      asked.dryRun.push(order);
      const says = { part: 'procedure', name: null, says: 'No dry run here.' } as const;
      return (await answers.dryRun?.(order)) ?? { status: 'refused', mistakes: [says] };
    },
    async act(act, where) {
      asked.act.push(act);
      return (await answers.act?.(act, where)) ?? { status: 'done', stream: STREAM };
    },
    async note(stream, act) {
      const { state } = await store.load(stream);
      const decision = decide(state, act, clock.now());
      if (!isRefusal(decision) && decision.length > 0) await append(rules, stream, decision);
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function catalogOf(own: Settings): Catalog {
  return {
    procedures: () => [entry],
    procedure: (id) => (id === entry.id ? entry : null),
    settings: () => own,
    targetHash: () => null,
    mistakes: () => [],
    refresh: () => Promise.resolve(),
  };
}

/** The settings of the story, with the people and groups of this workspace. */
function settingsOf(emulator: SlackEmulator): Settings {
  const devops = emulator.admin.setGroup({ handle: 'devops-engineer', members: ['omar'] });
  return {
    ...settings,
    channels: { ...settings.channels },
    roles: {
      'lead-developer': { people: [emulator.person('dana').id] },
      'devops-engineer': { groups: [devops] },
      'database-admin': { people: [emulator.person('mina').id] },
    },
  };
}
