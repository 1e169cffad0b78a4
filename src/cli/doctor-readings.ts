import { accessSync, constants } from 'node:fs';
import { statfs } from 'node:fs/promises';
import path from 'node:path';
import type { Paths } from '../config.ts';
import { calendarOf, overridesAt } from '../core/calendar/state.ts';
import { streamOf } from '../core/component/place.ts';
import type { Place } from '../core/component/place.ts';
import type { ComponentState } from '../core/component/state.ts';
import type { DoctorParts, PreflightReading } from '../core/doctor/port.ts';
import type { PersonId, RoleId } from '../core/brand.ts';
import { KINDS } from '../core/kinds.ts';
import type { Catalog, Clock } from '../core/ports.ts';
import { goodVersion } from '../core/procedure/last-good.ts';
import { startersOf } from '../core/settings.ts';
import type { Settings } from '../core/settings.ts';
import { createReadings } from '../readings/index.ts';
import { dryRun, pin, pinTargetNamed, placesToLookAt } from '../runner/index.ts';
import { createSteps } from '../steps/index.ts';
import { openSqliteReader, StoreFailed, StoreRefused } from '../store/index.ts';
import { readSource, secretsNamedIn, targetAccess } from '../target-access.ts';
import type { Environment } from '../target-access.ts';

const QUIET = { debug() {}, info() {}, warn() {}, error() {} };
const GRACE_MS = 2500;

type Journal = {
  readonly reading: DoctorParts['journal'];
  component(place: Place): Promise<ComponentState>;
  close(): Promise<void>;
};

/** The journal to be read beside whoever owns it; where there is none, a sentence says so. */
export async function openJournal(file: string): Promise<Journal> {
  try {
    const reader = await openSqliteReader({ file, folds: KINDS });
    return {
      reading: {
        verify: async () => await reader.verify(),
        streams: async () => await reader.streams({ includeClosed: true }),
        load: async (stream) => (await reader.load(stream)).state,
        overrides: async (rotation, at) => overridesAt((await reader.load(calendarOf(rotation))).state, at),
      },
      component: async (place) => (await reader.load(streamOf(place))).state,
      close: async () => await reader.close(),
    };
  } catch (error) {
    if (!(error instanceof StoreRefused || error instanceof StoreFailed)) throw error;
    return { reading: { says: error.message }, component: nothing, close: async () => await Promise.resolve() };
  }
}

async function nothing(): Promise<ComponentState> {
  return await Promise.resolve({ status: 'none' });
}

/** What `last-good` stands for on a target, by what the journal knows. */
export function lastGoodIn(journal: Pick<Journal, 'component'>, catalog: Pick<Catalog, 'settings'>): DoctorParts['lastGood'] {
  return async (place) => {
    const target = catalog.settings().targets[place.target];
    if (!target) return { says: `There is no target "${place.target}".` };
    return goodVersion(place.deployable, { name: place.target, target }, await journal.component(place));
  };
}

/** Whether a program is in the folders in which a target's steps look for programs. */
export function hasProgram(catalog: Pick<Catalog, 'settings'>, environment: Environment): DoctorParts['hasProgram'] {
  return (program, target) => {
    const given = catalog.settings().targets[target]?.env?.['PATH'];
    const folders = (typeof given === 'object' ? environment[given.from] : given) ?? '';
    return folders.split(path.delimiter).some((folder) => isExecutable(path.join(folder, program)));
  };
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Looks for every secret that `rollbot.yml` names, and keeps none. */
export async function secrets(settings: Settings, environment: Environment): ReturnType<DoctorParts['secrets']> {
  const named = secretsNamedIn(settings);
  return await Promise.all(
    named.map(async ({ what, source }) => ({ name: what, says: await whyNot(async () => await readSource(source, what, environment)) })),
  );
}

async function whyNot(read: () => Promise<unknown>): Promise<string | null> {
  try {
    await read();
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

type PreflightParts = {
  readonly catalog: Catalog;
  readonly clock: Clock;
  readonly environment: Environment;
  readonly paths: Paths;
  readonly journal: Pick<Journal, 'component'>;
};

const NOBODY = { kind: 'person', id: 'doctor' as PersonId, name: 'rollbot doctor' } as const;

/** Performs the reads of preflights as whoever may start the procedure, and starts nothing. */
export function preflight({ catalog, clock, environment, paths, journal }: PreflightParts): DoctorParts['preflight'] {
  const access = (target: Parameters<typeof targetAccess>[0]) => targetAccess(target, environment, []);
  const readings = createReadings({ catalog, clock, log: QUIET, access, target: (name) => pinTargetNamed(catalog, name) });
  const scratch = path.join(path.dirname(paths.database), 'scratch');
  const steps = createSteps({ clock, log: QUIET, scratch, graceMs: GRACE_MS, readMetric: readings.readSource });
  return async (procedure, target): Promise<PreflightReading> => {
    const roles: readonly RoleId[] = startersOf(catalog.settings(), procedure);
    const order = { procedure, target, params: {}, reason: null, channel: null, by: NOBODY, roles };
    const places = placesToLookAt(catalog, order);
    const states = await Promise.all(places.map(async (place) => [streamOf(place), await journal.component(place)] as const));
    const pinned = pin(catalog, order, (place) => new Map(states).get(streamOf(place)) ?? { status: 'none' });
    if ('mistakes' in pinned) return { status: 'refused', mistakes: pinned.mistakes };
    return { status: 'shown', dryRun: await dryRun({ steps, access }, pinned) };
  };
}

/** How much room there is where Rollbot writes. */
export async function disk(folders: readonly string[]): ReturnType<DoctorParts['disk']> {
  const read = await Promise.allSettled(folders.map(async (folder) => ({ folder, on: await statfs(folder) })));
  return read.flatMap((each) => {
    if (each.status === 'rejected') return [];
    const { folder, on } = each.value;
    return [{ folder, freeBytes: on.bavail * on.bsize, totalBytes: on.blocks * on.bsize }];
  });
}
