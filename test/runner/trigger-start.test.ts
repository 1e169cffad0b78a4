import { afterEach, beforeEach, expect, test } from 'vitest';
import type { IncidentId, Instant, RunId } from '../../src/core/brand.ts';
import type { Store } from '../../src/core/ports.ts';
import type { TriggerCommand } from '../../src/core/trigger/command.ts';
import { streamOf } from '../../src/core/trigger/rule.ts';
import { createJournal } from '../../src/runner/journal.ts';
import type { Journal } from '../../src/runner/journal.ts';
import { FOLDS, keepingLog, stream } from '../contracts/store/subject.ts';
import type { Subject } from '../contracts/store/subject.ts';
import { OPEN, T1, trusted } from '../core/trigger/scenes.ts';
import { sqliteSubject } from '../store/place.ts';

const RULE = trusted('auto');
const HERE = streamOf(RULE);
const ROLLBOT = { kind: 'rollbot' } as const;

let subject: Subject;
let now = 0;
let samples: { at: Instant; value: number; n: number }[] = [];

beforeEach(async () => {
  subject = await sqliteSubject(FOLDS);
  now = Date.parse('2026-03-29T00:58:00Z');
  samples = [];
});
afterEach(async () => {
  await subject.end();
});

test('two processes that see it fire open one incident between them and start one run', async () => {
  const rival = journalOn(await subject.second());
  let beaten = false;
  const store: Store = {
    ...subject.store,
    async append(...written) {
      // This one has decided to start; before it can write, the other one has.
      if (!beaten) expect(await startOn(rival, 'k1')).toMatchObject({ status: 'done' });
      beaten = true;
      return await subject.store.append(...written);
    },
  };
  for (const value of [0.01, ...Array.from({ length: 8 }, () => 0.4)]) {
    now += 15_000;
    const command = observed([value]);
    for (const journal of [journalOn(subject.store), rival]) await journal.apply(HERE, command);
  }
  expect(await startOn(journalOn(store), 'k2')).toMatchObject({ status: 'refused', refusal: { refusal: 'started-already' } });
  expect(await subject.store.streams()).toEqual([stream('k1')]);
  const types = (await subject.store.events(HERE)).map(({ event }) => event.type);
  expect(types.filter((type) => type === 'started' || type === 'watch-began')).toEqual(['watch-began', 'started']);
});

test('a bot that is started again in the middle of a hold goes on with it', async () => {
  let journal = journalOn(subject.store);
  for (let index = 0; index < 22; index += 1) {
    now += 15_000;
    await journal.apply(HERE, observed([0.07]));
    if (index !== 12) continue;
    samples = [];
    journal = journalOn(await subject.reopen());
  }
  expect((await journal.load(HERE)).state).toMatchObject({ watch: { judgement: { verdict: 'holding' }, firedAt: null } });
  // With the hold begun anew this would be too soon.
  for (let index = 0; index < 7; index += 1) {
    now += 15_000;
    await journal.apply(HERE, observed([0.07]));
  }
  expect((await journal.load(HERE)).state).toMatchObject({ watch: { judgement: { verdict: 'fire', reason: 'not-improving' } } });
});

/** A reading of now, with those before it. */
function observed(values: readonly number[]): TriggerCommand {
  samples.push(...values.map((value) => ({ at: now as Instant, value, n: 400 })));
  const readings = { error_rate: { samples: samples.slice(-30), gap: null } };
  return { kind: 'observe', rule: RULE, readings, baseline: null, unknown: null, watch: 'w1', token: T1 };
}

async function startOn(journal: Journal, name: string) {
  const gates = { ...OPEN, readAt: now as Instant, lastChangeAt: now as Instant };
  const incident = {
    kind: 'open-incident',
    incident: name as IncidentId,
    title: 'Error rate',
    by: ROLLBOT,
    drill: false,
    home: null,
  } as const;
  return await journal.applyTo([
    { stream: HERE, commands: [{ kind: 'note-started', run: name as RunId, procedure: 'cache', gates }] },
    { stream: stream(name), commands: [incident] },
  ]);
}

function journalOn(store: Store): Journal {
  const clock = { now: () => now as Instant, monotonicMs: () => now, after: () => () => undefined };
  return createJournal({ store, clock, log: keepingLog([]) });
}
