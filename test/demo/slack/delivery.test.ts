import { WebSocket } from 'ws';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { call } from './calling.ts';
import { rawSocket, type RawSocket } from './raw-socket.ts';
import { setStage, type Stage } from './stage.ts';
import { allScopes, manifest } from './manifest.ts';

describe('Socket Mode', () => {
  let stage: Stage;
  let sockets: RawSocket[];
  const connect = async (acknowledge = true) => {
    const socket = await rawSocket(stage.slack, stage.installed, { acknowledge });
    sockets.push(socket);
    return socket;
  };

  beforeEach(async () => {
    stage = await setStage(allScopes);
    stage.slack.install(manifest({ events: ['app_mention'] }));
    sockets = [];
  });
  afterEach(async () => {
    for (const socket of sockets) socket.close();
    await stage.slack.close();
  });

  test('says hello, and lets each ticket in once', async () => {
    await connect();
    const second = await connect();
    expect(second.received[0]).toMatchObject({ type: 'hello', num_connections: 2, connection_info: { app_id: stage.installed.appId } });
    const { body } = await call(stage.slack, stage.installed.appToken, 'apps.connections.open');
    const first = new WebSocket(String(body.url));
    await new Promise((resolve) => {
      first.once('open', resolve);
    });
    first.terminate();
    const again = new WebSocket(String(body.url));
    const error = await new Promise<Error>((resolve) => {
      again.once('error', resolve);
    });
    expect(error.message).toContain('401');
  });

  test('turns the eleventh connection away', async () => {
    for (let count = 0; count < 10; count += 1) await connect();
    const eleventh = await connect();
    expect(eleventh.received).toEqual([{ type: 'disconnect', reason: 'too_many_websockets', num_connections: 10 }]);
    await expect.poll(() => eleventh.closed()).toBe(true);
  });

  test('gives each payload to exactly one connection, and uses all of them', async () => {
    const pair = [await connect(), await connect()];
    for (let count = 0; count < 20; count += 1) await stage.slack.person('dana').types('/rollback', { in: '#ops' });
    const counts = pair.map((socket) => socket.received.length - 1);
    expect(counts[0]! + counts[1]!).toBe(20);
    expect(Math.min(...counts)).toBeGreaterThan(2);
  });

  test('shows a missed ack to the person, and never sends what they did again', async () => {
    const socket = await connect(false);
    const typed = stage.slack.person('dana').types('/rollback cache', { in: '#ops' });
    await expect.poll(() => socket.received.length).toBe(2);
    stage.clock.advance(3000);
    expect(await typed).toBe('/rollback failed with the error "operation_timeout"');
    expect(stage.slack.failures).toEqual([
      expect.objectContaining({ kind: 'missed-ack', about: '/rollback', detail: 'no ack within 3000 ms' }),
    ]);
    stage.clock.advance(600_000);
    await stage.slack.settled();
    expect(socket.received).toHaveLength(2);
  });

  test('shows at once that nobody is connected', async () => {
    expect(await stage.slack.person('dana').types('/rollback', { in: '#ops' })).toBe('/rollback failed with the error "dispatch_failed"');
    expect(stage.slack.failures).toMatchObject([{ kind: 'not-connected' }]);
  });

  test('repeats an unacknowledged event at once, after a minute and after five, then gives up', async () => {
    const socket = await connect(false);
    await stage.slack.person('dana').says('@rollbot hello', { in: '#ops' });
    for (const [index, wait] of [0, 60_000, 300_000, 0].entries()) {
      await expect.poll(() => events(socket).length).toBe(index + 1);
      stage.clock.advance(3000);
      await stage.slack.settled();
      stage.clock.advance(wait);
    }
    expect(events(socket).map((message) => [message.retry_attempt, message.retry_reason])).toEqual([
      [0, ''],
      [1, 'timeout'],
      [2, 'timeout'],
      [3, 'timeout'],
    ]);
    expect(new Set(eventIds(socket)).size).toBe(1);
    expect(new Set(events(socket).map((message) => message.envelope_id)).size).toBe(4);
    expect(stage.slack.failures).toMatchObject([{ kind: 'event-given-up' }]);
  });

  test('delivers an event that came while nobody was connected only as a retry', async () => {
    await stage.slack.person('dana').says('@rollbot hello', { in: '#ops' });
    await stage.slack.settled();
    stage.clock.advance(1);
    await stage.slack.settled();
    const socket = await connect();
    expect(events(socket)).toEqual([]);
    stage.clock.advance(60_000);
    await expect.poll(() => events(socket).map((message) => message.retry_attempt)).toEqual([2]);
    expect(stage.slack.failures).toEqual([]);
  });

  test('sends an event whose connection was cut in the same envelope over the next one, as if for the first time', async () => {
    const first = await connect(false);
    await stage.slack.person('dana').says('@rollbot hello', { in: '#ops' });
    await expect.poll(() => events(first).length).toBe(1);
    stage.slack.faults.disconnectSockets('cut');
    await expect.poll(() => first.closed()).toBe(true);
    const second = await connect();
    await expect.poll(() => events(second).length).toBe(1);
    expect(events(second)[0]).toMatchObject({ envelope_id: events(first)[0]!.envelope_id, retry_attempt: 0 });
    stage.clock.advance(600_000);
    await stage.slack.settled();
    expect(events(second)).toHaveLength(1);
  });

  test('tells a connection that it ends, and why', async () => {
    const socket = await connect();
    stage.slack.faults.disconnectSockets('warning');
    await expect.poll(() => socket.received.at(-1)).toMatchObject({ type: 'disconnect', reason: 'warning' });
    expect(socket.closed()).toBe(false);
    stage.slack.faults.disconnectSockets('refresh_requested');
    await expect.poll(() => socket.closed()).toBe(true);
    expect(socket.received.at(-1)).toMatchObject({ type: 'disconnect', reason: 'refresh_requested' });
  });

  test('notes an ack of something that was never sent', async () => {
    const socket = await connect();
    socket.send({ envelope_id: 'made-up' });
    await expect.poll(() => stage.slack.failures).toMatchObject([{ kind: 'unknown-envelope', about: 'made-up' }]);
  });

  test('can deliver the same thing again: in its envelope, or as an event with another id', async () => {
    const socket = await connect();
    await stage.slack.person('dana').says('@rollbot hello', { in: '#ops' });
    await expect.poll(() => events(socket).length).toBe(1);
    await stage.slack.faults.redeliver({ type: 'app_mention' });
    await stage.slack.faults.redeliver({ type: 'app_mention', as: 'new-event-id' });
    expect(new Set(eventIds(socket)).size).toBe(2);
    expect(events(socket).map((message) => message.envelope_id === events(socket)[0]!.envelope_id)).toEqual([true, true, false]);
    stage.slack.faults.deliverTwice({ type: 'slash_commands' });
    await stage.slack.person('dana').types('/rollback', { in: '#ops' });
    const commands = () => socket.received.filter((message) => message.type === 'slash_commands').map((message) => message.envelope_id);
    await expect.poll(() => commands().length).toBe(2);
    expect(new Set(commands()).size).toBe(1);
  });

  test('holds back what several people do and lets it go in the same instant', async () => {
    const socket = await connect();
    const release = stage.slack.hold();
    const both = Promise.all([
      stage.slack.person('dana').types('/rollback one', { in: '#ops' }),
      stage.slack.person('omar').types('/rollback two', { in: '#ops' }),
    ]);
    await stage.slack.settled();
    expect(socket.received).toHaveLength(1);
    release();
    await both;
    expect(socket.received.map((message) => Object(message.payload).text)).toEqual([undefined, 'one', 'two']);
  });
});

function events(socket: RawSocket): Record<string, unknown>[] {
  return socket.received.filter((message) => message.type === 'events_api');
}

function eventIds(socket: RawSocket): unknown[] {
  return events(socket).map((message) => Object(message.payload).event_id);
}
