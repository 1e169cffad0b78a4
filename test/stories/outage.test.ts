import { expect } from 'vitest';
import { botSaid, danaAsks, furniture, hasDone, isAsked, nothingIsOwed, STOCK } from './conversation.ts';
import { story } from './light-world.ts';

const MINUTE = 60_000;
const BANNER = ['banner cache cleared', 'banner plain'];
/** Everything that stands in the channel when all is over: the incident, the run, … */
const BANNER_SAYS = [
  "Approval: Clear the banner's cache",
  'Banner rollback on production',
  'Banner rollback on production',
  'Verification: Banner rollback on production',
];

for (const how of ['reset', 'refused', 'unavailable'] as const) {
  story(
    `Slack is down for a minute (${how}): the run goes on without it, and afterwards every message is there once`,
    async ({ world }) => {
      const { dana, slack, clock, shop } = world;
      furniture(world);
      const { channel } = await danaAsks(world, '/rollback stock');
      await dana.sees(/arrow_forward: Wait for the delivery/, { in: channel });
      await slack.faults.outage(how);
      await shop.write('delivery', 'here');
      await hasDone(world, STOCK.done);
      clock.advance(MINUTE);
      expect(dana.messages(channel).filter(({ text }) => text.includes('verified'))).toEqual([]);

      await slack.faults.recover();
      clock.advance(MINUTE);
      await dana.sees(/white_check_mark: Done and verified/, { in: channel });
      await dana.sees(/Output of Count the stock/, { in: channel });
      await nothingIsOwed(world);
      expect(botSaid(world, channel)).toEqual(STOCK.says);
      await dana.types('/rollback status', { in: '#ops' });
      await dana.sees(/One open incident/);
    },
  );
}

story(
  'Slack goes away in the moment after omar approved: the step waits for word of who he is, and begins when Slack is back',
  async ({ world }) => {
    const { dana, omar, slack, clock, shop } = world;
    furniture(world);
    const { channel } = await danaAsks(world, '/rollback banner');
    await isAsked(omar, 'Clear the banner');
    await omar.types('/rollback status', { in: '#ops' });
    await omar.sees(/One open incident/);
    slack.faults.slow('usergroups.users.list', 500);
    expect((await omar.clicks('Approve')).acked).toBe(true);
    await slack.faults.outage('reset');
    clock.advance(5 * MINUTE);
    expect(await shop.diary()).toEqual([]);

    await slack.faults.recover();
    clock.advance(MINUTE);
    await dana.sees(/white_check_mark: Done and verified/, { in: channel });
    await nothingIsOwed(world);
    expect(await shop.diary()).toEqual(BANNER);
    expect(botSaid(world, channel)).toEqual(BANNER_SAYS);
  },
);
