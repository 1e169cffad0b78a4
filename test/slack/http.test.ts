import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openHouse } from './house.ts';
import type { House } from './house.ts';

let house: House;
let url: string;
beforeEach(async () => {
  house = await openHouse({ realTime: true, connection: ({ signingSecret }) => ({ kind: 'http', port: 0, signingSecret }) });
  const port = house.started?.status === 'connected' ? house.started.port : null;
  url = `http://127.0.0.1:${port}/slack/events`;
  await house.emulator.setRequestUrl(url);
});
afterEach(async () => {
  await house.close();
});

const BODY = new URLSearchParams({
  command: '/rollback',
  text: 'cache staging',
  user_id: 'U',
  team_id: 'T',
  api_app_id: 'A',
  channel_id: 'C050OPS',
  response_url: 'http://127.0.0.1:1/none',
  trigger_id: '1.2.3',
}).toString();

type Sent = {
  readonly body?: string;
  readonly secret?: string;
  readonly aheadS?: number;
  readonly version?: string;
  readonly headers?: Record<string, string>;
};

/** Sends a request as Slack does, or nearly so. */
async function send({
  body = BODY,
  secret = house.installation.signingSecret,
  aheadS = 0,
  version = 'v0',
  headers = {},
}: Sent = {}): Promise<number> {
  const timestamp = String(Math.floor(house.clock.now() / 1000) + aheadS);
  const signature = `${version}=${createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex')}`;
  const signed = {
    'x-slack-request-timestamp': timestamp,
    'x-slack-signature': signature,
    'content-type': 'application/x-www-form-urlencoded',
  };
  return (await fetch(url, { method: 'POST', body, headers: { ...signed, ...headers } })).status;
}

test('serves commands, buttons and forms over signed requests', async () => {
  const dana = house.emulator.person('dana');
  await dana.types('/rollback cache staging', { in: '#ops' });
  await dana.sees('Started cache', { in: '#ops' });
  await dana.types('/rollback', { in: '#ops' });
  await expect.poll(() => dana.view()?.text).toContain('Procedure');
  house.answers.examine = () => [{ part: 'role', name: null, says: 'You are not in a role.' }];
  await dana.selects('Procedure', 'Cache warming rollback (cache)');
  await expect.poll(() => dana.view()?.text).toContain('Target');
  expect(await dana.submits({})).toEqual({ status: 'errors', errors: { procedure: 'You are not in a role.' } });
  expect(house.emulator.failures).toEqual([]);
  expect(house.asked.start).toHaveLength(1);
});

describe('a request is refused', () => {
  test.each<[string, () => Promise<number>, number]>([
    ['that was signed with another secret', () => send({ secret: 'x' }), 401],
    ['from more than five minutes ago', () => send({ aheadS: -301 }), 401],
    ['from more than five minutes ahead', () => send({ aheadS: 302 }), 401],
    ['with another version of signatures', () => send({ version: 'v1' }), 401],
    ['without a signature', () => send({ headers: { 'x-slack-signature': '' } }), 401],
    ['without a time', () => send({ headers: { 'x-slack-request-timestamp': 'soon' } }), 401],
    ["that can't be read", () => send({ body: '{', headers: { 'content-type': 'application/json' } }), 400],
    ['that is too long', () => send({ body: 'x'.repeat(2_000_000) }), 413],
    ['at another path', async () => (await fetch(url.replace('/slack/events', '/'), { method: 'POST' })).status, 404],
    ['with another method', async () => (await fetch(url)).status, 404],
  ])('%s', async (_, request, status) => {
    expect(await request()).toBe(status);
    expect(await house.store.pendingInbox()).toEqual([]);
    expect(house.asked.start).toEqual([]);
  });
});

test('the same signed request twice is taken in once', async () => {
  expect(await send()).toBe(200);
  expect(await send()).toBe(200);
  expect(house.log.filter((line) => line.includes('the same signed request came twice'))).toHaveLength(1);
});

test("Slack's check of the certificate is answered", async () => {
  expect(await send({ body: 'ssl_check=1' })).toBe(200);
});
