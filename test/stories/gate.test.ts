import { expect } from 'vitest';
import type { Person } from '../../src/demo/slack/index.ts';
import { danaAsks, furniture, isAsked, meanwhile } from './conversation.ts';
import { story } from './light-world.ts';
import type { LightWorld } from './light-world.ts';

const COMMANDS = [
  '/rollback',
  '/rollback help',
  '/rollback list',
  '/rollback status',
  '/rollback banner',
  '/rollback banner --dry-run',
  '/incident',
  '/incident status',
  '/incident close',
];
const NOBODY: Readonly<Record<string, { readonly join: (world: LightWorld) => Person; readonly reads: RegExp }>> = {
  'gus, a guest,': { join: ({ gus }) => gus, reads: /Guests can.t use Rollbot. Ask a full member of the workspace/ },
  'a bot': {
    join: ({ slack }) => {
      const person = slack.admin.addPerson({ name: 'robo', kind: 'bot' });
      slack.admin.addMember('#ops', 'robo');
      return person;
    },
    reads: /Only people can use Rollbot; apps and bots can.t/,
  },
  'a guest of one channel': {
    join: ({ slack }) => {
      const person = slack.admin.addPerson({ name: 'ines', kind: 'single-channel-guest' });
      slack.admin.addMember('#ops', 'ines');
      return person;
    },
    reads: /Guests can.t use Rollbot/,
  },
};

for (const [who, { join, reads }] of Object.entries(NOBODY)) {
  story(`${who} types every command, and each time only reads why not`, async ({ world }) => {
    const person = join(world);
    for (const command of COMMANDS) {
      await person.types(command, { in: '#ops' });
      await person.sees(reads);
      await world.slack.settled();
      person.reloads();
    }
    expect(person.view()).toBeNull();
    await nothingHasBegun(world);
  });

  story(`${who} clicks Approve and Deny in an incident's channel, and nothing is decided`, async ({ world }) => {
    const { dana, omar, mina, slack, shop } = world;
    furniture(world);
    const person = join(world);
    const { channel } = await danaAsks(world, '/rollback banner');
    await isAsked(omar, 'Clear the banner');
    await isAsked(mina, 'Clear the banner');
    slack.admin.addMember(channel, person.name);
    await person.clicks('Approve');
    await person.sees(reads, { in: channel });
    await person.clicks('Deny');
    await person.sees(reads, { in: 'view' });
    expect(await shop.diary()).toEqual([]);
    await omar.clicks('Approve');
    await dana.sees(/done and verified/i, { in: channel });
  });
}

story(
  'eve, of another company, is met in a channel that both share: she has no command, and her clicks count for nothing',
  async ({ world }) => {
    const { dana, omar, eve, slack, shop } = world;
    furniture(world);
    expect(await eve.types('/rollback banner', { in: '#vendors' })).toBe('/rollback is not a valid command.');
    const { channel } = await danaAsks(world, '/rollback banner');
    await isAsked(omar, 'Clear the banner');
    slack.admin.addMember(channel, 'eve');
    await eve.clicks('Approve');
    await eve.sees(/another app or workspace|members of its own workspace/, { in: channel });
    await eve.clicks('Deny');
    await eve.sees(/another app or workspace|members of its own workspace/, { in: 'view' });
    expect(await shop.diary()).toEqual([]);
    await omar.clicks('Approve');
    await dana.sees(/done and verified/i, { in: channel });
  },
);

story('dana rolls back from the channel that is shared with vendors, and eve reads nothing of it', async ({ world }) => {
  const { dana, eve } = world;
  await dana.types('/rollback status', { in: '#vendors' });
  await dana.sees(/Nothing is running, and no incident is open/);
  expect(eve.messages('#vendors')).toEqual([]);
});

story('omar is deactivated while his command is under way', async ({ world }) => {
  const { omar, slack } = world;
  await meanwhile(
    world,
    () => omar.types('/rollback banner', { in: '#ops' }),
    () => slack.admin.deactivate('omar'),
  );
  await omar.sees(/This account is deactivated, so it can.t use Rollbot/);
  await nothingHasBegun(world);
});

story('omar is deactivated while the form that he has filled is under way', async ({ world }) => {
  const { omar, slack, clock } = world;
  await omar.types('/rollback', { in: '#ops' });
  await omar.sees('Procedure', { in: 'view' });
  await omar.fills({ Procedure: 'Banner rollback (banner)' });
  await omar.sees('Target', { in: 'view' });
  clock.advance(2 * 60_000);
  await meanwhile(
    world,
    async () =>
      expect(await omar.submits()).toMatchObject({ status: 'errors', errors: { procedure: expect.stringContaining('deactivated') } }),
    () => slack.admin.deactivate('omar'),
  );
  await nothingHasBegun(world);
});

story('omar is deactivated while his click on Approve is under way, and it counts for nothing', async ({ world }) => {
  const { dana, omar, mina, slack, clock, shop } = world;
  furniture(world);
  const { channel } = await danaAsks(world, '/rollback banner');
  await isAsked(omar, 'Clear the banner');
  clock.advance(2 * 60_000);
  await meanwhile(
    world,
    () => omar.clicks('Approve'),
    () => slack.admin.deactivate('omar'),
  );
  await omar.sees(/This account is deactivated/);
  expect(await shop.diary()).toEqual([]);
  await mina.clicks('Approve');
  await dana.sees(/done and verified/i, { in: channel });
});

async function nothingHasBegun({ dana, shop, app }: LightWorld): Promise<void> {
  await dana.types('/rollback status', { in: '#ops' });
  await dana.sees(/Nothing is running, and no incident is open/);
  expect(await app.store.streams({ includeClosed: true, limit: 10 })).toEqual([]);
  expect(await shop.diary()).toEqual([]);
}
