import { afterEach, beforeEach, expect, test } from 'vitest';
import type { RunId, StepId, TokenId } from '../../src/core/brand.ts';
import type { Command } from '../../src/core/incident/command.ts';
import type { IncidentFact } from '../../src/core/incident/event.ts';
import type { Store } from '../../src/core/ports.ts';
import { createJournal } from '../../src/runner/journal.ts';
import { opened, started } from '../contracts/store/happenings.ts';
import { at, component, FOLDS, keepingLog, stream, withoutKind, write } from '../contracts/store/subject.ts';
import type { Subject } from '../contracts/store/subject.ts';
import { step } from '../core/incident/plans.ts';
import { sqliteSubject } from '../store/place.ts';

const A = stream('a');
const API = component('worker:api');
const RUN = 'r1' as RunId;
const END: Command = { kind: 'hold-or-finish', run: RUN, token: 't1' as TokenId };
const DEPLOY = step('deploy', { releases: { deployable: 'worker:api', version: 'v1', insteadOf: 'v2' } });

let subject: Subject;

beforeEach(async () => {
  subject = await sqliteSubject(FOLDS);
  await write(subject.store, API, [{ type: 'version-running', version: 'v2', how: 'reading', run: null }]);
  await write(subject.store, A, [opened(), withDeploy(started(RUN)), deployed()]);
});
afterEach(async () => {
  await subject.end();
});

test('a run that ends verified and what it did to a release are one append', async () => {
  const appends: number[] = [];
  const store: Store = {
    ...subject.store,
    async append(writes, ...rest) {
      appends.push(writes.length);
      return await subject.store.append(writes, ...rest);
    },
  };
  expect(await ended(store)).toBe('verified');
  expect(appends).toEqual([2]);
  expect((await store.load(API)).state).toMatchObject({ running: 'v1', holds: [{ versions: ['v2'], run: RUN }] });
});

test('a registry that a newer Rollbot has written keeps no run from its end', async () => {
  const store = await subject.reopen(withoutKind('component'));
  expect(await ended(store)).toBe('verified');
  expect(await store.events(API)).toHaveLength(1);
});

test('a registry whose journal is broken keeps no run from its end', async () => {
  await subject.meddle(`update events set body = '{}' where stream = '${API}'`);
  await subject.meddle(`update streams set snapshot_version = 'old' where stream = '${API}'`);
  expect(await ended(subject.store)).toBe('verified');
});

async function ended(store: Store): Promise<string | undefined> {
  const clock = { now: () => at(2000), monotonicMs: () => 2000, after: () => () => undefined };
  const applied = await createJournal({ store, clock, log: keepingLog([]) }).apply(A, END);
  const facts = applied.status === 'done' ? applied.facts : [];
  return facts.find((fact) => fact.type === 'run-finished')?.outcome;
}

function withDeploy(fact: IncidentFact): IncidentFact {
  return fact.type === 'run-started' ? { ...fact, procedure: { ...fact.procedure, steps: [DEPLOY] } } : fact;
}

function deployed(): IncidentFact {
  const result = { says: 'deployed', outputs: {}, durationMs: 1 } as const;
  return { type: 'step-finished', run: RUN, step: 'deploy' as StepId, attempt: 1, executor: 'e1', outcome: 'ok', ...result };
}
