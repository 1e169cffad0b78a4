import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, test } from 'vitest';
import type { AlertIntakeParts } from '../../src/intake/alerts/index.ts';
import { createIntake } from '../../src/intake/index.ts';
import { NO_RELEASES } from '../slack/release-samples.ts';
import { alertmanagerBody, alertParts, secretOf } from './alert-samples.ts';
import { NO_LINKS } from './link-samples.ts';

const log = { debug() {}, info() {}, warn() {}, error() {} };
/** More than are served at once. */
const MANY = 80;
const endings: (() => unknown)[] = [];

afterEach(async () => {
  for (const end of endings.splice(0).toReversed()) await end();
});

describe('whoever begins to send an alert and never ends', () => {
  test.each([
    ['prometheus', 'authorization: Bearer wrong', 401],
    ['prometheus', 'accept: */*', 401],
    ['shop', 'authorization: Bearer wrong', 401],
    ['grafana', 'accept: */*', 401],
    ['promethus', `authorization: Bearer ${secretOf('prometheus')}`, 404],
  ])('and has no secret of %s (%s) is turned away before the body', async (source, header, status) => {
    const { port, alertArrives } = await start();
    const senders = Array.from({ length: MANY }, () => begins(port, source, header));
    for (const sender of senders) expect(await firstLine(sender)).toContain(` ${status} `);
    expect(await alertArrives()).toBe(202);
  });

  test('is cut off in the end where only the body could prove anything', async () => {
    const { port, alertArrives } = await start({ patienceMs: 1000 });
    const senders = Array.from({ length: MANY }, () => begins(port, 'grafana', `x-grafana-alerting-signature: ${'0'.repeat(64)}`));
    for (const sender of senders) await text(sender);
    await expect.poll(alertArrives).toBe(202);
  });

  test('keeps no place where it hangs up while its secret is still read', async () => {
    const read = Promise.withResolvers<void>();
    let asked = 0;
    const { port, alertArrives } = await start({
      async alertSecret(source) {
        asked += 1;
        await read.promise;
        return secretOf(source);
      },
    });
    const senders = Array.from({ length: MANY }, () => begins(port, 'prometheus', `authorization: Bearer ${secretOf('prometheus')}`));
    await expect.poll(() => asked).toBe(MANY);
    for (const sender of senders) sender.destroy();
    // Whoever is answered comes after those who have hung up.
    await fetch(`http://127.0.0.1:${port}/healthz`);
    read.resolve();
    await expect.poll(alertArrives).toBe(202);
  });
});

/** A connection on which one byte of a body comes, and then nothing. */
function begins(port: number, source: string, header: string): Socket {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined);
  socket.write(
    `POST /alerts/${source} HTTP/1.1\r\nhost: rollbot\r\n${header}\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{`,
  );
  endings.push(() => socket.destroy());
  return socket;
}

async function firstLine(socket: Socket): Promise<string> {
  return await new Promise((resolve) => void socket.once('data', (data) => resolve(data.toString().split('\r\n')[0] ?? '')));
}

type Parts = { readonly patienceMs?: number; readonly alertSecret?: AlertIntakeParts['alertSecret'] };

async function start({ patienceMs, alertSecret }: Parts = {}): Promise<{ port: number; alertArrives: () => Promise<number> }> {
  const { heard: _, ...alerts } = alertParts(alertSecret && { alertSecret });
  const parts = {
    releases: NO_RELEASES,
    ciSecret: async () => await Promise.resolve(null),
    unready: async () => [],
    ...NO_LINKS,
    ...alerts,
  };
  const intake = createIntake({ port: 0, host: '127.0.0.1', log, ...parts, ...(patienceMs !== undefined && { patienceMs }) });
  const port = await intake.start();
  endings.push(async () => await intake.stop());
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${secretOf('prometheus')}` };
  const alert = { method: 'POST', headers, body: JSON.stringify(alertmanagerBody()) };
  return { port, alertArrives: async () => (await fetch(`http://127.0.0.1:${port}/alerts/prometheus`, alert)).status };
}
