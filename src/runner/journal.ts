import type { StreamId } from '../core/brand.ts';
import { claimsOf } from '../core/claims.ts';
import { FOLLOWS } from '../core/follows.ts';
import { JournalBroken } from '../core/journal-broken.ts';
import { KINDS, kindOf } from '../core/kinds.ts';
import type { AnyChange, Change, Kind, Kinds, RulesOf } from '../core/kinds.ts';
import type { Clock, Loaded, Log, Store, Write } from '../core/ports.ts';

export type Applied<K extends Kind = 'incident'> =
  | { readonly status: 'done'; readonly facts: readonly Kinds[K]['fact'][] }
  | { readonly status: 'refused'; readonly refusal: Kinds[K]['refusal'] }
  | { readonly status: 'held'; readonly key: string; readonly by: string; readonly since: number };

/** The one way to change a stream: load it, ask the rules, append what they say; again where somebody else was first. */
export type Journal = {
  apply<K extends Kind>(stream: StreamId<K>, command: Kinds[K]['command']): Promise<Applied<K>>;
  /** Several commands as one append: all of them or none. */
  applyAll<K extends Kind>(stream: StreamId<K>, commands: readonly Kinds[K]['command'][]): Promise<Applied<K>>;
  /** Commands to several streams, of whatever kinds, as one append; the facts are those of all of them. */
  applyTo(changes: readonly AnyChange[]): Promise<Applied<Kind>>;
  load<K extends Kind>(stream: StreamId<K>): Promise<Loaded<K>>;
  onChange(listener: (stream: StreamId<Kind>) => void): () => void;
};

export type JournalParts = {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  /** Hears the name of every refusal of what was asked. */
  readonly onRefusal?: (name: string) => void;
};

const MOST_CONFLICTS = 50;

/** Builds the journal's front door on a store. */
export function createJournal(parts: JournalParts): Journal {
  const { store, clock, log } = parts;
  const listeners = new Set<(stream: StreamId<Kind>) => void>();

  async function applyTo<K extends Kind>(changes: readonly Change<K>[]): Promise<Applied<K>> {
    for (let tries = 0; tries < MOST_CONFLICTS; tries += 1) {
      const drafts: Drafts = new Map();
      const facts: Kinds[K]['fact'][] = [];
      const follows: AnyChange[] = [];
      for (const change of changes) {
        const decided = await decideOn(parts, drafts, change);
        if ('refusal' in decided) {
          parts.onRefusal?.(decided.refusal.refusal);
          return { status: 'refused', refusal: decided.refusal };
        }
        facts.push(...decided.facts);
        follows.push(...decided.follows);
      }
      await follow(parts, drafts, follows);
      const made = [...drafts].map(([stream, { seq, facts: all }]): Write => ({ stream, expectedSeq: seq, facts: all }));
      const writes = made.filter((write) => write.facts.length > 0);
      if (writes.length === 0) return { status: 'done', facts };
      const result = await store.append(writes, claimsOf(facts), clock.now());
      if (result.status === 'held') return result;
      if (result.status === 'ok') {
        log.debug({ writes: writes.map(({ stream, facts: all }) => ({ stream, events: all.map(({ type }) => type) })) }, 'appended');
        for (const { stream } of writes) tell(stream);
        return { status: 'done', facts };
      }
    }
    const streams = changes.map(({ stream }) => stream).join(', ');
    throw new Error(`Somebody else wrote to ${streams} ${MOST_CONFLICTS} times in a row, so this was given up.`);
  }

  /** What is written is written: whoever hears of it and breaks must not make it look as if it were not. */
  function tell(stream: StreamId<Kind>): void {
    for (const listener of listeners) {
      try {
        listener(stream);
      } catch (error) {
        log.error({ stream, error }, 'somebody who heard of a change broke');
      }
    }
  }

  return {
    applyTo,
    applyAll: async (stream, commands) => await applyTo([{ stream, commands }]),
    apply: async (stream, command) => await applyTo([{ stream, commands: [command] }]),
    load: async (stream) => await store.load(stream),
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** A stream as it will be after the append, and what is to be written to it. */
type Draft = { readonly seq: number; readonly state: Kinds[Kind]['state']; readonly facts: readonly Kinds[Kind]['fact'][] };
type Drafts = Map<StreamId<Kind>, Draft>;
type Decided<K extends Kind> = { readonly facts: readonly Kinds[K]['fact'][]; readonly follows: readonly AnyChange[] };

/** Each command is decided in the state that the ones before it have made, also those of other changes to this stream. */
async function decideOn<K extends Kind>(
  { store, clock }: JournalParts,
  drafts: Drafts,
  { stream, commands }: Change<K>,
): Promise<Decided<K> | { readonly refusal: Kinds[K]['refusal'] }> {
  const kind = kindOf(stream);
  const rules: RulesOf<K> = KINDS[kind];
  const loaded = drafts.get(stream) ?? (await store.load(stream));
  if ('readOnly' in loaded && loaded.readOnly !== null) return { refusal: rules.refuseNewer(`It has an event "${loaded.readOnly}".`) };
  let state: Kinds[K]['state'] = loaded.state;
  const facts: Kinds[K]['fact'][] = [];
  for (const command of commands) {
    const now = clock.now();
    const decision = rules.decide(state, command, now);
    if ('refusal' in decision) return { refusal: decision };
    facts.push(...decision);
    for (const fact of decision) state = rules.evolve(state, { ...fact, at: now });
  }
  const before = 'facts' in loaded ? loaded.facts : [];
  drafts.set(stream, { seq: loaded.seq, state, facts: [...before, ...facts] });
  return { facts, follows: FOLLOWS[kind](state, facts) };
}

/** What follows in other streams, and from that in others again, never keeps from happening what it follows from. */
async function follow(parts: JournalParts, drafts: Drafts, first: readonly AnyChange[]): Promise<void> {
  const open = [...first];
  for (const change of open) {
    const decided = await decideOn<Kind>(parts, drafts, change).catch(refuseBroken);
    if ('refusal' in decided) parts.log.error({ stream: change.stream, ...decided }, 'what follows in this stream was refused');
    else open.push(...decided.follows);
  }
}

function refuseBroken(error: unknown): { readonly refusal: string } {
  if (error instanceof JournalBroken) return { refusal: error.message };
  throw error;
}
