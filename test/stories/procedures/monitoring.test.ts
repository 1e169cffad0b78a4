import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { execa } from 'execa';
import { expect } from 'vitest';
import { asks, denies, furniture } from '../conversation.ts';
import type { Sighting } from '../../../src/demo/slack/index.ts';
import { storyOf } from '../world.ts';
import type { World } from '../world.ts';

const story = storyOf('monitoring');
/** A whole production is built, broken and repaired in each of these, and it follows real time. */
const LONG = { timeout: 300_000 };
const PATIENCE = { within: 90_000 };
const STEP = 'Put the files where Prometheus reads them';

story('the monitoring sees nothing; omar approves the basic one, and alerts reach somebody again', LONG, async ({ world }) => {
  const { dana, omar, sandbox } = world;
  furniture(world);
  const { reasons } = await sandbox.health();
  expect(reasons).toContain('No alert reaches anybody.');
  const { channel } = await asks(dana, '/rollback monitoring');
  const asked = await isAsked(world);
  expect(asked.text).toContain(sandbox.vars['monitoring_dir']);
  await omar.clicks('Approve');
  await omar.sees(/Please answer above/, { in: channel, ...PATIENCE });
  await omar.clicks('Yes');
  await dana.sees(/done and verified/i, { in: channel, within: 90_000 });
  expect((await sandbox.health()).reasons).toEqual([]);
});

story('omar denies it, and what was published is taken back', LONG, async ({ world }) => {
  const { dana, omar } = world;
  furniture(world);
  const { channel } = await asks(dana, '/rollback monitoring');
  await isAsked(world);
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
  await isAsked(world);
  await omar.clicks('Approve');
  const held = await dana.sees(/A step failed: “Put the files/, { in: channel, ...PATIENCE });
  expect(held.buttons).toEqual(['Retry', 'Undo', 'Stop']);
  expect(await readFile(live(world, 'alerts/production-alerts.yml'), 'utf8')).toBe(before);
  await dana.clicks('Undo');
  await dana.sees(/leftwards_arrow_with_hook: Undone/, { in: channel, ...PATIENCE });
});

story(
  'putting the files there never ends: nobody knows how far it came, its check looks, and omar approves it again',
  LONG,
  async ({ world }) => {
    const { dana, omar, sandbox, clock } = world;
    furniture(world);
    const { channel } = await asks(dana, '/rollback monitoring');
    await isAsked(world);
    const file = live(world, 'alerts/production-alerts.yml');
    const before = await readFile(file, 'utf8');
    await rm(file);
    await execa('mkfifo', [file]); // whoever reads it waits for ever
    await omar.clicks('Approve');
    await dana.sees(/Put the files where Prometheus reads them · running/, { in: channel, ...PATIENCE });
    clock.advance(5 * 60_000);
    // Its own check finds that not all of them are there, and what is done once more is approved once more.
    await omar.sees(/Approval needed: Put the files[^]*attempt 2/, PATIENCE);
    expect(await readFile(live(world, 'alerts/shop-down.yml'), 'utf8')).toContain('ShopDown');
    await expect(readFile(live(world, 'alerts/basic-alerts.yml'))).rejects.toThrow('ENOENT');
    await rm(file);
    await writeFile(file, before);
    await omar.clicks('Approve');
    await omar.sees(/Please answer above/, { in: channel, ...PATIENCE });
    await omar.clicks('Yes');
    await dana.sees(/done and verified/i, { in: channel, within: 90_000 });
    expect((await sandbox.health()).reasons).toEqual([]);
  },
);

story('Prometheus can not be told to read them; the files are put back, and so is the repository', LONG, async ({ world }) => {
  const { dana, omar, sandbox } = world;
  furniture(world);
  const before = await readFile(live(world, 'alerts/production-alerts.yml'), 'utf8');
  const { channel } = await asks(dana, '/rollback monitoring');
  await isAsked(world);
  await writeFile(live(world, 'alerts/zz-by-hand.yml'), 'groups: [');
  await omar.clicks('Approve');
  const held = await dana.sees(/A step failed: “Have Prometheus read its files again”/, { in: channel, ...PATIENCE });
  expect(held.text).toContain('Undo takes back “Put the files where Prometheus reads them”');
  await dana.clicks('Undo');
  await dana.sees(/leftwards_arrow_with_hook: Undone/, { in: channel, ...PATIENCE });
  expect(await readFile(live(world, 'alerts/production-alerts.yml'), 'utf8')).toBe(before);
  await expect(readFile(live(world, 'alerts/basic-alerts.yml'))).rejects.toThrow('ENOENT');
  const main = await execa('git', ['--git-dir', sandbox.origin, 'ls-tree', '-r', '--name-only', 'main', 'monitoring/']);
  expect(main.stdout).not.toContain('basic-alerts.yml');
});

async function isAsked({ omar }: World): Promise<Sighting> {
  return await omar.sees(new RegExp(`Approval needed: ${STEP}`), PATIENCE);
}

function live({ sandbox }: World, file: string): string {
  return path.join(sandbox.vars['monitoring_dir'] ?? '', file);
}
