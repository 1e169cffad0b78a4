import { afterEach, expect, test } from 'vitest';
import type { StreamId, TokenId } from '../../../src/core/brand.ts';
import type { Alert } from '../../../src/core/alert/alert.ts';
import { acting } from '../../core/incident/cast.ts';
import { openTriggers } from './stage.ts';
import type { TriggerStage } from './stage.ts';

const STREAM = 'alert/grafana.1' as StreamId<'alert'>;

let stage: TriggerStage | null = null;
afterEach(async () => await stage?.close());

/** What Grafana says of a breach; each time that it fires anew it has begun now. */
async function grafanaSays(it: TriggerStage, status: Alert['status'], startsAt = it.clock.now(), alertname = 'Breach'): Promise<void> {
  const at = it.clock.now();
  const rest = { title: 'Breach', summary: null, target: null, value: null, link: null, endsAt: status === 'resolved' ? at : null };
  const alert = { key: 'k', status, startsAt, labels: { alertname }, ...rest };
  const notice = { source: 'grafana', group: '1', title: 'A stranger is in', alerts: [alert], left: 0, at };
  const limits = { groups: 10, withinMs: 600_000 };
  await it.journal.apply(STREAM, { kind: 'note-alerts', notice, token: `t${at}` as TokenId, limits });
  await it.clock.pass(60_000);
}

test('an alert that a route maps to a rule is reported to it, once for as long as it goes on, and people are asked', async () => {
  stage = await openTriggers({ mode: 'propose' });
  await stage.office.start();
  const began = stage.clock.now();
  await grafanaSays(stage, 'firing', began);
  await expect
    .poll(async () => (await stage!.watch('breach'))?.ask)
    .toMatchObject({ is: 'proposed', says: 'grafana reports: A stranger is in' });
  const ask = (await stage.watch('breach'))?.ask;
  const token = ask?.is === 'proposed' ? ask.token : ('' as TokenId);
  expect(await stage.office.triggers.callOff(token, acting('dana'))).toMatchObject({ status: 'done' });

  await grafanaSays(stage, 'firing', began);
  await grafanaSays(stage, 'firing', began);
  expect(await stage.watch('breach')).toBeNull();

  await grafanaSays(stage, 'resolved', began);
  await grafanaSays(stage, 'firing');
  await expect.poll(async () => (await stage!.watch('breach'))?.ask).toMatchObject({ is: 'proposed' });
  expect(await stage.runs()).toEqual([]);
});

test('an alert that no route maps to a rule is reported to none', async () => {
  stage = await openTriggers({ mode: 'propose' });
  await stage.office.start();
  await grafanaSays(stage, 'firing', stage.clock.now(), 'DiskFull');
  expect(await stage.watch('breach')).toBeNull();
});

test('what came in before an earlier process ended is reported at the start', async () => {
  stage = await openTriggers({ mode: 'propose' });
  await stage.office.stop();
  await grafanaSays(stage, 'firing');
  expect(await stage.watch('breach')).toBeNull();
  await stage.another().start();
  await expect.poll(async () => (await stage!.watch('breach'))?.ask).toMatchObject({ is: 'proposed' });
});

test('what is reported is contained at once where the rule says how, and nothing is restored', async () => {
  stage = await openTriggers({ mode: 'propose', contain: 'freeze' });
  await stage.office.start();
  await grafanaSays(stage, 'firing');
  await expect.poll(async () => (await stage!.watch('breach'))?.contained).toMatchObject({ procedure: 'freeze' });
  expect(await stage.runs()).toMatchObject([{ procedure: { id: 'freeze' }, startedBy: { kind: 'rollbot' } }]);
  expect((await stage.watch('breach'))?.ask).toMatchObject({ is: 'proposed' });
});

test('what may take something away by now contains nothing, and people read why', async () => {
  stage = await openTriggers({ mode: 'propose', contain: 'emergency' });
  await stage.office.start();
  await grafanaSays(stage, 'firing');
  await expect
    .poll(async () => (await stage!.watch('breach'))?.contained)
    .toMatchObject({ failed: expect.stringMatching(/may take something away/) });
  expect(await stage.runs()).toEqual([]);
});

test('dana has the rule of an alert watched, which points to the watch that runs after that; lee may not', async () => {
  stage = await openTriggers({ mode: 'propose' });
  await stage.office.start();
  await stage.probes(1, 60_000);
  await grafanaSays(stage, 'firing', stage.clock.now(), 'Down');
  const group = (await stage.journal.load(STREAM)).state;
  const token = group.status === 'none' ? ('' as TokenId) : group.episode.token;
  const { triggers } = stage.office;
  expect(await triggers.watch(token, { ...acting('lee'), roles: [] })).toMatchObject({
    status: 'refused',
    says: expect.stringMatching(/not in a role/),
  });
  expect(await triggers.watch(token, acting('dana'))).toMatchObject({ status: 'done', says: expect.stringMatching(/is watched now/) });
  expect(await triggers.watch(token, acting('dana'))).toMatchObject({ status: 'done', says: expect.stringMatching(/is watched already/) });
  expect(await stage.watch()).toMatchObject({ wanted: { name: 'dana' }, judgement: { verdict: 'clear' } });
  await stage.probes(1, 20 * 60_000);
  expect(await stage.watch()).not.toBeNull();
  await stage.probes(1, 12 * 60_000);
  expect(await stage.watch()).toBeNull();
  expect(await triggers.watch('nobody' as TokenId, acting('dana'))).toMatchObject({ status: 'refused' });
});

