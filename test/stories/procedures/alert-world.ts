import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from 'vitest';
import { realClock } from '../../../src/clock.ts';
import { ALERT_SECRET_VARIABLE, alertingSettings } from '../../../src/demo/alerting/settings.ts';
import { startAlerting } from '../../../src/demo/alerting/alerting.ts';
import { makeWell } from '../../../src/demo/alerting/well.ts';
import { startSandbox } from '../../../src/demo/sandbox/sandbox.ts';
import { sandboxSettings, secretVariables } from '../../../src/demo/settings.ts';
import { openStoryWorld, storiesIn } from '../story-world.ts';
import type { Opened } from '../story-world.ts';
import type { World } from '../world.ts';

/** A story about a shop that is well, watched by a real Prometheus with a real Alertmanager behind it; time is the real one. */
export const story = storiesIn(openAlertWorld);

const HOST_PATH = process.env['PATH'] ?? '/usr/bin:/bin';

async function openAlertWorld(): Promise<Opened<World>> {
  const dir = await mkdtemp(path.join(tmpdir(), 'rollbot-alerting-'));
  await mkdir(path.join(dir, 'sandbox'));
  const sandbox = await startSandbox({ dir: path.join(dir, 'sandbox'), clock: realClock, scenario: 'cache' });
  await makeWell(sandbox);
  await expect.poll(async () => (await sandbox.health()).status, { timeout: 60_000 }).toBe('healthy');
  const alerting = await startAlerting({ dir: path.join(dir, 'alerting'), hostPath: HOST_PATH, serviceUrl: sandbox.serviceUrl });
  const opened = await openStoryWorld({
    procedures: 'procedures',
    settings: (ids, folder) =>
      sandboxSettings({
        sandbox,
        stateDir: path.join(folder, 'state'),
        ...ids,
        goodAfter: '2s',
        more: alertingSettings(alerting, ids.announce),
      }).replaceAll('every: 5s', 'every: 1s'),
    environment: {
      ...sandbox.env,
      ...secretVariables(sandbox.secrets),
      ROLLBOT_INTAKE_PORT: String(alerting.intakePort),
      [ALERT_SECRET_VARIABLE]: alerting.secret,
    },
    realTime: true,
  });
  const world = Object.defineProperties({ sandbox }, Object.getOwnPropertyDescriptors(opened.world)) as World;
  async function close(): Promise<void> {
    await opened.close();
    await alerting.close();
    await sandbox.close();
    await rm(dir, { recursive: true, force: true });
  }
  return { world, close };
}
