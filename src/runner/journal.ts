import type { RunId, StreamId } from '../core/brand.ts';
import type { Command } from '../core/incident/command.ts';
import { decide, isRefusal } from '../core/incident/decide.ts';
import type { IncidentFact } from '../core/incident/event.ts';
import { refuse } from '../core/incident/refusal.ts';
import type { Refusal } from '../core/incident/refusal.ts';
import { evolve } from '../core/incident/evolve.ts';
import type { ClaimChange, Clock, Loaded, Log, Store } from '../core/ports.ts';

export type Applied =
  | { readonly status: 'done'; readonly facts: readonly IncidentFact[] }
  | { readonly status: 'refused'; readonly refusal: Refusal }
  | { readonly status: 'held'; readonly key: string; readonly by: string; readonly since: number };

/** The one way to change a stream: load it, ask the rules, append what they say; again where somebody else was first. */
export type Journal = {
  apply(stream: StreamId, command: Command): Promise<Applied>;
  /** Several commands as one append: all of them or none. */
  applyAll(stream: StreamId, commands: readonly Command[]): Promise<Applied>;
  load(stream: StreamId): Promise<Loaded>;
  onChange(listener: (stream: StreamId) => void): () => void;
};

const MOST_CONFLICTS = 50;

/** Builds the journal's front door on a store. */
export function createJournal({ store, clock, log }: { store: Store; clock: Clock; log: Log }): Journal {
  const listeners = new Set<(stream: StreamId) => void>();

  async function applyAll(stream: StreamId, commands: readonly Command[]): Promise<Applied> {
    for (let tries = 0; tries < MOST_CONFLICTS; tries += 1) {
      const loaded = await store.load(stream);
      if (loaded.readOnly !== null)
        return { status: 'refused', refusal: refuse('written-by-newer', `It has an event "${loaded.readOnly}".`) };
      const facts = decideAll(loaded, commands, clock);
      if ('refusal' in facts) return { status: 'refused', refusal: facts };
      if (facts.length === 0) return { status: 'done', facts };
      const result = await store.append([{ stream, expectedSeq: loaded.seq, facts }], claimsOf(facts), clock.now());
      if (result.status === 'held') return result;
      if (result.status === 'read-only') return { status: 'refused', refusal: refuse('written-by-newer') };
      if (result.status === 'ok') {
        log.debug({ stream, events: facts.map((fact) => fact.type) }, 'appended');
        for (const listener of listeners) listener(stream);
        return { status: 'done', facts };
      }
    }
    throw new Error(`Somebody else wrote to ${stream} ${MOST_CONFLICTS} times in a row, so this was given up.`);
  }

  return {
    applyAll,
    apply: async (stream, command) => await applyAll(stream, [command]),
    load: async (stream) => await store.load(stream),
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** Each command is decided in the state that the ones before it have made. */
function decideAll(loaded: Loaded, commands: readonly Command[], clock: Clock): readonly IncidentFact[] | Refusal {
  let state = loaded.state;
  const all: IncidentFact[] = [];
  for (const command of commands) {
    const now = clock.now();
    const decision = decide(state, command, now);
    if (isRefusal(decision)) return decision;
    all.push(...decision);
    for (const fact of decision) state = evolve(state, { ...fact, at: now });
  }
  return all;
}

/** A run takes what it locks when it starts, and gives it back when it is finished. */
function claimsOf(facts: readonly IncidentFact[]): ClaimChange {
  const take: { key: string; holder: RunId }[] = [];
  const giveBack: RunId[] = [];
  for (const fact of facts) {
    if (fact.type === 'run-started')
      take.push(...fact.procedure.locks.map((key) => ({ key: claimKey(fact.target.name, key), holder: fact.run })));
    if (fact.type === 'run-finished') giveBack.push(fact.run);
  }
  return { take, giveBack };
}

/** What is claimed is a thing on a target: `production/worker:api`. */
function claimKey(target: string, lock: string): string {
  return `${target}/${lock}`;
}
