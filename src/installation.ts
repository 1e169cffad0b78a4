import { accessSync, constants } from 'node:fs';
import { readFile, statfs } from 'node:fs/promises';
import path from 'node:path';
import { parse } from 'yaml';
import type { Paths } from './config.ts';
import type { PersonId, RoleId } from './core/brand.ts';
import { calendarOf, overridesAt } from './core/calendar/state.ts';
import { streamOf } from './core/component/place.ts';
import type { Place } from './core/component/place.ts';
import type { ComponentState } from './core/component/state.ts';
import type { DoctorParts, PreflightReading, SlackReading } from './core/doctor/port.ts';
import type { PinnedTarget } from './core/incident/event.ts';
import { KINDS } from './core/kinds.ts';
import type { Catalog, Clock, Log, Steps, Store, TargetAccess } from './core/ports.ts';
import { goodVersion } from './core/procedure/last-good.ts';
import type { Readings } from './core/reading/port.ts';
import { startersOf } from './core/settings.ts';
import type { Settings } from './core/settings.ts';
import { dryRun, pin, placesToLookAt } from './runner/index.ts';
import { readStanding } from './slack/standing.ts';
import { openSqliteReader, StoreFailed, StoreRefused } from './store/index.ts';
import { readSource, secretsNamedIn } from './target-access.ts';
import type { Environment } from './target-access.ts';

const MANIFEST = path.join(import.meta.dirname, '..', 'manifest.yml');

type Journal = {
  readonly reading: DoctorParts['journal'];
  component(place: Place): Promise<ComponentState>;
};

export type InstallationParts = PreflightParts & {
  readonly journal: Journal;
  readonly clock: Clock;
  readonly log: Log;
  readonly environment: Environment;
  readonly paths: Pick<Paths, 'database' | 'reports'>;
  readonly people: DoctorParts['people'];
  readonly readings: Pick<Readings, 'now'>;
  /** Null where no token of Slack is set. */
  readonly slack: { readonly botToken: string; readonly apiUrl?: string | undefined } | { readonly says: string } | null;
};

/** This installation as the doctor looks at it, from the running bot as from the terminal. */
export function installation(parts: InstallationParts): DoctorParts {
  const { catalog, clock, environment, paths, journal, readings } = parts;
  return {
    catalog,
    clock,
    hasProgram: hasProgram(catalog, environment),
    secrets: async () => await secrets(catalog.settings(), environment),
    preflight: preflight(parts),
    metric: async (place) => await readings.now(place),
    lastGood: lastGoodIn(journal, catalog),
    journal: journal.reading,
    disk: async () => await disk([path.dirname(paths.database), paths.reports]),
    slack: async () => await slackStanding(parts),
    people: parts.people,
  };
}

/** What the doctor reads of a journal, whoever has opened it. */
export function journalOf(store: Pick<Store, 'load' | 'streams' | 'verify'>): Journal {
  return {
    reading: {
      verify: async () => await store.verify(),
      streams: async () => await store.streams({ includeClosed: true }),
      load: async (stream) => (await store.load(stream)).state,
      overrides: async (rotation, at) => overridesAt((await store.load(calendarOf(rotation))).state, at),
    },
    component: async (place) => (await store.load(streamOf(place))).state,
  };
}

/** The journal to be read beside whoever owns it; where there is none, a sentence says so. */
export async function openJournal(file: string): Promise<Journal & { close(): Promise<void> }> {
  try {
    const reader = await openSqliteReader({ file, folds: KINDS });
    return { ...journalOf(reader), close: async () => await reader.close() };
  } catch (error) {
    if (!(error instanceof StoreRefused || error instanceof StoreFailed)) throw error;
    return { reading: { says: error.message }, component: nothing, close: async () => await Promise.resolve() };
  }
}

async function slackStanding({ slack, clock, log }: InstallationParts): Promise<SlackReading> {
  if (slack === null) return { status: 'not-configured' };
  if ('says' in slack) return { status: 'failed', says: slack.says };
  const { oauth_config } = parse(await readFile(MANIFEST, 'utf8')) as { oauth_config: { scopes: { bot: string[] } } };
  return await readStanding({ token: slack.botToken, apiUrl: slack.apiUrl, wanted: oauth_config.scopes.bot, clock, log });
}

async function nothing(): Promise<ComponentState> {
  return await Promise.resolve({ status: 'none' });
}

/** What `last-good` stands for on a target, by what the journal knows. */
function lastGoodIn(journal: Pick<Journal, 'component'>, catalog: Pick<Catalog, 'settings'>): DoctorParts['lastGood'] {
  return async (place) => {
    const target = catalog.settings().targets[place.target];
    if (!target) return { says: `There is no target "${place.target}".` };
    return goodVersion(place.deployable, { name: place.target, target }, await journal.component(place));
  };
}

/** Whether a program is in the folders in which a target's steps look for programs. */
function hasProgram(catalog: Pick<Catalog, 'settings'>, environment: Environment): DoctorParts['hasProgram'] {
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
async function secrets(settings: Settings, environment: Environment): ReturnType<DoctorParts['secrets']> {
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
  readonly steps: Steps;
  readonly access: (target: PinnedTarget) => TargetAccess;
  readonly journal: Pick<Journal, 'component'>;
};

const NOBODY = { kind: 'person', id: 'doctor' as PersonId, name: 'rollbot doctor' } as const;

/** Performs the reads of preflights as whoever may start the procedure, and starts nothing. */
function preflight({ catalog, steps, access, journal }: PreflightParts): DoctorParts['preflight'] {
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
async function disk(folders: readonly string[]): ReturnType<DoctorParts['disk']> {
  const read = await Promise.allSettled(folders.map(async (folder) => ({ folder, on: await statfs(folder) })));
  return read.flatMap((each) => {
    if (each.status === 'rejected') return [];
    const { folder, on } = each.value;
    return [{ folder, freeBytes: on.bavail * on.bsize, totalBytes: on.blocks * on.bsize }];
  });
}