test('of an alert that only reports, nothing can be watched', async () => {
  stage = await openTriggers({ mode: 'propose' });
  await stage.office.start();
  await grafanaSays(stage, 'firing');
  const group = (await stage.journal.load(STREAM)).state;
  const token = group.status === 'none' ? ('' as TokenId) : group.episode.token;
  expect(await stage.office.triggers.watch(token, acting('dana'))).toMatchObject({
    status: 'refused',
    says: expect.stringMatching(/`triggers:`/),
  });
});

test('dana reports a breach, and people are asked as by an alert; lee may not, and nobody reports what no rule goes by', async () => {
  stage = await openTriggers({ mode: 'propose', contain: 'freeze' });
  await stage.office.start();
  const { triggers } = stage.office;
  const breach = { event: 'security-breach', target: null, says: 'A stranger reads the orders.' } as const;
  expect(await triggers.report(breach, { ...acting('lee'), roles: [] })).toMatchObject({ status: 'refused' });
  expect(await triggers.report({ ...breach, event: 'data-corruption' }, acting('dana'))).toMatchObject({
    status: 'refused',
    says: expect.stringMatching(/No rule of rollbot.yml goes by data-corruption/),
  });
  expect(await triggers.report({ ...breach, target: 'staging' }, acting('dana'))).toMatchObject({
    status: 'refused',
    says: expect.stringMatching(/The targets are production/),
  });
  expect(await triggers.report(breach, acting('dana'))).toMatchObject({ status: 'done', says: expect.stringMatching(/on production/) });
  expect(await triggers.report(breach, acting('dana'))).toMatchObject({
    status: 'refused',
    says: expect.stringMatching(/reported already/),
  });
  await expect
    .poll(async () => await stage!.watch('breach'))
    .toMatchObject({
      reported: { by: { name: 'dana' }, says: breach.says },
      ask: { is: 'proposed' },
      contained: { procedure: 'freeze' },
    });
  const ask = (await stage.watch('breach'))?.ask;
  const token = ask?.is === 'proposed' ? ask.token : ('' as TokenId);
  expect(await triggers.startNow(token, acting('dana'))).toMatchObject({
    status: 'refused',
    says: expect.stringMatching(/is held by freeze \(run \w+, started by Rollbot\)/),
  });
  const [incident] = await stage.store.streams();
  const [run] = await stage.runs();
  await stage.journal.apply(incident!, {
    kind: 'stop-run',
    run: run!.id,
    reason: null,
    ...acting('dana'),
  });
  await stage.journal.apply(incident!, { kind: 'hold-or-finish', run: run!.id, token: 'held' as TokenId });
  expect(await triggers.startNow(token, acting('dana'))).toMatchObject({ status: 'done', incident });
  expect(await stage.store.streams()).toEqual([incident]);
});

test('the alerts that speak for a rule belong to the incident of what it has started by itself, and no others do', async () => {
  stage = await openTriggers({ mode: 'auto' });
  const { alerts } = stage.settings;
  Object.assign(alerts ?? {}, {
    routes: [
      ...(alerts?.routes ?? []),
      { match: { alertname: 'Down' }, target: 'production', procedures: ['emergency'], triggers: ['outage'] },
    ],
  });
  await stage.office.start();
  await stage.probes(1, 60_000);
  await grafanaSays(stage, 'firing', stage.clock.now(), 'Down');
  const other = 'alert/grafana.2' as StreamId<'alert'>;
  await stage.journal.apply(other, {
    kind: 'note-alerts',
    notice: { ...(await noticeOf(stage)), group: '2', title: 'The disk fills' },
    token: 'other' as TokenId,
    limits: { groups: 10, withinMs: 600_000 },
  });
  await stage.probes(0, 5 * 60_000);
  const [incident] = await stage.store.streams({});
  expect((await stage.store.load(STREAM)).state).toMatchObject({ incident: { stream: incident, by: { kind: 'rollbot' } } });
  expect((await stage.store.load(other)).state).toMatchObject({ incident: null });
  expect((await stage.store.load(incident!)).state).toMatchObject({
    record: { alerts: [{ source: 'grafana', title: 'A stranger is in' }] },
  });
});

/** Of another alert, which no route maps to a rule. */
async function noticeOf({ clock }: TriggerStage) {
  const at = await Promise.resolve(clock.now());
  const rest = { title: 'Disk', summary: null, target: null, value: null, link: null, endsAt: null };
  return {
    source: 'grafana',
    alerts: [{ key: 'd', status: 'firing', startsAt: at, labels: { alertname: 'DiskFull' }, ...rest }],
    left: 0,
    at,
  } as const;
}

test('a token that slips into what a person reports is written down nowhere', async () => {
  stage = await openTriggers({ mode: 'propose' });
  const report = { event: 'security-breach', target: null, says: 'found xoxb-12345-abcdefABCDEF in a log' } as const;
  expect(await stage.office.triggers.report(report, acting('dana'))).toMatchObject({ status: 'done' });
  expect((await stage.watch('breach'))?.reported).toMatchObject({ says: 'found [redacted] in a log' });
});
