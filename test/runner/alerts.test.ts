import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { realIds } from '../../src/clock.ts';
import type { Notice } from '../../src/core/alert/alert.ts';
import { QUARANTINE_ROW } from '../../src/core/alert/inbox.ts';
import { streamOf } from '../../src/core/alert/place.ts';
import type { AlertGroup } from '../../src/core/alert/state.ts';
import type { StreamId } from '../../src/core/brand.ts';
import type { Store } from '../../src/core/ports.ts';
import type { Settings } from '../../src/core/settings.ts';
import { STORM_STREAM } from '../../src/core/storm/state.ts';
import { createAlertOffice } from '../../src/runner/alerts/index.ts';
import type { AlertOffice } from '../../src/runner/alerts/index.ts';
import { createJournal } from '../../src/runner/journal.ts';
import { FOLDS, keepingLog, withoutKind } from '../contracts/store/subject.ts';
import type { Subject } from '../contracts/store/subject.ts';
import { acting } from '../core/incident/cast.ts';
import { alert, minute, MINUTE } from '../core/alert/scenes.ts';
import { ALERT_SETTINGS } from '../intake/alert-samples.ts';
import { settings } from '../slack/story.ts';
import { sqliteSubject } from '../store/place.ts';
import { createManualClock } from '../slack/manual-clock.ts';

let subject: Subject;
const offices: AlertOffice[] = [];

beforeEach(async () => {
  subject = await sqliteSubject(FOLDS);
});
afterEach(async () => {
  for (const { desk } of offices.splice(0)) await desk.stop();
  await subject.end();
});

function notice(group: string, ...alerts: readonly ReturnType<typeof alert>[]): Notice {
  return { source: 'prometheus', group, title: group, alerts, left: 0, at: minute(0) };
}

function office(store: Store, over: Partial<Settings> = {}): AlertOffice & { readonly clock: ReturnType<typeof createManualClock> } {
  const clock = createManualClock();
  const parts = { store, clock, ids: realIds, log: keepingLog([]) };
  const catalog = { settings: () => ({ ...settings, alerts: ALERT_SETTINGS, ...over }) };
  const made = createAlertOffice({
    ...parts,
    catalog,
    journal: createJournal(parts),
    hidden: async () => await Promise.resolve(['tr0ub4dor']),
  });
  offices.push(made);
  return { ...made, clock };
}

async function groupOf(store: Store, group: string): Promise<AlertGroup> {
  return (await store.load(streamOf({ source: 'prometheus', group }))).state as AlertGroup;
}

