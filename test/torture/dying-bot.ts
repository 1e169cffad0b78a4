import { startApp } from '../../src/app.ts';
import { realClock, realIds } from '../../src/clock.ts';
import { readConfig } from '../../src/config.ts';
import type { Store } from '../../src/core/ports.ts';
import { createLog } from '../../src/log.ts';

/** Dies by SIGKILL right after so many appends to the journal, as the environment says. */
const DIES_AFTER = Number(process.env['DIES_AFTER']);

function mortal(store: Store): Store {
  let appends = 0;
  return {
    ...store,
    async append(...written) {
      const result = await store.append(...written);
      if (result.status === 'ok') appends += 1;
      if (appends === DIES_AFTER) process.kill(process.pid, 'SIGKILL');
      return result;
    },
  };
}

const config = readConfig(process.env);
if ('mistakes' in config) throw new Error(config.mistakes.join('\n'));
const log = createLog({ level: 'info', write: (line) => process.stdout.write(line), redact: (line) => line });
const startedAt = realClock.now() - Math.round(process.uptime() * 1000);
const app = await startApp({
  config,
  environment: process.env,
  clock: realClock,
  ids: realIds,
  log,
  process: { pid: process.pid, startedAt },
  wrapStore: mortal,
});
if ('exitCode' in app) throw new Error(app.says.join('\n'));
