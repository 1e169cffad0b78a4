import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Instant } from '../../src/core/brand.ts';
import { begunKey } from '../../src/slack/entries/ordering.ts';
import type { Incoming } from '../../src/slack/incoming.ts';
import { channelId, openHouse } from './house.ts';
import type { House } from './house.ts';

let house: House;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(async () => {
  await house.close();
});

const OPS = { in: '#ops' };

/** What was on disk when the bot died before it could deal with it. */
async function leftBehind(entry: string, more: Partial<Incoming>, agoMs = 1000): Promise<Incoming> {
  const at = (house.clock.now() - agoMs) as Instant;
  const caller = { user: house.emulator.person('dana').id, team: house.installation.teamId, userTeam: null, app: house.installation.appId };
  const incoming: Incoming = {
    key: `left ${entry}`,
    entry,
    caller,
    channel: channelId(house.emulator, 'ops'),
    text: '',
    responseUrl: null,
    trigger: null,
    view: null,
    at,
    ...more,
  };
  await house.store.accept(incoming.key, entry, incoming, at);
  return incoming;
}

async function settledInbox(): Promise<void> {
  await expect.poll(async () => await house.store.pendingInbox()).toEqual([]);
}

describe('what a crash has left in the inbox', () => {
  test('a click is decided again', async () => {
    await leftBehind('action approve', { text: 'T-approve' }, 60 * 60_000);
    await house.reopens();
    await settledInbox();
    expect(house.asked.act).toMatchObject([{ kind: 'approve', token: 'T-approve', by: { name: 'dana' } }]);
  });

  test('a denial with its reason is decided again', async () => {
    await leftBehind('view deny_form', {
      view: { id: 'V1', note: { channel: null, responseUrl: null, token: 'T-approve' }, values: { reason: ['too risky'] } },
    });
    await house.reopens();
    await settledInbox();
    expect(house.asked.act).toMatchObject([{ kind: 'deny', token: 'T-approve', reason: 'too risky' }]);
  });

  test('an order of a moment ago is started', async () => {
    await leftBehind('command /rollback', { text: 'cache staging' });
    await house.reopens();
    await settledInbox();
    expect(house.asked.start).toMatchObject([{ procedure: 'cache', target: 'staging' }]);
  });

  test('an order of two minutes ago is not, and who gave it is told', async () => {
    await leftBehind('command /rollback', { text: 'cache staging' }, 2 * 60_000 + 1);
    await house.reopens();
    await settledInbox();
    await house.emulator.person('dana').sees('nothing was started', OPS);
    expect(house.asked.start).toEqual([]);
  });

  test('an order that may have been started is not started again', async () => {
    const { key } = await leftBehind('command /rollback', { text: 'cache staging' });
    await house.store.accept(begunKey(key), 'begun', null, house.clock.now());
    await house.reopens();
    await settledInbox();
    await house.emulator.person('dana').sees('stopped while it started this', OPS);
    expect(house.asked.start).toEqual([]);
  });

  test('a button whose form is gone is given back', async () => {
    await leftBehind('action deny', { text: 'T-approve' });
    await leftBehind('command /rollback', { text: '' });
    await house.reopens();
    await settledInbox();
    await house.emulator.person('dana').sees('Do it once more', OPS);
    expect(house.asked).toEqual({ start: [], act: [], dryRun: [] });
  });

  test('what this version does not know is let go', async () => {
    await house.store.accept('odd', 'action long-gone', { key: 'odd' }, house.clock.now());
    await house.reopens();
    await settledInbox();
    expect(house.asked).toEqual({ start: [], act: [], dryRun: [] });
  });
});

test('a deed is on disk before it is acknowledged', async () => {
  const seen: boolean[] = [];
  house.answers.act = async () => {
    seen.push((await house.store.pendingInbox()).length > 0);
    return { status: 'refused', refusal: 'no-such-run', says: 'There is no such run.', stream: null };
  };
  await house.emulator.person('dana').types('/rollback stop r404', OPS);
  await house.emulator.person('dana').sees('There is no such run', OPS);
  expect(seen).toEqual([true]);
  await settledInbox();
});

test('who runs into a mistake of our own is told, and the deed is not repeated', async () => {
  house.answers.start = () => Promise.reject(new Error('the disk is full'));
  const dana = house.emulator.person('dana');
  await dana.types('/rollback cache staging', OPS);
  await dana.sees('Something went wrong inside Rollbot', OPS);
  await settledInbox();
  await house.reopens();
  await settledInbox();
  expect(house.asked.start).toHaveLength(1);
  expect(house.log.join()).toContain('the disk is full');
});

test('what comes in while the way in is being opened is done once', async () => {
  const dana = house.emulator.person('dana');
  const { store } = house;
  const streams = store.streams.bind(store);
  house.emulator.faults.slow('users.info', 300);
  store.streams = async (options) => {
    store.streams = streams;
    await dana.types('/rollback cache staging', OPS);
    await expect.poll(async () => await store.pendingInbox()).toHaveLength(1);
    return await streams(options);
  };
  await house.reopens();
  await settledInbox();
  await dana.sees('Started cache', OPS);
  expect(house.asked.start).toHaveLength(1);
  expect(house.emulator.unexpected()).toEqual([]);
});
