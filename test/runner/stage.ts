import { join } from 'node:path';
import { KINDS } from '../../src/core/kinds.ts';
import { realIds } from '../../src/clock.ts';
import type { IncidentId, Instant, StepId, StreamId } from '../../src/core/brand.ts';
import { decide, isRefusal } from '../../src/core/incident/decide.ts';
import { stepOf } from '../../src/core/incident/state.ts';
import type { IncidentState, Run, RunStep } from '../../src/core/incident/state.ts';
import type { PlannedStep } from '../../src/core/procedure/planned-step.ts';
import type { Catalog, People, StepAnswer, StepRequest, Steps, StepWatch, Store, TargetAccess } from '../../src/core/ports.ts';
import { chartPng } from '../../src/charts/png.ts';
import { createRunner } from '../../src/runner/index.ts';
import type { Runner, RunnerParts } from '../../src/runner/index.ts';
import type { Settings } from '../../src/core/settings.ts';
import { openSqliteStore } from '../../src/store/index.ts';
import { keepingLog } from '../contracts/store/subject.ts';
import { person, reading } from '../core/incident/cast.ts';
import { RUN, startOf } from '../core/incident/stage.ts';
import { createManualClock } from '../slack/manual-clock.ts';
import type { ManualClock } from '../slack/manual-clock.ts';
import { settings } from '../slack/story.ts';
import { change, OWNER, tempPlace } from '../store/place.ts';

export const STREAM = 'incident/i1' as StreamId;
export const OK: StepAnswer = { status: 'ok', says: 'done', outputs: {} };

export type Perform = (request: StepRequest, watch: StepWatch) => Promise<StepAnswer>;

/** The runner on a real database, with steps that a test performs itself. */
export type RunnerStage = {
  readonly store: Store;
  readonly runner: Runner;
  readonly clock: ManualClock;
  readonly log: readonly string[];
  /** What was performed, in order. */
  readonly performed: readonly StepRequest[];
  run(): Promise<Run>;
  step(id: string): Promise<RunStep>;
  /** Changes the tables behind everybody's back. */
  meddle(sql: string): void;
  close(): Promise<void>;
};

type Options = {
  readonly perform?: Perform;
  readonly isAlive?: () => boolean;
  readonly wrapStore?: (store: Store) => Store;
  readonly readings?: RunnerParts['readings'];
  readonly settings?: Settings;
};

const NO_READINGS: RunnerParts['readings'] = {
  now: async () => await Promise.resolve({ at: 0 as Instant, why: 'Nothing is read here.' }),
  last: () => [],
  subscribe: () => () => {},
  window: async () => await Promise.resolve([]),
};

/** Opens a database in which a run of these steps has been started, and a runner that has not looked at it yet. */
export async function openRunner(
  planned: readonly PlannedStep[],
  { perform = async () => OK, isAlive = () => false, wrapStore, readings = NO_READINGS, settings: own = settings }: Options = {},
): Promise<RunnerStage> {
  const place = await tempPlace();
  const clock = createManualClock();
  const log: string[] = [];
  const real = await openSqliteStore({ file: place.file, folds: KINDS, log: keepingLog(log), owner: OWNER });
  await begin(real, clock, planned);
  const store = wrapStore?.(real) ?? real;
  const performed: StepRequest[] = [];
  const steps: Steps = {
    async perform(request, watch) {
      performed.push(request);
      return await perform(request, watch);
    },
    isAlive: async () => await Promise.resolve(isAlive()),
    kill: async () => undefined,
  };
  const parts = {
    store,
    steps,
    readings,
    people,
    catalog: { ...catalog, settings: () => own },
    clock,
    ids: realIds,
    log: keepingLog(log),
    executor: 'bot-1',
    media: [],
    examine: async () => await Promise.resolve([]),
    linkFor: async () => await Promise.resolve(null),
    mail: { send: async () => await Promise.resolve({ status: 'failed', says: 'no mail here', final: true } as const) },
    accountAt: async () => await Promise.resolve(null),
  };
  const runner = createRunner({ ...parts, access, drawChart: chartPng, reports: join(place.file, '..', 'incidents') });
  const run = async (): Promise<Run> => runIn(await real.load(STREAM));
  return {
    store: real,
    runner,
    clock,
    log,
    performed,
    run,
    async step(id) {
      const found = stepOf(await run(), id as StepId);
      if (!found) throw new Error(`There is no step ${id}.`);
      return found;
    },
    meddle: (sql) => change(place.file, sql),
    async close() {
      await runner.stop(0);
      await real.close();
      await place.remove();
    },
  };
}

async function begin(store: Store, clock: ManualClock, planned: readonly PlannedStep[]): Promise<void> {
  const open = {
    kind: 'open-incident',
    incident: 'i1' as IncidentId,
    title: 'Cold',
    by: person('dana'),
    drill: false,
    home: null,
  } as const;
  for (const command of [open, startOf(planned, RUN, 'dana')]) {
    const { state, seq } = await store.load(STREAM);
    const facts = decide(state, command, clock.now());
    if (isRefusal(facts)) throw new Error(facts.says);
    await store.append([{ stream: STREAM, expectedSeq: seq, facts }], {}, clock.now());
  }
}

function runIn({ state }: { readonly state: IncidentState }): Run {
  const run = state.status === 'none' ? undefined : state.runs[0];
  if (!run) throw new Error('There is no run.');
  return run;
}

const access = (): TargetAccess => ({ env: {}, secret: async () => await Promise.resolve('') });

const people: People = {
  read: async () => await Promise.resolve(reading('omar')),
  holders: async () => await Promise.resolve([]),
};

const catalog: Catalog = {
  procedures: () => [],
  procedure: () => null,
  settings: () => settings,
  targetHash: () => null,
  mistakes: () => [],
  refresh: async () => undefined,
};
