import { afterEach, beforeEach, expect, test } from 'vitest';
import { realClock as clock, realIds as ids } from '../../src/clock.ts';
import type { Steps } from '../../src/core/ports.ts';
import { createJournal } from '../../src/runner/journal.ts';
import { createPerformer } from '../../src/runner/performer.ts';
import { sqliteSubject } from '../store/place.ts';
import { FOLDS } from '../contracts/store/subject.ts';
import type { Subject } from '../contracts/store/subject.ts';
import { step } from '../core/incident/plans.ts';
import { begin, createStage, lose } from '../core/incident/stage.ts';

const log = { debug() {}, info() {}, warn() {}, error() {} };
const orphans = { watch() {}, end() {} };
const access = () => ({ env: {}, secret: async () => await Promise.resolve('') });
let subject: Subject;
beforeEach(async () => void (subject = await sqliteSubject(FOLDS)));
afterEach(async () => await subject.end());

test.each([
  ['what it asks', { action: { kind: 'run', argv: ['same', '${steps.restore.commit}'], exit: [0] } }],
  ['what it expects', { action: { kind: 'run', argv: ['version'], exit: [0] }, expect: { equals: '${steps.restore.commit}' } }],
] as const)('a check that lacks a value in %s can not tell, and is not asked again and again', async (_what, check) => {
  const stage = createStage();
  stage.open();
  stage.start([step('deploy', { check })]);
  const asked: string[] = [];
  const steps: Steps = {
    perform: async ({ step: id }) => await Promise.resolve(asked.push(id)).then(() => ({ status: 'ok', says: 'done', outputs: {} })),
    isAlive: async () => await Promise.resolve(false),
    kill: async () => {},
  };
  const { store } = subject;
  const performer = createPerformer({ store, journal: createJournal({ store, clock, log }), steps, clock, ids, log, orphans, access });
  expect(await performer.check(stage.run(), stage.step('deploy'))).toMatchObject({ done: null, says: expect.stringContaining('commit') });
  expect(asked).toEqual([]);
});

test('a check says of a step whose result was lost that it happened, and before a step that there is nothing to do', async () => {
  const stage = createStage();
  stage.open();
  stage.start([step('deploy', { effect: 'guarded', check: { action: { kind: 'run', argv: ['same'], exit: [0] } } })]);
  const steps: Steps = {
    perform: async () => await Promise.resolve({ status: 'ok', says: 'It is v2.', outputs: {} }),
    isAlive: async () => await Promise.resolve(false),
    kill: async () => {},
  };
  const { store } = subject;
  const performer = createPerformer({ store, journal: createJournal({ store, clock, log }), steps, clock, ids, log, orphans, access });
  const says = async () => (await performer.check(stage.run(), stage.step('deploy'))).says;
  expect(await says()).toBe('nothing to do: It is v2.');
  stage.accept({
    kind: 'note-check',
    run: stage.run().id,
    step: stage.step('deploy').plan.id,
    attempt: 1,
    done: false,
    says: 'no',
    outputs: {},
  });
  begin(stage, 'deploy');
  lose(stage, 'deploy');
  expect(await says()).toBe('it happened: It is v2.');
});