describe('what lies in the inbox becomes events', () => {
  test('many groups in one append, each with what was said of it in order; then nothing lies there', async () => {
    const appends: (readonly StreamId<string>[])[] = [];
    const store: Store = {
      ...subject.store,
      async append(writes, ...rest) {
        appends.push(writes.map(({ stream }) => stream));
        return await subject.store.append(writes, ...rest);
      },
    };
    const { inbox, desk } = office(store);
    await inbox.take([notice('a', alert('x', 0)), notice('b', alert('x', 0))], 10);
    await inbox.take([notice('a', alert('y', 0), alert('x', 0, 1))], 10);
    await desk.start();
    await expect.poll(async () => await store.pendingInbox()).toEqual([]);
    expect(appends).toEqual([[...['a', 'b'].map((group) => streamOf({ source: 'prometheus', group })), STORM_STREAM]]);
    expect(await groupOf(store, 'a')).toMatchObject({ status: 'open', episode: { fired: 2, resolved: 1 } });
  });

  test('what comes in one breath is one row, and each sender is told once it is on disk', async () => {
    const written: string[] = [];
    let fails = false;
    const store: Store = {
      ...subject.store,
      async accept(...row) {
        if (fails) throw new Error('disk full');
        written.push(row[0]);
        return await subject.store.accept(...row);
      },
    };
    const { inbox } = office(store);
    const takes = async (bytes: number): Promise<readonly unknown[]> =>
      await Promise.allSettled(['a', 'b', 'c'].map(async (group) => await inbox.take([notice(group, alert('x', 0))], bytes)));
    const taken = { status: 'fulfilled', value: 'taken' };
    expect(await takes(10)).toEqual([taken, taken, taken]);
    expect([written.length, (await store.pendingInbox()).map(({ body }) => body)]).toMatchObject([
      1,
      [[{ group: 'a' }, { group: 'b' }, { group: 'c' }]],
    ]);
    await takes(100_000);
    expect(written).toHaveLength(4);
    fails = true;
    expect(await takes(10)).toMatchObject([{ status: 'rejected' }, { status: 'rejected' }, { status: 'rejected' }]);
  });

  test('while more and more come in, they are let in between two bites', async () => {
    const { inbox, desk, clock } = office(subject.store);
    for (let index = 0; index < 10; index += 1) await inbox.take([notice(`group-${index}`, alert('x', 0))], 10);
    await desk.start();
    await expect.poll(async () => (await subject.store.pendingInbox()).length).toBe(6);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await subject.store.pendingInbox()).toHaveLength(6);
    await clock.pass(50);
    await expect.poll(async () => await subject.store.pendingInbox()).toEqual([]);
  });

  test('a bot that died before it forgot them does them again, and they are counted once', async () => {
    const dying: Store = { ...subject.store, dropInbox: async () => await Promise.reject(new Error('killed')) };
    const first = office(dying);
    await first.inbox.take([notice('a', alert('x', 0), alert('y', 0))], 10);
    await first.desk.start();
    await expect.poll(async () => (await groupOf(subject.store, 'a')).status).toBe('open');
    await first.desk.stop();
    const store = await subject.reopen();
    const second = office(store);
    await second.desk.start();
    await expect.poll(async () => await store.pendingInbox()).toEqual([]);
    expect(await groupOf(store, 'a')).toMatchObject({ episode: { number: 1, fired: 2 } });
  });

  test('what can not be written down now is written down later', async () => {
    let broken = true;
    const append: Store['append'] = async (...written) => {
      if (broken) throw new Error('disk full');
      return await subject.store.append(...written);
    };
    const { inbox, desk, clock } = office({ ...subject.store, append });
    await desk.start();
    await inbox.take([notice('a', alert('x', 0))], 10);
    await new Promise((resolve) => setImmediate(resolve));
    broken = false;
    await expect
      .poll(async () => {
        await clock.pass(2000);
        return (await groupOf(subject.store, 'a')).status;
      })
      .toBe('open');
  });

  test('a group whose journal is broken holds up no other, and what was for it is kept', async () => {
    const { inbox, desk } = office(subject.store);
    await desk.start();
    await inbox.take([notice('a', alert('x', 0))], 10);
    await expect.poll(async () => await subject.store.pendingInbox()).toEqual([]);
    const stream = streamOf({ source: 'prometheus', group: 'a' });
    await subject.meddle(`update events set body = '{}' where stream = '${stream}'`);
    await subject.meddle(`update streams set snapshot_version = 'old' where stream = '${stream}'`);
    await inbox.take([notice('a', alert('y', 0)), notice('b', alert('y', 0))], 10);
    await expect.poll(async () => (await groupOf(subject.store, 'b')).status).toBe('open');
    await expect
      .poll(async () => await subject.store.pendingInbox())
      .toMatchObject([{ kind: QUARANTINE_ROW, body: { source: 'prometheus' } }]);
  });

  test('a newer Rollbot has written of storms: groups open all the same', async () => {
    const first = office(subject.store);
    await first.inbox.take([notice('a', alert('x', 0))], 10);
    await first.desk.start();
    await expect.poll(async () => await subject.store.pendingInbox()).toEqual([]);
    await first.desk.stop();
    const store = await subject.reopen(withoutKind('storm'));
    const second = office(store);
    await second.desk.start();
    await second.inbox.take([notice('b', alert('x', 0))], 10);
    await expect.poll(async () => (await groupOf(store, 'b')).status).toBe('open');
  });
});

describe('a storm', () => {
  test('of thirty groups in one append: twenty are held back, in the group and in the count', async () => {
    const { inbox, desk, clock } = office(subject.store);
    const groups = Array.from({ length: 30 }, (_, index) => `group-${index}`);
    await inbox.take(
      groups.map((group) => notice(group, alert('x', 0), alert('y', 0))),
      10,
    );
    await desk.start();
    await expect.poll(async () => await subject.store.pendingInbox()).toEqual([]);
    const { state } = await subject.store.load(STORM_STREAM);
    expect(state).toMatchObject({ status: 'storm', storm: { number: 1, groups: 30, alerts: 60, heldBack: 20 } });
    const held = await Promise.all(groups.map(async (group) => (await groupOf(subject.store, group)).episode.storm));
    expect(held).toEqual(groups.map((_, index) => (index < 10 ? null : 1)));

    await inbox.take([notice('group-29', alert('x', 0, 1), alert('y', 0, 1))], 10);
    await expect.poll(async () => (await subject.store.load(STORM_STREAM)).state).toMatchObject({ storm: { resolved: 1 } });
    await expect
      .poll(async () => {
        await clock.pass(MINUTE);
        return (await subject.store.load(STORM_STREAM)).state.status;
      })
      .toBe('calm');
  });
});

