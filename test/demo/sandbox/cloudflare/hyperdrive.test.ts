import { beforeEach, expect, test } from 'vitest';
import { HYPERDRIVE } from '../../../../src/demo/sandbox/cloudflare/account.ts';
import { account, COMMITS, standingIn } from './standing-in.ts';

const stand = standingIn();
const CONFIG = `${account}/hyperdrive/configs/${HYPERDRIVE}`;
beforeEach(() => stand.cloudflare().rewind(COMMITS));

test('its caching is switched off, and the rest stays as it is', async () => {
  const before = (await stand.ask('GET', CONFIG)).result;
  expect(before).toMatchObject({ caching: { disabled: false, max_age: 60, stale_while_revalidate: 15 } });
  const { success, result } = await stand.ask('PATCH', CONFIG, { body: { caching: { disabled: true } } });
  expect({ success, result }).toMatchObject({
    success: true,
    result: { origin: before['origin'], caching: { disabled: true, max_age: 60 } },
  });
  expect((await stand.ask('GET', CONFIG)).result).toEqual(result);
  expect((await stand.ask('GET', `${account}/hyperdrive/configs`)).result).toEqual([result]);
});

test('it leads to another database, and never shows a password', async () => {
  const origin = { host: 'restored.shop.example', password: 'taken and never shown' };
  const { result } = await stand.ask('PATCH', CONFIG, { body: { origin } });
  expect(result).toMatchObject({ origin: { host: 'restored.shop.example', database: 'shop' } });
  expect(JSON.stringify(result)).not.toContain('never shown');
});

test.each([
  ['nothing', CONFIG, {}, 400],
  ['an age of more than an hour', CONFIG, { caching: { max_age: 3601 } }, 400],
  ['a port that is none', CONFIG, { origin: { port: 70_000 } }, 400],
  ['a setting that there is not', CONFIG, { cache: false }, 400],
  ['a configuration that there is not', CONFIG.replace(HYPERDRIVE, '0'.repeat(32)), { caching: { disabled: true } }, 404],
])('a change of %s is refused, and changes nothing', async (_what, path, body, status) => {
  const before = (await stand.ask('GET', CONFIG)).result;
  expect(await stand.ask('PATCH', path, { body })).toMatchObject({ status, success: false });
  expect((await stand.ask('GET', CONFIG)).result).toEqual(before);
});
