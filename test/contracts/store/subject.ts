import type { Instant, StreamId } from '../../../src/core/brand.ts';
import type { IncidentEvent } from '../../../src/core/incident/event.ts';
import { INCIDENT } from '../../../src/core/incident/kind.ts';
import type { IncidentState } from '../../../src/core/incident/state.ts';
import { KINDS } from '../../../src/core/kinds.ts';
import type { Kind, Kinds } from '../../../src/core/kinds.ts';
import type { AppendResult, ClaimChange, Log, Store } from '../../../src/core/ports.ts';
import type { Fold, Folds } from '../../../src/store/index.ts';

/** A store under test, and what a test may do behind its back. */
export type Subject = {
  readonly store: Store;
  /** Another handle on the same data, as another process would have it. */
  second(): Promise<Store>;
  /** Closes the store and opens its data again. */
  reopen(folds?: Folds): Promise<Store>;
  /** Changes the tables directly. */
  meddle(sql: string): Promise<void>;
  /** What was logged as a warning or an error so far. */
  readonly logged: readonly string[];
  end(): Promise<void>;
};

export type MakeSubject = (folds: Folds) => Promise<Subject>;

/** The real rules of incidents, except that one is due at the time that stands in its `home`. */
export const FOLD: Fold<IncidentState, IncidentEvent> = {
  ...INCIDENT,
  nextDueAt: (state) => (state.status === 'open' && state.home !== null ? (Number(state.home) as Instant) : null),
  version: 'test-1',
};
/** With the real rules of every other kind. */
export const FOLDS: Folds = { ...KINDS, incident: FOLD };

/** A later version of the incident's fold, which writes titles in capitals and owes everything at 77. */
export const LATER_FOLDS: Folds = foldsWith({
  ...FOLD,
  evolve: (state, event) => FOLD.evolve(state, event.type === 'incident-opened' ? { ...event, title: event.title.toUpperCase() } : event),
  nextDueAt: () => at(77),
  version: 'test-2',
});

/** A version of the incident's fold that does not know these types. */
export function withoutTypes(...types: readonly string[]): Folds {
  return foldsWith({ ...FOLD, version: `test-without-${types.join('-')}`, knows: (type) => FOLD.knows(type) && !types.includes(type) });
}

/** The same folds with another one for incidents. */
export function foldsWith(incident: Fold<IncidentState, IncidentEvent>): Folds {
  return { ...FOLDS, incident };
}

/** An older Rollbot, which has never heard of a kind. */
export function withoutKind(kind: Kind): Folds {
  return Object.fromEntries(Object.entries(FOLDS).filter(([each]) => each !== kind)) as Folds;
}

export function at(ms: number): Instant {
  return ms as Instant;
}

export function stream(name: string): StreamId {
  return `incident/${name}` as StreamId;
}

export function component(name: string): StreamId<'component'> {
  return `component/staging/${name}` as StreamId<'component'>;
}

/** Appends to one stream at what is now its end; fails the test unless that goes well. */
export async function write<K extends Kind>(
  store: Store,
  id: StreamId<K>,
  facts: readonly Kinds[K]['fact'][],
  now = 1000,
  claims: ClaimChange = {},
): Promise<number> {
  const { seq } = await store.load(id);
  const result = await store.append([{ stream: id, expectedSeq: seq, facts }], claims, at(now));
  if (result.status !== 'ok') throw new Error(`The append was answered with ${result.status}.`);
  return result.seqs[id] ?? 0;
}

/** The events of a stream, with the types and times that most tests are about. */
export async function timesOf(store: Store, id: StreamId): Promise<readonly [IncidentEvent['type'], number][]> {
  return (await store.events(id)).map(({ event }) => [event.type, event.at]);
}

/** A log that keeps the messages of warnings and errors. */
export function keepingLog(kept: string[]): Log {
  const keep = (_: object, message: string): void => void kept.push(message);
  return { debug: () => undefined, info: () => undefined, warn: keep, error: keep };
}

/** How many appends were answered in which way. */
export function tally(results: readonly AppendResult[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { status } of results) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}
