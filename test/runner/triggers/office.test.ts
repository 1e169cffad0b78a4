import { afterEach, expect, test } from 'vitest';
import type { StreamId, TokenId } from '../../../src/core/brand.ts';
import { createJournal } from '../../../src/runner/journal.ts';
import { keepingLog } from '../../contracts/store/subject.ts';
import { acting } from '../../core/incident/cast.ts';
import { openTriggers } from './stage.ts';
import type { Plot, TriggerStage } from './stage.ts';

const MINUTE = 60_000;

let stage: TriggerStage | null = null;
afterEach(async () => await stage?.close());

async function open(plot: Plot): Promise<TriggerStage> {
  stage = await openTriggers(plot);
  await stage.office.start();
  await stage.probes(1, MINUTE);
  return stage;
}

test('an outage starts one run by itself where the rule is trusted to, and that run waits for its approval', async () => {
  const it = await open({ mode: 'auto' });
  await it.probes(0, 2 * MINUTE);
  expect(await it.runs()).toEqual([]);
  await it.probes(0, 3 * MINUTE);
  expect(await it.runs()).toMatchObject([
    {
      procedure: { id: 'emergency' },
      target: { name: 'production' },
      params: { ref: 'a'.repeat(40) },
      startedBy: { kind: 'rollbot' },
      reason: expect.stringContaining('No answer for more than 2 minutes'),
      progress: { status: 'running' },
    },
  ]);
  expect((await it.watch())?.ask).toMatchObject({ is: 'started', procedure: 'emergency', by: { kind: 'rollbot' } });
});

test('two processes give one start', async () => {
  const it = await open({ mode: 'auto' });
  await it.another().start();
  await it.probes(0, 5 * MINUTE);
  expect(await it.runs()).toHaveLength(1);
});

test('a restart in the middle of the hold goes on with it', async () => {
  const it = await open({ mode: 'auto' });
  await it.probes(0, 2 * MINUTE);
  await it.office.stop();
  await it.another().start();
  await it.probes(0, MINUTE);
  expect(await it.runs()).toHaveLength(1);
});

test.each([
  ['shadow', null],
  ['propose', 'proposed'],
] as const)('a rule on %s starts nothing', async (mode, asked) => {
  const it = await open({ mode });
  await it.probes(0, 5 * MINUTE);
  expect(await it.runs()).toEqual([]);
  expect((await it.watch())?.firedAt).not.toBeNull();
  expect((await it.watch())?.ask.is ?? null).toBe(asked ?? 'nothing');
});

test.each<[string, Omit<Plot, 'mode'>, RegExp]>([
  ['no version is verified to go back to', { verified: false }, /v1\.4\.2 is not verified/],
  [
    'the target is in maintenance',
    { maintenance: [{ from: '2026-11-24T00:00:00Z', to: '2026-11-25T00:00:00Z', because: 'the database moves' }] },
    /frozen: the database moves/,
  ],
])('where %s, people are asked instead', async (_why, plot, says) => {
  const it = await open({ mode: 'auto', ...plot });
  await it.probes(0, 5 * MINUTE);
  expect(await it.runs()).toEqual([]);
  expect((await it.watch())?.ask).toMatchObject({ is: 'proposed', says: expect.stringMatching(says) });
});

test('a countdown begins to count when it was shown, and starts after that', async () => {
  const it = await open({ mode: 'countdown' });
  await it.probes(0, 3 * MINUTE);
  const token = await countdown(it);
  await it.office.triggers.noteShown(token);
  await it.probes(0, 45_000);
  expect(await it.runs()).toEqual([]);
  await it.probes(0, 45_000);
  expect(await it.runs()).toHaveLength(1);
});

test('a countdown that nobody could be shown becomes a proposal', async () => {
  const it = await open({ mode: 'countdown' });
  await it.probes(0, 3 * MINUTE);
  await countdown(it);
  await it.probes(0, 2 * MINUTE);
  expect((await it.watch())?.ask).toMatchObject({ is: 'proposed', why: 'not-shown' });
  expect(await it.runs()).toEqual([]);
});

test('a bot that was away for hours starts nothing by what it knew before, and asks', async () => {
  const it = await open({ mode: 'countdown' });
  await it.probes(0, 3 * MINUTE);
  await it.office.triggers.noteShown(await countdown(it));
  await it.office.stop();
  await it.clock.pass(3 * 60 * MINUTE);
  await it.another().start();
  await it.probes(1, 0);
  await expect.poll(async () => (await it.watch())?.ask).toMatchObject({ is: 'proposed', why: 'readings-old' });
  expect(await it.runs()).toEqual([]);
});

test('what can not start asks people, and does not start later by itself', async () => {
  const it = await open({ mode: 'auto', lonely: true });
  await it.probes(0, 10 * MINUTE);
  expect(await it.runs()).toEqual([]);
  expect((await it.watch())?.ask).toMatchObject({
    is: 'proposed',
    why: 'could-not-start',
    says: expect.stringMatching(/Nobody could approve/),
  });
});

