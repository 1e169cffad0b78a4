import { realIds } from '../../../src/clock.ts';
import type { Instant, RoleId } from '../../../src/core/brand.ts';
import type { ComponentState } from '../../../src/core/component/state.ts';
import { digestOf } from '../../../src/core/digest.ts';
import type { Run } from '../../../src/core/incident/state.ts';
import { KINDS } from '../../../src/core/kinds.ts';
import type { Catalog, People, Store } from '../../../src/core/ports.ts';
import type { Readings } from '../../../src/core/reading/port.ts';
import type { Reading } from '../../../src/core/reading/reading.ts';
import type { Settings } from '../../../src/core/settings.ts';
import { streamOf } from '../../../src/core/trigger/rule.ts';
import { Triggers as TriggersSchema } from '../../../src/core/trigger/schema.ts';
import { watchOf } from '../../../src/core/trigger/state.ts';
import type { Watch } from '../../../src/core/trigger/state.ts';
import { createJournal } from '../../../src/runner/journal.ts';
import type { Journal } from '../../../src/runner/journal.ts';
import { createTriggerOffice } from '../../../src/runner/triggers/index.ts';
import type { TriggerOffice } from '../../../src/runner/triggers/index.ts';
import { openSqliteStore } from '../../../src/store/index.ts';
import { keepingLog } from '../../contracts/store/subject.ts';
import { person, reading as personReading } from '../../core/incident/cast.ts';
import { step } from '../../core/incident/plans.ts';
import { createManualClock } from '../../slack/manual-clock.ts';
import type { ManualClock } from '../../slack/manual-clock.ts';
import { settings } from '../../slack/story.ts';
import { OWNER, tempPlace } from '../../store/place.ts';

/** What differs from one test to the next. */
export type Plot = {
  readonly mode: 'shadow' | 'propose' | 'countdown' | 'auto';
  readonly maintenance?: Settings['maintenance'];
  /** Whether there is nobody who could approve. */
  readonly lonely?: boolean;
  /** What the rule about the outage offers; emergency where it is left out. */
  readonly procedure?: string;
  /** What contains a breach at once. */
  readonly contain?: string;
  /** Of the version that ran before. */
  readonly verified?: boolean;
};

/** The rules of one target over a real database, and a platform whose probes answer what the test says. */
export type TriggerStage = {
  readonly clock: ManualClock;
  readonly store: Store;
  readonly journal: Journal;
  readonly office: TriggerOffice;
  readonly log: readonly string[];
  /** What rollbot.yml says, for a test that edits it. */
  readonly settings: Settings;
  /** Lets this much time pass, with a probe every fifteen seconds. */
  probes(share: number, forMs: number): Promise<void>;
  watch(rule?: string): Promise<Watch | null>;
  runs(): Promise<readonly Run[]>;
  /** Another process on the same database. */
  another(): TriggerOffice;
  close(): Promise<void>;
};

const EVERY_MS = 15_000;

export async function openTriggers(plot: Plot): Promise<TriggerStage> {
  const place = await tempPlace();
  const clock = createManualClock();
  const log: string[] = [];
  const store = await openSqliteStore({ file: place.file, folds: KINDS, log: keepingLog(log), owner: OWNER });
  const journal = createJournal({ store, clock, log: keepingLog(log) });
  const platform = createPlatform();
  const catalog = catalogFor(plot);
  const began = clock.now();
  const parts = {
    store,
    journal,
    catalog,
    clock,
    people: plot.lonely ? nobody : people,
    ids: realIds,
    log: keepingLog(log),
    readings: platform.readings,
  };
  const known = (): ComponentState => componentAt(began, plot.verified ?? true);
  const offices: TriggerOffice[] = [];
  const open = (): TriggerOffice => {
    const office = createTriggerOffice({ ...parts, bot: new AbortController().signal, known });
    offices.push(office);
    return office;
  };
  const office = open();
  return {
    clock,
    store,
    journal,
    office,
    log,
    settings: catalog.settings(),
    another: open,
    async probes(share, forMs) {
      for (let passed = 0; passed < forMs; passed += EVERY_MS) {
        await clock.pass(EVERY_MS);
        platform.probe({ at: clock.now(), value: share, n: 2 });
        await settled(clock);
      }
    },
    watch: async (name = 'outage') => watchOf((await journal.load(streamOf({ target: 'production', name }))).state),
    async runs() {
      const streams = await store.streams({ includeClosed: true });
      const states = await Promise.all(streams.map(async (stream) => (await journal.load(stream)).state));
      return states.flatMap((state) => (state.status === 'none' ? [] : state.runs));
    },
    async close() {
      for (const each of offices) await each.stop();
      await store.close();
      await place.remove();
    },
  };
}

