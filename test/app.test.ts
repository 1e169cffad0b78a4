import { afterEach, beforeEach, expect, test } from 'vitest';
import { startApp } from '../src/app.ts';
import { realClock, realIds } from '../src/clock.ts';
import { readConfig } from '../src/config.ts';
import type { Store } from '../src/core/ports.ts';
import { openLedgerWorld } from './process/ledger-world.ts';
import type { LedgerWorld } from './process/ledger-world.ts';
import { silent } from './slack/house.ts';

let world: LedgerWorld;
beforeEach(async () => void (world = await openLedgerWorld()));
afterEach(async () => await world.close());

async function start(wrapStore?: (store: Store) => Store): ReturnType<typeof startApp> {
  const config = readConfig(world.environment);
  if ('mistakes' in config) throw new Error(config.mistakes.join());
  const process = { pid: 4711, startedAt: realClock.now() };
  const parts = { config, environment: world.environment, clock: realClock, ids: realIds, log: silent, process };
  return await startApp({ ...parts, ...(wrapStore && { wrapStore }) });
}

/** A journal that can't list what is open. */
function failing(store: Store): Store {
  return {
    ...store,
    streams: async (options) =>
      options?.includeClosed === false ? await Promise.reject(new Error('The disk is gone.')) : await store.streams(options),
  };
}

test('an app that can not start leaves nothing open: not Slack, not its port, not its database', async () => {
  await expect(start(failing)).rejects.toThrow('The disk is gone.');
  await world.slack.person('dana').types('/rollback status', { in: '#ops' });
  expect(world.slack.failures).not.toEqual([]);
  const app = await start();
  if ('exitCode' in app) throw new Error(app.says.join());
  await app.stop();
});
