import { createCatalog, sayMistake } from '../catalog/index.ts';
import { readPaths } from '../config.ts';
import { KINDS, kindOf } from '../core/kinds.ts';
import type { Pages } from '../core/page/port.ts';
import type { Log, Operations } from '../core/ports.ts';
import { createPeople } from '../people/index.ts';
import { createFollowUps, createOnCall, openPages } from '../runner/index.ts';
import { openSqliteReader, StoreFailed, StoreRefused } from '../store/index.ts';
import { createTerminalDesk, ownUser } from '../terminal/index.ts';
import type { Desk } from './desk.ts';
import { EXIT } from './terminal.ts';
import type { Terminal } from './terminal.ts';

/** Looks into the database while no bot runs, without owning or changing it. */
export async function lookAlone(terminal: Terminal, work: (call: Desk['call']) => Promise<number>): Promise<number> {
  const { environment, clock } = terminal;
  const paths = readPaths(environment);
  if ('mistakes' in paths) return say(terminal, EXIT.misconfigured, paths.mistakes);
  const opened = await createCatalog({ proceduresFolder: paths.procedures, settingsFile: paths.settings, log: SILENT });
  if (opened.status === 'unusable') return say(terminal, EXIT.misconfigured, opened.mistakes.map(sayMistake));
  const { catalog } = opened;
  try {
    const reader = await openReader(paths.database);
    try {
      // Nothing is remembered in a database that is only read.
      const store = { ...reader, setFact: async () => await Promise.resolve() };
      const people = createPeople({ slack: null, store, catalog, clock, log: SILENT });
      const followUps = createFollowUps({ store, catalog, journal: { load: store.load, apply: nobody, onChange: () => () => {} } });
      const desk = createTerminalDesk({
        operations: NOBODY_ACTS,
        store,
        catalog,
        people,
        clock,
        pages: { ...NO_PAGES, list: async () => await openPages({ store, journal: store }, 50) },
        onCall: createOnCall({ ...terminal, store, catalog, people, journal: { apply: nobody, onChange: () => () => {} } }),
        vendors: NO_VENDORS,
        incidents: { open: nobody, criteria: nobody },
        followUps,
        metricsOf: () => [],
        token: () => '',
        receive: nobody,
      });
      const user = ownUser();
      return await work(async (verb, params) => await desk(user, verb, params));
    } finally {
      await reader.close();
    }
  } catch (error) {
    if (error instanceof StoreRefused || error instanceof StoreFailed) return say(terminal, EXIT.failed, [error.message]);
    throw error;
  }
}

type TerminalParts = Parameters<typeof createTerminalDesk>[0];
type Reader = Pick<
  Awaited<ReturnType<typeof openSqliteReader>>,
  'load' | 'events' | 'streams' | 'streamOf' | 'claims' | 'getFact' | 'close'
>;

/** Before anything was ever done there is no journal, and nothing in it. */
async function openReader(file: string): Promise<Reader> {
  try {
    return await openSqliteReader({ file, folds: KINDS });
  } catch (error) {
    if (error instanceof StoreRefused && error.code === 'missing') return EMPTY;
    throw error;
  }
}

const EMPTY: Reader = {
  load: async (stream) => await Promise.resolve({ state: KINDS[kindOf(stream)].initial, seq: 0, readOnly: null }),
  events: async () => await Promise.resolve([]),
  streams: async () => await Promise.resolve([]),
  streamOf: async () => await Promise.resolve(null),
  claims: async () => await Promise.resolve([]),
  getFact: async () => await Promise.resolve(null),
  close: async () => await Promise.resolve(),
};

/** A look starts no clock and does nothing. */
const NOBODY_ACTS: Operations = {
  start: nobody,
  examine: () => [],
  dryRun: nobody,
  act: nobody,
  note: async () => await Promise.resolve(),
  onChange: () => () => {},
};

const NO_PAGES: Omit<Pages, 'list'> = {
  all: async () => await Promise.resolve([]),
  page: nobody,
  acknowledge: nobody,
  acknowledgeByLink: nobody,
  escalate: nobody,
  end: nobody,
  onChange: () => () => {},
};

const NO_VENDORS: TerminalParts['vendors'] = { has: () => false, ask: nobody, take: nobody, sendMail: nobody, finish: nobody };

const SILENT: Log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

async function nobody(): Promise<never> {
  return await Promise.reject(new Error('Nothing can be done while the database is only read.'));
}

function say({ stderr }: Terminal, exitCode: number, says: readonly string[]): number {
  for (const sentence of says) stderr.write(`rollbot: ${sentence}\n`);
  return exitCode;
}