/** What the journal does takes turns of the loop, and no time of the clock. */
async function settled(clock: ManualClock): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await clock.pass(0);
}

function createPlatform(): { readonly readings: Pick<Readings, 'last' | 'subscribe' | 'window'>; probe(reading: Reading): void } {
  const ring: Reading[] = [];
  const listeners = new Set<(reading: Reading) => void>();
  return {
    readings: {
      last: () => ring,
      subscribe(_place, listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
      window: async () => await Promise.resolve([]),
    },
    probe(reading) {
      ring.push(reading);
      if (ring.length > 8) ring.shift();
      for (const listener of listeners) listener(reading);
    },
  };
}

const flush = step('flush', { approve: { by: ['devops-engineer'] } });
const PROCEDURE = {
  id: 'emergency',
  procedure: {
    title: 'Everything back',
    about: 'All of it.',
    component: 'System',
    locks: ['*'],
    params: { ref: { about: 'The version', type: 'git-commit', default: 'last-good', of: 'worker:api' } },
    steps: [],
    verify: [],
  },
  steps: [flush],
  hash: digestOf('emergency'),
} as unknown as NonNullable<ReturnType<Catalog['procedure']>>;

/** Takes nothing away. */
const FREEZE = {
  ...PROCEDURE,
  id: 'freeze',
  procedure: { ...PROCEDURE.procedure, title: 'Writes stop', params: {} },
  steps: [step('stop-writes', { effect: 'guarded' })],
} as typeof PROCEDURE;

function catalogFor({ mode, maintenance, contain, procedure = 'emergency' }: Plot): Catalog {
  const triggers = TriggersSchema.parse({
    outage: {
      title: 'No answer for more than 2 minutes',
      targets: ['production'],
      when: { kind: 'outage', metric: 'outage' },
      procedure,
      mode,
    },
    breach: {
      title: 'Somebody is in who should not be',
      targets: ['production'],
      when: { kind: 'event', event: 'security-breach' },
      procedure: 'emergency',
      mode: 'propose',
      ...(contain !== undefined && { contain }),
    },
  });
  const alerts: NonNullable<Settings['alerts']> = {
    channel: 'C0ALERTS',
    sources: { grafana: { kind: 'grafana', secret: { env: 'GRAFANA_SECRET' }, targets: ['production'] } },
    routes: [
      { match: { alertname: 'Breach' }, target: 'production', procedures: ['emergency'], triggers: ['breach'] },
      { match: { alertname: 'Down' }, target: 'production', procedures: ['emergency'], triggers: ['outage'] },
    ],
  };
  const production: Settings['targets'][string] = {
    protected: true,
    'last-good': { 'worker:api': 'v1.4.2' },
    deployables: { 'worker:api': { version: { http: 'http://127.0.0.1:9/' }, procedure: 'emergency' } },
  };
  const all = { ...settings, targets: { ...settings.targets, production }, triggers, alerts, ...(maintenance && { maintenance }) };
  return {
    procedures: () => [PROCEDURE, FREEZE],
    procedure: (id) => [PROCEDURE, FREEZE].find((each) => each.id === id) ?? null,
    settings: () => all,
    targetHash: () => null,
    mistakes: () => [],
    refresh: async () => undefined,
  };
}

/** A version that was deployed ten minutes ago, and the one before it. */
function componentAt(now: Instant, verified: boolean): ComponentState {
  const word = { by: { kind: 'rollbot' }, at: now, reason: null } as const;
  const release = { how: 'reading', run: null, doubted: null } as const;
  const good = 'a'.repeat(40);
  const bad = 'b'.repeat(40);
  return {
    status: 'known',
    running: bad,
    health: { is: 'unhealthy', since: now, countedMs: 0, says: null },
    holds: [],
    releases: [
      { ...release, version: good, since: (now - 3_600_000) as Instant, verified: verified ? word : null },
      { ...release, version: bad, since: (now - 600_000) as Instant, verified: null },
    ],
  };
}

const people: People = {
  read: async () => await Promise.resolve(personReading('omar')),
  holders: async (role: RoleId) => await Promise.resolve(role === 'devops-engineer' ? [person('omar').id] : []),
};

const nobody: People = { ...people, holders: async () => await Promise.resolve([]) };
