import { startApp } from '../../src/app.ts';
import { realClock, realIds } from '../../src/clock.ts';
import { readConfig } from '../../src/config.ts';
import type { Store } from '../../src/core/ports.ts';
import { createLog } from '../../src/log.ts';

/** Dies by SIGKILL right before or after its n-th append to the journal, as the environment says: `before write 7`. */
const [WHEN, , NTH] = (process.env['DIES'] ?? 'never').split(' ');

function mortal(store: Store): Store {
  let appends = 0;
  return {
    ...store,
    async append(...written) {
      if (WHEN === 'before' && appends + 1 === Number(NTH)) process.kill(process.pid, 'SIGKILL');
      const result = await store.append(...written);
      if (result.status === 'ok') appends += 1;
      if (WHEN === 'after' && appends === Number(NTH)) process.kill(process.pid, 'SIGKILL');
      log.info({ appends }, 'appended');
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
