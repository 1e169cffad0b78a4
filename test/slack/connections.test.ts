import { createServer } from 'node:http';
import { afterEach, describe, expect, test } from 'vitest';
import { openHouse } from './house.ts';
import type { House } from './house.ts';

let house: House;
afterEach(async () => {
  await house.close();
});

const OPS = { in: '#ops' };
async function isServed(): Promise<void> {
  const dana = house.emulator.person('dana');
  await dana.types('/rollback status', OPS);
  await dana.sees('Nothing is running', OPS);
}

describe('Socket Mode', () => {
  test('opens two connections, one after the other', async () => {
    house = await openHouse();
    expect(house.started).toEqual({ status: 'connected', team: 'Sandbox', port: null });
    expect(house.emulator.calls.filter(({ method }) => method === 'apps.connections.open')).toHaveLength(1);
    house.clock.advance(30_000);
    await expect.poll(() => house.emulator.calls.filter(({ method }) => method === 'apps.connections.open').length).toBe(2);
    await isServed();
  });

  test.each(['warning', 'refresh_requested', 'link_disabled', 'cut'] as const)(
    'goes on after Slack ends the connections (%s)',
    async (reason) => {
      house = await openHouse();
      house.emulator.faults.disconnectSockets(reason);
      if (reason === 'link_disabled') house.clock.advance(60_000);
      await expect.poll(() => house.emulator.calls.filter(({ method }) => method === 'apps.connections.open').length).toBeGreaterThan(1);
      await expect.poll(() => house.room.connected(), { timeout: 10_000 }).toBe(true);
      await isServed();
    },
  );

  test('asks slowly when there are too many connections', async () => {
    house = await openHouse();
    house.emulator.faults.refuse('apps.connections.open', 'too_many_websockets', { times: 3 });
    house.emulator.faults.disconnectSockets('cut');
    await expect.poll(() => house.room.connected(), { timeout: 10_000 }).toBe(false);
    await expect.poll(() => house.room.connected(), { timeout: 20_000 }).toBe(true);
    expect(house.emulator.calls.filter(({ method }) => method === 'apps.connections.open').length).toBeLessThan(12);
  });

  test('survives an outage', async () => {
    house = await openHouse();
    await house.emulator.faults.outage('refused');
    await expect.poll(() => house.room.connected(), { timeout: 10_000 }).toBe(false);
    await house.emulator.faults.recover();
    await expect.poll(() => house.room.connected(), { timeout: 20_000 }).toBe(true);
    await isServed();
  });
});

describe('a start', () => {
  test.each(['getFact', 'streams'] as const)('that runs into a journal which does not answer %s is made again', async (method) => {
    house = await openHouse();
    const { store } = house;
    const answers = store[method].bind(store);
    let asked = 0;
    await house.emulator.faults.outage('refused');
    await house.reopens();
    expect(house.started).toMatchObject({ status: 'waiting' });
    Object.assign(store, {
      [method]: async (about: never) => {
        asked += 1;
        return asked === 1 ? await Promise.reject(new Error('The disk can not be read.')) : await answers(about);
      },
    });
    await house.emulator.faults.recover();
    await expect.poll(() => asked, { timeout: 20_000 }).toBeGreaterThan(1);
    await expect.poll(() => house.room.connected(), { timeout: 20_000 }).toBe(true);
    await isServed();
  });

  test('during an outage waits and goes on by itself', async () => {
    house = await openHouse();
    await house.emulator.faults.outage('reset');
    await house.reopens();
    expect(house.started).toMatchObject({ status: 'waiting' });
    expect(house.room.connected()).toBe(false);
    await house.emulator.faults.recover();
    await expect.poll(() => house.room.connected(), { timeout: 20_000 }).toBe(true);
    await isServed();
  });

  test.each([
    ['auth.test', 'invalid_auth', 'SLACK_BOT_TOKEN'],
    ['auth.test', 'account_inactive', 'SLACK_BOT_TOKEN'],
    ['apps.connections.open', 'invalid_auth', 'SLACK_APP_TOKEN'],
  ])('is refused with a sentence when %s says %s', async (method, error, says) => {
    house = await openHouse();
    house.emulator.faults.refuse(method, error);
    await house.reopens();
    expect(house.started).toEqual({ status: 'refused', says: expect.stringContaining(says) });
    house.emulator.faults.clear();
  });

  test('with the token of another workspace is refused, because the channels are not there', async () => {
    house = await openHouse();
    await house.store.setFact('slack.team', 'T666');
    await house.reopens();
    expect(house.started).toMatchObject({ status: 'refused', says: expect.stringContaining('T666') });
  });

  test('on a port that is taken is refused with a sentence', async () => {
    const other = createServer().listen(0);
    const address = other.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    house = await openHouse({ connection: ({ signingSecret }) => ({ kind: 'http', port, signingSecret }) });
    expect(house.started).toMatchObject({ status: 'refused', says: expect.stringContaining('Set PORT') });
    other.close();
  });
});

test('a stop lets what is being handled end, and takes nothing new', async () => {
  house = await openHouse();
  const gate = Promise.withResolvers<void>();
  house.answers.act = async () => {
    await gate.promise;
    return { status: 'refused', refusal: 'no-such-run', says: 'There is no such run.', stream: null };
  };
  const dana = house.emulator.person('dana');
  await dana.types('/rollback stop r404', OPS);
  await expect.poll(() => house.asked.act.length).toBe(1);
  const stopped = house.room.stop();
  gate.resolve();
  await stopped;
  await dana.sees('There is no such run', OPS);
  expect(house.room.connected()).toBe(false);
  expect(await house.store.pendingInbox()).toEqual([]);
});
