import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect } from 'vitest';
import { asks, furniture, isAsked } from '../conversation.ts';
import { storyOf } from '../world.ts';
import type { World } from '../world.ts';
import { answers } from './answers.ts';

const story = storyOf('emergency');
const LONG = { timeout: 300_000 };
const PATIENCE = { within: 90_000 };
const DEGRADED = /large_yellow_circle: Degraded\s+Degraded but operational\. Investigation needed\./;

story(
  'several things are broken: all of it is taken back beside the live Worker, verified, and said to be degraded',
  LONG,
  async ({ world }) => {
    const { dana, omar, mina, priya, lee, sandbox } = world;
    furniture(world);
    world.slack.expects(/Degraded but operational/);
    for (const says of [/Please answer above/, /closed this incident/, /Its report follows here/]) world.slack.expects(says);
    const { run, channel } = await asks(dana, '/rollback emergency');
    await isAsked(omar, 'Cache: Clear the warmed entries');
    await omar.types('/rollback cache', { in: '#ops' });
    await omar.sees(new RegExp(`held by emergency \\(run ${run}, started by dana\\) since`));
    await omar.clicks('Approve');
    const asked = await isAsked(omar, 'Switch the traffic to the emergency Worker');
    expect(asked.text).toContain('workers/routes/');
    expect(asked.text).toContain('everybody is served the emergency Worker');
    expect(asked.text).toMatch(/the Worker of the target serves [0-9a-f-]{36} \(100 %\)/);
    expect((await sandbox.health()).status).toBe('unhealthy');
    await omar.clicks('Approve');
    expect((await priya.sees(DEGRADED, { in: channel, ...PATIENCE })).text).toContain('@priya');
    await lee.sees(DEGRADED, { in: '#general' });
    await answers(mina, /No data is corrupted/, { channel });
    await answers(dana, /WebSocket connections/, { channel });
    await dana.sees(/done and verified/i, { in: channel, ...PATIENCE });
    expect((await sandbox.health()).status).toBe('healthy');

    await dana.types('/incident close the shop is well again', { in: channel });
    await dana.sees(/Report: \S+\.md/, { in: channel });
    const report = await theReport(world);
    expect(report).toMatch(/^- System status: degraded, as announced \d{4}-/m);
    expect(report).toContain('- [x] Complete System');
  },
);

async function theReport({ folder }: World): Promise<string> {
  const name = (await readdir(path.join(folder, 'incidents'))).find((file) => file.endsWith('.md'));
  return await readFile(path.join(folder, 'incidents', name ?? ''), 'utf8');
}
