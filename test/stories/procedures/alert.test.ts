import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect } from 'vitest';
import type { StreamId } from '../../../src/core/brand.ts';
import { furniture } from '../conversation.ts';
import { story } from './alert-world.ts';

const COMPONENT = 'component/production/worker:api' as StreamId<'component'>;
const ALERTS = '#general';
/** Its time is the real one, in which a slow machine gets less done. */
const PATIENCE = { within: 300_000 };

story('the shop breaks: the alert arrives, the rule starts the rollback, omar approves, and all is well again', async ({ world }) => {
  const { dana, omar, slack, sandbox, app, folder } = world;
  furniture(world);
  for (const says of [
    /Please answer above/,
    /Error rate above 10 %/,
    /The cache is not available/,
    /closed this incident/,
    /Its report follows/,
    /Key metrics during run/,
    // Where the machine is slow, the alert comes and goes.
    /ErrorRateHigh/,
  ])
    slack.expects(says);
  await expect
    .poll(async () => (await app.store.load(COMPONENT)).state, { timeout: 60_000 })
    .toMatchObject({ running: sandbox.commits.good, releases: [{ verified: { by: { kind: 'rollbot' } } }] });

  await sandbox.break();
  await dana.sees(/ErrorRateHigh[^]*firing/, { in: ALERTS, ...PATIENCE });
  const { text } = await dana.sees(/Cache warming rollback on production in #inc-\S+/, { in: ALERTS, ...PATIENCE });
  const channel = /#inc-\S+?(?=,)/.exec(text)?.[0] ?? '';
  expect(text).toMatch(/opened by Rollbot/i);
  await dana.sees(new RegExp(`The rule error-rate-high started cache[^]*in ${channel}`), { in: ALERTS, ...PATIENCE });

  await omar.sees(/Approval needed: Clear the warmed entries/, PATIENCE);
  await omar.clicks('Approve');
  await omar.sees(/Approval needed: Deploy the restored version/, PATIENCE);
  await omar.clicks('Approve');
  await dana.sees(/for lead-developer/, { in: channel, ...PATIENCE });
  await dana.clicks('Yes');
  await dana.sees(/done and verified/i, { in: channel, ...PATIENCE });
  await expect.poll(async () => (await sandbox.health()).status, { timeout: 60_000 }).toBe('healthy');

  await dana.sees(/ErrorRateHigh[^]*resolved/i, { in: ALERTS, ...PATIENCE });
  await dana.sees(/back to normal[^]*The run is done and verified[^]*It counts as followed/i, { in: ALERTS, ...PATIENCE });
  await dana.types('/incident close the shop is well again', { in: channel });
  const report = /Report: (\S+\.md)/.exec((await dana.sees(/Report: \S+\.md/, { in: channel, ...PATIENCE })).text)?.[1] ?? '';
  expect(await readFile(path.join(folder, 'incidents', report), 'utf8')).toMatch(/Error rate above 10 %/);
});