describe('bounds', () => {
  test('more than can be worked off is not taken, until there is room again', async () => {
    const { inbox, desk } = office(subject.store);
    const size = 40 * 1024 * 1024;
    expect(await inbox.take([notice('a', alert('x', 0))], size)).toBe('taken');
    expect(await inbox.take([notice('b', alert('x', 0))], size)).toBe('full');
    await desk.start();
    await expect.poll(async () => await inbox.take([notice('b', alert('x', 0))], size)).toBe('taken');
  });

  test('the quarantine keeps the newest hundred, and a MiB of them', async () => {
    const { inbox } = office(subject.store);
    for (let index = 0; index < 105; index += 1) await inbox.quarantine({ source: 'shop', says: `no ${index}`, text: 'x' });
    const rows = await subject.store.pendingInbox({ kinds: [QUARANTINE_ROW] });
    expect([rows.length, rows[0]?.body]).toMatchObject([100, { says: 'no 5' }]);
    for (let index = 0; index < 30; index += 1)
      await inbox.quarantine({ source: 'shop', says: `long ${index}`, text: 'x'.repeat(2_000_000) });
    const long = await subject.store.pendingInbox({ kinds: [QUARANTINE_ROW] });
    expect(JSON.stringify(long.map(({ body }) => body)).length).toBeLessThanOrEqual(1024 * 1024 + 100);
    expect(long.at(-1)?.body).toMatchObject({ says: 'long 29', characters: 2_000_000 });
    expect((await subject.store.load(STORM_STREAM)).state).toMatchObject({ quarantine: { number: 1, says: 'no 0', kept: 1 } });
  });
});

test('what fires and what could not be read is shown to those who deal with it, without secrets', async () => {
  const { alerts, inbox, desk } = office(subject.store);
  await desk.start();
  await inbox.take([notice('a', alert('x', 0)), notice('b', alert('x', 0)), notice('b', alert('x', 0, 1))], 10);
  await expect.poll(async () => (await groupOf(subject.store, 'b')).status).toBe('closed');
  const text = `${'x'.repeat(195)} tr0ub4dor`;
  await inbox.quarantine({ source: 'shop', says: 'It is no JSON.', text });
  await inbox.quarantine({ source: 'shop', says: 'Again.', text: 'tr0ub4dor\n{' });
  const shown = await alerts.overview(acting('dana'));
  expect(shown).toMatchObject({
    status: 'shown',
    groups: [{ group: 'a' }],
    shut: [
      { says: 'Again.', begins: '[redacted] {', characters: 11 },
      { says: 'It is no JSON.', begins: `${'x'.repeat(195)} [red`, characters: text.length },
    ],
  });
  expect(await alerts.overview({ ...acting('dana'), roles: [] })).toMatchObject({
    status: 'refused',
    says: expect.stringMatching(/not in a role/),
  });
});

test('a group that can not be read keeps no other from what its time brings', async () => {
  const { alerts, inbox, desk, clock } = office(subject.store);
  await desk.start();
  await inbox.take([notice('a', alert('x', 0)), notice('b', alert('x', 0))], 10);
  await expect.poll(async () => (await groupOf(subject.store, 'b')).status).toBe('open');
  for (const group of ['a', 'b']) {
    const { episode } = await groupOf(subject.store, group);
    expect(await alerts.silence(episode.token, acting('dana'))).toMatchObject({ status: 'done' });
  }
  const [broken, other] = await subject.store.dueStreams((clock.now() + 61 * MINUTE) as ReturnType<typeof clock.now>);
  const load = subject.store.load.bind(subject.store);
  subject.store.load = async (stream) => {
    if ((stream as string) === broken) throw new Error('It can not be read.');
    return await load(stream);
  };
  await clock.pass(61 * MINUTE);
  await expect.poll(async () => (await load(other as StreamId<'alert'>)).state).toMatchObject({ silence: null });
});
