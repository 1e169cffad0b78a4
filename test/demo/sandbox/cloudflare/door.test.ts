import { afterEach, describe, expect, test } from 'vitest';
import { account, NOBODY, scriptPath, standingIn, zone } from './standing-in.ts';

const stand = standingIn();
afterEach(() => stand.faults.clear());
const OTHER = 'f'.repeat(32);

describe('who is let in', () => {
  test.each([
    ['nobody without a token', '/user', { token: null }, 400, 6003],
    ['nobody with another token', '/user', { token: 'sandbox-guessed' }, 401, 10_000],
    ['nobody who only asks about another token', '/user/tokens/verify', { token: 'sandbox-guessed' }, 401, 1000],
    ['nobody to another account', `/accounts/${OTHER}/workers/scripts/x/deployments`, {}, 403, 10_000],
    ['nobody to another zone', `/zones/${OTHER}/workers/routes`, {}, 403, 10_000],
    ['no account whose id is none', '/accounts/shop/workers/scripts', {}, 404, 7003],
    ['nowhere else', `${account}/r2/buckets`, {}, 404, 7003],
  ])('%s', async (_what, path, options, status, code) => {
    expect(await stand.ask('GET', path, options)).toMatchObject({ status, success: false, code, result: null });
  });

  test('the owner of the token, who is told what it is for', async () => {
    expect(await stand.ask('GET', '/user/tokens/verify')).toMatchObject({ status: 200, success: true, result: { status: 'active' } });
    expect((await stand.ask('GET', '/user')).result).toMatchObject({ email: 'dana@shop.example' });
    expect((await stand.ask('GET', '/accounts')).result).toMatchObject([{ name: 'Shop (sandbox)' }]);
    expect((await stand.ask('GET', '/memberships')).result).toMatchObject([{ account: { name: 'Shop (sandbox)' } }]);
    expect((await stand.ask('GET', zone)).result).toMatchObject({ name: 'shop.example', status: 'active' });
  });
});

test.each([
  ['is no JSON', '{', 'application/json', 400],
  ['says that it is none', 'versions=1', 'application/x-www-form-urlencoded', 415],
])('a body that %s is refused', async (_what, body, type, status) => {
  const path = `${scriptPath()}/deployments`;
  expect(await stand.ask('POST', path, { body, headers: { 'content-type': type } })).toMatchObject({ status, success: false });
});

describe('what can be wrong with it', () => {
  test.each([
    ['cloudflare-down', 500, 10_013],
    ['cloudflare-rate-limit', 429, 971],
    ['cloudflare-token-revoked', 401, 10_000],
  ] as const)('%s: every request is refused, and nothing is done', async (fault, status, code) => {
    const id = await stand.put();
    await stand.put();
    const before = await stand.served();
    stand.faults.add(fault);
    expect(await stand.serve([[id, 100]])).toMatchObject({ status, code });
    stand.faults.clear();
    expect(await stand.served()).toEqual(before);
  });

  test('cloudflare-answer-lost: it is done, and nobody hears of it', async () => {
    const id = await stand.put();
    await stand.put();
    stand.faults.add('cloudflare-answer-lost');
    await expect(stand.serve([[id, 100]])).rejects.toThrow('fetch failed');
    expect(await stand.served()).toEqual([{ version_id: id, percentage: 100 }]);
    expect((await stand.ask('GET', `${scriptPath()}/versions/${NOBODY}`)).status).toBe(404);
  });
});
