import { expect } from 'vitest';
import { asks, furniture, isAsked } from './conversation.ts';
import type { Asked } from './conversation.ts';
import { story } from './world.ts';
import type { World } from './world.ts';

const MINUTE = 60_000;
const PATIENCE = { within: 90_000 };
/** A whole production is built, broken and repaired in each of these, and it follows real time. */
const LONG = { timeout: 300_000 };

/** What is wrong before anything was touched, and what the card says of it. */
const BEFORE = [
  ['crontab-unreadable', /x: The crontab can be read · failed/],
  ['wrong-redis', /x: This is the cache of the target · failed/],
  ['redis-down', /x: This is the cache of the target · failed/],
] as const;

story('what is wrong beforehand is found beforehand; what goes wrong later, dana mends and tries again', LONG, async ({ world }) => {
  const { dana, omar, sandbox, clock } = world;
  furniture(world);
  for (const [sabotage, reads] of BEFORE) {
    await sandbox.sabotage(sabotage);
    const { channel } = await danaTries(world);
    await dana.sees(/Not started: a check before it failed, and nothing was changed/, { in: channel, ...PATIENCE });
    expect((await dana.sees(reads, { in: channel })).text).not.toContain('white_check_mark: Remove');
    neverVerified(world, channel);
    await sandbox.relent(sabotage);
  }
  expect((await sandbox.health()).status).toBe('unhealthy');
  expect(await world.app.store.claims()).toEqual([]);

  const { channel } = await danaTries(world);
  await isAsked(omar, 'Clear the warmed entries');
  await sandbox.sabotage('redis-down');
  await omar.clicks('Approve');
  const held = await dana.sees(/What now\?/, { in: channel, ...PATIENCE });
  expect(held.text).toMatch(/A step failed: “Clear the warmed entries”/);
  expect(held.buttons).toEqual(['Retry', 'Undo', 'Stop']);
  expect((await sandbox.health()).status).toBe('unhealthy');
  neverVerified(world, channel);

  await sandbox.relent('redis-down');
  await sandbox.sabotage('service-stays-sick');
  await retries(world, channel);
  await omar.sees(/Approval needed[^]*attempt 2/, { in: channel, ...PATIENCE });
  await omar.clicks('Approve');
  await approvesTheDeployment(world, channel);
  await answersYes(world, channel);
  clock.advance(2 * MINUTE);
  await dana.sees(/The result could not be verified/, { in: channel, ...PATIENCE });
  neverVerified(world, channel);

  await sandbox.relent('service-stays-sick');
  await retries(world, channel);
  await dana.sees(/done and verified/i, { in: channel });
  expect((await sandbox.health()).status).toBe('healthy');
});

story('the deployment fails, then does its work and says that it failed: the next try finds that it is done', LONG, async ({ world }) => {
  const { dana, omar, sandbox } = world;
  furniture(world);
  await sandbox.sabotage('deploy-fails');
  const { channel } = await danaTries(world);
  await isAsked(omar, 'Clear the warmed entries');
  await omar.clicks('Approve');
  await approvesTheDeployment(world, channel);
  const failed = await dana.sees(/A step failed: “Deploy the restored version”/, { in: channel, ...PATIENCE });
  expect(failed.text).toContain('Undo takes back');
  neverVerified(world, channel);

  await sandbox.relent('deploy-fails');
  await sandbox.sabotage('deployed-but-exit-1');
  await retries(world, channel);
  await omar.sees(/Approval needed: Deploy[^]*attempt 2/, { in: channel, ...PATIENCE });
  await omar.clicks('Approve');
  const held = await dana.sees(/What now\?/, { in: channel, ...PATIENCE });
  expect(held.text).toContain('A step failed: “Deploy the restored version”');
  neverVerified(world, channel);
  await retries(world, channel);
  await dana.sees(/Deploy the restored version \(attempt 3\) · was done already/, { in: channel, ...PATIENCE });
  await answersYes(world, channel);
  await dana.sees(/done and verified/i, { in: channel });
});

story(
  'the deployment hangs, and dana stops it; then the cache is warmed from elsewhere, and dana takes all back',
  LONG,
  async ({ world }) => {
    const { dana, omar, sandbox, clock } = world;
    furniture(world);
    await sandbox.sabotage('deploy-hangs');
    const { channel, run } = await danaTries(world);
    await isAsked(omar, 'Clear the warmed entries');
    await omar.clicks('Approve');
    await approvesTheDeployment(world, channel);
    await dana.sees(/arrow_forward: Deploy the restored version/, { in: channel, ...PATIENCE });
    await dana.types(`/rollback stop ${run} it hangs`, { in: channel });
    await dana.sees(/is being stopped/);
    await dana.sees(/octagonal_sign: Stopped/, { in: channel, ...PATIENCE });
    neverVerified(world, channel);
    expect(await world.app.store.claims()).toEqual([]);

    await sandbox.relent('deploy-hangs');
    await sandbox.sabotage('warming-returns');
    const again = await danaTries(world);
    // By now the other machine may have written something, and it may not.
    const next = await Promise.any([
      omar.sees(/Approval needed: Clear the warmed entries/, { in: again.channel, ...PATIENCE }),
      omar.sees(/Approval needed: Deploy/, { in: again.channel, ...PATIENCE }),
    ]);
    if (next.text.includes('Clear the warmed entries')) await omar.clicks('Approve');
    await approvesTheDeployment(world, again.channel);
    await answersYes(world, again.channel);
    clock.advance(2 * MINUTE);
    await dana.sees(/The result could not be verified/, { in: again.channel, ...PATIENCE });
    await dana.clicks('Undo');
    await dana.sees(/leftwards_arrow_with_hook: Undone/, { in: again.channel, ...PATIENCE });
    neverVerified(world, again.channel);
  },
);

async function danaTries(world: World): Promise<Asked> {
  world.dana.reloads();
  return await asks(world.dana, '/rollback cache');
}

async function retries({ dana }: World, channel: string): Promise<void> {
  await dana.clicks('Retry');
  await dana.sees(/dana chose to retry/, { in: channel });
}

async function approvesTheDeployment({ omar }: World, channel: string): Promise<void> {
  await omar.sees(/Approval needed: Deploy the restored version/, { in: channel, ...PATIENCE });
  await omar.clicks('Approve');
}

async function answersYes({ dana }: World, channel: string): Promise<void> {
  await dana.sees(/Please answer above/, { in: channel, ...PATIENCE });
  await dana.clicks('Yes');
}

/** Nothing in the channel says that all is well. */
function neverVerified({ dana }: World, channel: string): void {
  const said = dana.messages(channel).flatMap(({ text, notification }) => [text, notification]);
  expect(said.filter((text) => /(?<!not be )verified/i.test(text))).toEqual([]);
}
