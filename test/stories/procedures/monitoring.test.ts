import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect } from 'vitest';
import { asks, denies, furniture, isAsked } from '../conversation.ts';
import { storyOf } from '../world.ts';
import type { World } from '../world.ts';

const story = storyOf('monitoring');
/** A whole production is built, broken and repaired in each of these, and it follows real time. */
const LONG = { timeout: 90_000 };
const PATIENCE = { within: 90_000 };
const STEP = 'Put the files where Prometheus reads them';

story('the monitoring sees nothing; omar approves the basic one, and alerts reach somebody again', LONG, async ({ world }) => {
  const { dana, omar, sandbox } = world;
  furniture(world);
  const { reasons } = await sandbox.health();
  expect(reasons).toContain('No alert reaches anybody.');
  const { channel } = await asks(dana, '/rollback monitoring');
  const asked = await isAsked(omar, STEP);
  expect(asked.text).toContain(sandbox.vars['monitoring_dir']);
  await omar.clicks('Approve');
  await omar.sees(/Please answer above/, { in: channel, ...PATIENCE });
  await omar.clicks('Yes');
  await dana.sees(/done and verified/i, { in: channel, within: 60_000 });
  expect((await sandbox.health()).reasons).toEqual([]);
});

story('omar denies it, and what was published is taken back', LONG, async ({ world }) => {
  const { dana, omar } = world;
  furniture(world);
  const { channel } = await asks(dana, '/rollback monitoring');
  await isAsked(omar, STEP);
  await denies(omar, 'somebody is repairing it');
  await dana.sees(/What now\?/, { in: channel, ...PATIENCE });
  await dana.clicks('Undo');
  await dana.sees(/leftwards_arrow_with_hook: Undone/, { in: channel, ...PATIENCE });
  await expect(readFile(live(world, 'alerts/basic-alerts.yml'))).rejects.toThrow('ENOENT');
});

story('something is in the way of a file: nothing is live, and dana takes back what was published', LONG, async ({ world }) => {
  const { dana, omar } = world;
  furniture(world);
  await mkdir(live(world, 'alerts/basic-alerts.yml'));
  const before = await readFile(live(world, 'alerts/production-alerts.yml'), 'utf8');
  const { channel } = await asks(dana, '/rollback monitoring');
  await isAsked(omar, STEP);
  await omar.clicks('Approve');
  const held = await dana.sees(/A step failed: “Put the files/, { in: channel, ...PATIENCE });
  expect(held.buttons).toEqual(['Retry', 'Undo', 'Stop']);
  expect(await readFile(live(world, 'alerts/production-alerts.yml'), 'utf8')).toBe(before);
  await dana.clicks('Undo');
  await dana.sees(/leftwards_arrow_with_hook: Undone/, { in: channel, ...PATIENCE });
});

function live({ sandbox }: World, file: string): string {
  return path.join(sandbox.vars['monitoring_dir'] ?? '', file);
}
