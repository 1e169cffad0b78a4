import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Instant, RunId, StepId, StreamId } from '../src/core/brand.ts';
import type { IncidentFact } from '../src/core/incident/event.ts';
import { KINDS } from '../src/core/kinds.ts';
import type { PlannedStep } from '../src/core/procedure/planned-step.ts';
import type { Store } from '../src/core/ports.ts';
import { openSqliteStore } from '../src/store/index.ts';
import { digest, opened, started } from '../test/contracts/store/happenings.ts';

const BUSY = 'incident/busy' as StreamId;
const RUN = 'r1' as RunId;
const STEP = 'step-1' as StepId;
const OPTIONS = { time: 2000, warmupTime: 300 };

// On a machine with nothing else to do the median stays below these; on a busy one only the best sample can be relied on.
const APPEND_MS = 3;
const LOAD_MS = 1;

let folder: string;
let store: Store;
let bare: Database.Database;
let seq = 0;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'rollbot-bench-'));
  store = await openSqliteStore({ file: path.join(folder, 'rollbot.db'), folds: KINDS, owner: { pid: process.pid, startedAt: 0 } });
  bare = new Database(path.join(folder, 'bare.db'));
  for (const pragma of ['journal_mode = wal', 'synchronous = full']) bare.pragma(pragma);
  bare.exec('create table bytes (bytes text)');
  await append([opened(), ...busyRun()]);
});

afterAll(async () => {
  await store.close();
  bare.close();
  await rm(folder, { recursive: true });
});

test('append: two events to an incident with a run of twelve steps', async ({ bench }) => {
  const state = JSON.stringify((await store.load(BUSY)).state);
  const insert = bare.prepare('insert into bytes values (?)');
  const result = await bench.compare(
    bench('two events, snapshot, lookups', async () => {
      const facts: IncidentFact[] = [
        { type: 'step-process', run: RUN, step: STEP, attempt: 1, pgid: 4711, processStartedAt: '12345' },
        { type: 'settings-changed', run: RUN, what: 'target', now: null },
      ];
      await append(facts);
    }),
    bench('one bare commit of as many bytes', () => {
      insert.run(state);
    }),
    OPTIONS,
  );
  expect(result.get('two events, snapshot, lookups').latency.min).toBeLessThan(APPEND_MS);
});

test('read: the same incident', async ({ bench }) => {
  const result = await bench.compare(
    bench('load from its snapshot', async () => {
      await store.load(BUSY);
    }),
    bench('what is due, and when next', async () => {
      await store.dueStreams(1 as Instant);
      await store.nextDueAt();
    }),
    OPTIONS,
  );
  expect(result.get('load from its snapshot').latency.min).toBeLessThan(LOAD_MS);
});

async function append(facts: readonly IncidentFact[]): Promise<void> {
  const answer = await store.append([{ stream: BUSY, expectedSeq: seq, facts }], {}, 1 as Instant);
  if (answer.status !== 'ok') throw new Error(answer.status);
  seq = answer.seqs[BUSY]!;
}

/** A run of twelve steps with scripts of some length, all of them done but one. */
function busyRun(): readonly IncidentFact[] {
  const script = '# clears the warmed entries, in small batches\n'.repeat(12);
  const steps = Array.from({ length: 12 }, (_, index): PlannedStep => {
    const action = { kind: 'shell', script, env: { REF: '${params.ref}' }, exit: [0] } as const;
    const id = `step-${index}` as StepId;
    return {
      id,
      phase: 'step',
      title: `Step ${index}`,
      effect: 'destructive',
      probe: { action },
      timeoutMs: 60_000,
      after: [],
      outputs: {},
    };
  });
  const start = started('r1') as Extract<IncidentFact, { type: 'run-started' }>;
  const action = { kind: 'shell', script, env: { REF: 'abc' }, exit: [0] } as const;
  const done = steps.slice(2).flatMap(({ id }): IncidentFact[] => [
    { type: 'step-intended', ...attempt(id), digest: digest(id), action },
    { type: 'step-finished', ...attempt(id), outcome: 'ok', says: 'It went well.', outputs: {}, durationMs: 900 },
  ]);
  const intended: IncidentFact = { type: 'step-intended', ...attempt(STEP), digest: digest(STEP), action };
  return [{ ...start, procedure: { ...start.procedure, steps } }, ...done, intended];
}

function attempt(step: StepId) {
  return { run: RUN, step, attempt: 1, executor: '1-a' };
}