test('a button of something that is over neither starts nor calls off what is watched now', async () => {
  const it = await open({ mode: 'propose' });
  await it.probes(0, 5 * MINUTE);
  const ask = (await it.watch())?.ask;
  const token = ask?.is === 'proposed' ? ask.token : ('' as TokenId);
  await it.probes(1, 5 * MINUTE);
  await it.probes(0, 5 * MINUTE);
  expect((await it.watch())?.ask.is).toBe('proposed');
  expect(await it.office.triggers.startNow(token, acting('dana'))).toMatchObject({ status: 'refused' });
  expect(await it.office.triggers.callOff(token, acting('dana'))).toMatchObject({ status: 'refused' });
  expect((await it.watch())?.ask.is).toBe('proposed');
});

test('dana stops a countdown, and lee may not; nothing starts after that', async () => {
  const it = await open({ mode: 'countdown' });
  await it.probes(0, 3 * MINUTE);
  const token = await countdown(it);
  await it.office.triggers.noteShown(token);
  expect(await it.office.triggers.veto(token, { ...acting('dana'), roles: [] })).toMatchObject({ status: 'refused' });
  expect(await it.office.triggers.veto(token, acting('dana'))).toMatchObject({ status: 'done' });
  await it.probes(0, 10 * MINUTE);
  expect(await it.runs()).toEqual([]);
});

test('dana starts what is proposed, once', async () => {
  const it = await open({ mode: 'propose' });
  await it.probes(0, 5 * MINUTE);
  const ask = (await it.watch())?.ask;
  const token = ask?.is === 'proposed' ? ask.token : ('' as TokenId);
  expect(await it.office.triggers.startNow(token, acting('dana'))).toMatchObject({ status: 'done' });
  expect(await it.office.triggers.startNow(token, acting('dana'))).toMatchObject({ status: 'refused' });
  expect(await it.runs()).toMatchObject([{ startedBy: { name: 'dana' }, reason: expect.stringContaining('No answer') }]);
});

test('what people were shown in a countdown is what starts, or nothing', async () => {
  const it = await open({ mode: 'countdown', procedure: 'last-changed' });
  await it.probes(0, 3 * MINUTE);
  const token = await countdown(it);
  await it.office.triggers.noteShown(token);
  Object.assign(it.settings.targets['production']!.deployables!['worker:api']!, { procedure: 'freeze' });
  expect(await it.office.triggers.find(token)).toMatchObject({ procedure: 'emergency' });
  await it.probes(0, 2 * MINUTE);
  expect(await it.runs()).toEqual([]);
  expect((await it.watch())?.ask).toMatchObject({
    is: 'proposed',
    why: 'procedure-changed',
    says: expect.stringMatching(/it would be freeze/),
  });
});

test.each([
  [
    'the rule',
    'rule-gone',
    (it: TriggerStage) => Object.assign(it.settings.triggers!, { outage: { ...it.settings.triggers!['outage'], targets: [] } }),
  ],
  [
    'its metric',
    'metric-gone',
    (it: TriggerStage) =>
      Object.assign(it.settings.triggers!['outage']!, { when: { ...it.settings.triggers!['outage']!.when, metric: 'other' } }),
  ],
] as const)('rollbot.yml loses %s: the watch that nothing would end is over', async (_what, how, edit) => {
  const it = await open({ mode: 'propose' });
  await it.probes(0, 5 * MINUTE);
  edit(it);
  await it.probes(0, MINUTE);
  expect(await it.watch()).toBeNull();
  const { state } = await it.journal.load('trigger/production/outage' as StreamId<'trigger'>);
  expect(state).toMatchObject({ last: { how, score: null } });
});

test('when all is well again the watch is over, and what people made of it is counted', async () => {
  const it = await open({ mode: 'propose' });
  await it.probes(0, 5 * MINUTE);
  await it.probes(1, 3 * MINUTE);
  expect(await it.watch()).toBeNull();
  expect(await it.office.triggers.list()).toMatchObject([
    { state: { status: 'quiet', scores: { ignored: 1 } } },
    { state: { status: 'none' } },
  ]);
});

test('a run that ended while nobody told its rule is told of when the bot starts again', async () => {
  const it = await open({ mode: 'auto' });
  await it.probes(0, 5 * MINUTE);
  await it.office.stop();
  const [run] = await it.runs();
  const [incident] = await it.store.streams();
  if (!run || !incident) throw new Error('Nothing was started.');
  const journal = createJournal({ store: it.store, clock: it.clock, log: keepingLog([]) });
  await journal.apply(incident, { kind: 'stop-run', run: run.id, reason: null, ...acting('dana'), roles: run.deciders });
  await journal.apply(incident, { kind: 'hold-or-finish', run: run.id, token: 't9' as TokenId });
  expect((await it.runs())[0]?.progress).toMatchObject({ status: 'finished' });
  await it.another().start();
  await it.probes(0, MINUTE);
  expect((await it.watch())?.ask).toMatchObject({ is: 'started', ended: { outcome: 'stopped' } });
  await it.probes(1, 5 * MINUTE);
  expect(await it.watch()).toBeNull();
});

async function countdown(it: TriggerStage): Promise<TokenId> {
  const ask = (await it.watch())?.ask;
  if (ask?.is !== 'countdown') throw new Error(`No countdown runs: ${JSON.stringify(ask)} ${it.log.join('\n')}`);
  return ask.token;
}
