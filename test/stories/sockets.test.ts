import { expect } from 'vitest';
import { danaAsks, furniture, isAsked } from './conversation.ts';
import { story } from './light-world.ts';
import type { LightWorld } from './light-world.ts';

const DONE = ['banner cache cleared', 'banner plain'];

story(
  'the line is cut while omar clicks: whether his click was heard or not, once more makes it good, and it counts once',
  async ({ world }) => {
    const { dana, omar, slack, shop } = world;
    const { channel } = await isAskedOverTwoLines(world);
    world.forgives(/approve/);
    slack.expects(/This is approved already, so your click changed nothing/);
    const release = slack.hold();
    const clicked = omar.clicks('Approve');
    await new Promise((resolve) => setImmediate(resolve));
    release();
    slack.faults.disconnectSockets('cut');
    const { acked } = await clicked;

    world.clock.advance(2000);
    await hasConnected(world, 4);
    if (!acked && dana.messages(channel).every(({ text }) => !text.includes('omar approved'))) await omar.clicks('Approve');
    await dana.sees(/done and verified/i, { in: channel });
    expect(await shop.diary()).toEqual(DONE);
  },
);

for (const reason of ['warning', 'refresh_requested'] as const) {
  story(
    `Slack ends both connections in order (${reason}): the bot makes new ones at once, and the button still works`,
    async ({ world }) => {
      const { dana, omar, slack, shop } = world;
      const { channel } = await isAskedOverTwoLines(world);
      slack.faults.disconnectSockets(reason);
      await hasConnected(world, 4);
      expect((await omar.clicks('Approve')).acked).toBe(true);
      await dana.sees(/done and verified/i, { in: channel });
      expect(await shop.diary()).toEqual(DONE);
    },
  );
}

story(
  'the bot is stopped before it could work on a command that it had acknowledged: it was on disk, and is done after the start',
  async ({ world }) => {
    const { dana, omar, slack } = world;
    furniture(world);
    slack.faults.slow('users.info', 2000);
    await dana.types('/rollback banner', { in: '#ops' });
    expect(dana.messages('#ops').filter(({ text }) => text.includes('Started'))).toEqual([]);
    await world.restarts();
    await dana.sees(/Started banner \(run \w+\)/, { in: '#ops' });
    await isAsked(omar, 'Clear the banner');
    await slack.settled();
    expect(await world.app.store.streams({ includeClosed: true })).toHaveLength(1);
    expect(dana.messages('#ops').filter(({ text }) => text.includes('Started'))).toHaveLength(1);
  },
);

story('the same, but the bot is away for so long that the world has moved on: nothing starts, and dana reads why', async ({ world }) => {
  const { dana, slack, clock } = world;
  slack.faults.slow('users.info', 2000);
  await dana.types('/rollback banner', { in: '#ops' });
  await world.restarts(async () => clock.advance(10 * 60_000));
  await dana.sees(/Rollbot was down when you asked for this, and nothing was started. Type it again if it is still wanted/);
  expect(await world.app.store.streams({ includeClosed: true })).toEqual([]);
});

async function isAskedOverTwoLines(world: LightWorld): Promise<{ readonly channel: string }> {
  furniture(world);
  const asked = await danaAsks(world, '/rollback banner');
  await isAsked(world.omar, 'Clear the banner');
  return asked;
}

/** Waits until the bot has asked for so many connections since its start, and has its two. */
async function hasConnected({ slack }: LightWorld, times: number): Promise<void> {
  const asked = (): number => slack.calls.filter(({ method }) => method === 'apps.connections.open').length;
  await expect.poll(() => [asked(), slack.connections()], { timeout: 60_000 }).toEqual([times, 2]);
}
