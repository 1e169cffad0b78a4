import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { expect } from 'vitest';
import { sitsAtTheHost, typedAtTheHost } from './at-the-host.ts';
import type { Said } from './at-the-host.ts';
import { danaAsks, furniture, hasDone, isAsked, nothingIsOwed } from './conversation.ts';
import { storyWith } from './light-world.ts';
import type { LightWorld } from './light-world.ts';

const MINUTE = 60_000;

/** Omar is logged in on the host of the bot. */
const story = storyWith(({ people, announce }) => ({
  ...sitsAtTheHost(people, 'omar'),
  commanders: ['lead-developer', 'devops-engineer'],
  channels: { prefix: 'inc', invite: ['lead-developer', 'devops-engineer', 'database-admin', 'product-owner'], announce },
}));

/** What omar types in the terminal, to the bot that runs. */
async function omarTypes(world: LightWorld, ...argv: readonly string[]): Promise<Said> {
  return await typedAtTheHost(world, argv);
}

story(
  'Slack goes down in mid-run, omar approves in the terminal, the incident is closed, and Slack tells it all when it is back',
  async ({ world }) => {
    const { dana, omar, slack, clock, shop, folder } = world;
    furniture(world);
    const { run, channel } = await danaAsks(world, '/rollback prices');
    await isAsked(omar, 'Clear the cached prices');
    // What Slack says of omar is on disk, because he may use the terminal.
    await expect.poll(async () => await world.app.store.getFact(`person/${omar.id}`)).toMatchObject({ status: 'member' });
    await nothingIsOwed(world);
    await slack.faults.outage('refused');

    clock.advance(MINUTE);
    const status = await omarTypes(world, 'status');
    expect(status.out).toMatch(
      new RegExp(`“Clear the cached prices” waits for approval by devops-engineer: rollbot approve ${run}/clear-prices`),
    );
    const { waiting } = JSON.parse((await omarTypes(world, 'show', run, '--json')).out) as { waiting: { digest: string }[] };
    const digest = waiting[0]?.digest ?? '';
    expect((await omarTypes(world, 'approve', run, '--digest', digest.slice(0, 8))).code).toBe(0);
    await hasDone(world, ['prices right', 'price cache cleared']);
    await expect.poll(async () => (await omarTypes(world, 'show', run)).out).toContain('Price rollback on production: done and verified');
    clock.advance(MINUTE);
    const closed = await omarTypes(world, 'close', '--reason', 'all is well again');
    expect([closed.code, closed.err]).toEqual([0, '']);
    await expect.poll(async () => await readdir(path.join(folder, 'incidents'))).toContainEqual(expect.stringMatching(/-prices\.md$/));
    expect(dana.messages(channel).some(({ text }) => text.includes('verified'))).toBe(false);

    await slack.faults.recover();
    clock.advance(2 * MINUTE);
    await dana.sees(/omar \(in the terminal\) approved/, { in: channel });
    await dana.sees(/Done and verified/, { in: channel });
    await dana.sees(/omar \(in the terminal\) closed this incident/, { in: channel });
    await dana.sees(/\.md/, { in: channel });
    await nothingIsOwed(world);
    expect(await shop.read('prices')).toBe('right');
    const said = dana.messages(channel).filter(({ byApp, kind }) => byApp && kind === 'message');
    expect(said.map(({ text }) => text.split('\n')[0])).toEqual([
      'Price rollback on production',
      'Price rollback on production',
      'Approval: Clear the cached prices',
      'Verification: Price rollback on production',
      expect.stringMatching(/^:checkered_flag: omar \(in the terminal\) closed this incident after/),
      expect.stringMatching(/^\[file: Report: /),
    ]);
  },
);

story('whatever happened while Slack was away from the start is told in its order, with its times, and once', async ({ world }) => {
  const { dana, slack, clock, shop } = world;
  furniture(world);
  await dana.types('/rollback list', { in: '#ops' });
  await dana.sees(/procedures/);
  await expect.poll(async () => await world.app.store.getFact(`person/${world.omar.id}`)).toMatchObject({ status: 'member' });
  await slack.faults.outage('refused');
  await shop.write('delivery', 'here');
  const started = await omarTypes(world, 'run', 'stock', '--reason', 'the shelves are wrong');
  expect([started.code, started.err]).toEqual([0, '']);
  expect(started.out).toMatch(/The run ended: verified/);
  clock.advance(10 * MINUTE);
  expect((await omarTypes(world, 'close')).code).toBe(0);

  await slack.faults.recover();
  clock.advance(2 * MINUTE);
  await dana.sees(/omar \(in the terminal\) closed this incident/);
  await dana.sees(/Report: .*\.md/);
  await nothingIsOwed(world);
  const channel = dana.screen().channels.find(({ name }) => name.startsWith('#inc-'))?.name ?? '';
  const said = dana.messages(channel).filter(({ byApp, kind }) => byApp && kind === 'message');
  expect(said.map(({ text }) => text.split('\n')[0]).filter((line) => !line?.startsWith('[file: Output'))).toEqual([
    'Stock rollback on production',
    'Stock rollback on production',
    'Verification: Stock rollback on production',
    expect.stringMatching(/^:checkered_flag: omar \(in the terminal\) closed this incident after 10 min/),
    expect.stringMatching(/^\[file: Report: /),
  ]);
  // It says when it happened, and not when it could be told.
  expect(said[1]?.text).toMatch(/started by omar \(in the terminal\) 2026-11-24 03:00 UTC/);
  const announced = dana.messages('#general').filter(({ text }) => text.includes('Stock rollback'));
  expect(announced).toHaveLength(1);
});
