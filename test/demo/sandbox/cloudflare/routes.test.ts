import { beforeEach, expect, test } from 'vitest';
import { API_ROUTE, SCRIPTS } from '../../../../src/demo/sandbox/cloudflare/account.ts';
import { COMMITS, standingIn, zone } from './standing-in.ts';

const stand = standingIn();
const ROUTE = `${zone}/workers/routes/${API_ROUTE.id}`;
const emergency = { pattern: API_ROUTE.pattern, script: SCRIPTS.emergency };
beforeEach(async () => {
  stand.cloudflare().rewind(COMMITS);
  await stand.put();
});

test('a route leads its visitors to another Worker, and back', async () => {
  await stand.put({}, SCRIPTS.emergency);
  expect(stand.cloudflare().traffic.current()?.script).toBe(SCRIPTS.production);
  expect((await stand.ask('PUT', ROUTE, { body: emergency })).result).toEqual({ id: API_ROUTE.id, ...emergency });
  expect(stand.cloudflare().traffic.current()?.script).toBe(SCRIPTS.emergency);
  expect((await stand.ask('GET', ROUTE)).result).toMatchObject(emergency);
  await stand.ask('PUT', ROUTE, { body: { ...emergency, script: SCRIPTS.production } });
  expect(stand.cloudflare().traffic.current()?.script).toBe(SCRIPTS.production);
  expect((await stand.ask('GET', `${zone}/workers/routes`)).result).toMatchObject([{ script: SCRIPTS.production }]);
});

test.each([
  ['to a Worker that does not exist', ROUTE, emergency, 404],
  ['that does not exist', `${zone}/workers/routes/${'0'.repeat(32)}`, { ...emergency, script: SCRIPTS.production }, 404],
  ['without a pattern', ROUTE, { script: SCRIPTS.production }, 400],
  ['with a pattern that is none', ROUTE, { pattern: 'everywhere', script: SCRIPTS.production }, 400],
])('a route %s is refused, and nobody goes another way', async (_what, path, body, status) => {
  expect(await stand.ask('PUT', path, { body })).toMatchObject({ status, success: false });
  expect(stand.cloudflare().traffic.current()?.script).toBe(SCRIPTS.production);
});

test('a route for other addresses serves the shop nothing', async () => {
  await stand.ask('PUT', ROUTE, { body: { pattern: 'other.shop.example/*', script: SCRIPTS.production } });
  expect(stand.cloudflare().traffic.current()).toBe(null);
});
