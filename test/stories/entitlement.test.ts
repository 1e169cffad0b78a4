import { expect } from 'vitest';
import type { Person } from '../../src/demo/slack/index.ts';
import { danaAsks, furniture, isAsked, meanwhile } from './conversation.ts';
import { story } from './light-world.ts';
import type { LightWorld } from './light-world.ts';

const DONE = ['banner cache cleared', 'banner plain'];
const MINUTE = 60_000;
const ALWAYS = { times: 1000 };

/** The ways in which Slack can fail to say who somebody is or what they may do. */
const MUTE: Readonly<Record<string, (world: LightWorld) => void>> = {
  'refuses to list the group': ({ slack }) => slack.faults.refuse('usergroups.users.list', 'internal_error', ALWAYS),
  'answers 503 about the group': ({ slack }) => slack.faults.http('usergroups.users.list', 503, ALWAYS),
  'refuses to say who omar is': ({ slack }) => slack.faults.refuse('users.info', 'fatal_error', ALWAYS),
  'answers 500 about omar': ({ slack }) => slack.faults.http('users.info', 500, ALWAYS),
  'wants a pause before it says who omar is': ({ slack }) => slack.faults.rateLimit('users.info', 30, ALWAYS),
};

for (const [how, begin] of Object.entries(MUTE)) {
  story(`Slack ${how} when omar clicks: a polite no, and nothing is counted`, async ({ world }) => {
    const { dana, omar, slack, clock, shop } = world;
    furniture(world);
    const { channel } = await danaAsks(world, '/rollback banner');
    await isAsked(omar, 'Clear the banner');
    clock.advance(2 * MINUTE);
    begin(world);
    await omar.clicks('Approve');
    await omar.sees(/Slack does not say at the moment who you are.*nothing was done. Try again in a minute/);
    expect(await shop.diary()).toEqual([]);

    slack.faults.clear();
    clock.advance(MINUTE);
    await omar.clicks('Approve');
    await dana.sees(/done and verified/i, { in: channel });
    expect(await shop.diary()).toEqual(DONE);
  });
}

story('Slack can not say who may approve when the step is to begin: it waits, says so, and goes on when Slack can', async ({ world }) => {
  const { dana, omar, slack, clock, shop } = world;
  furniture(world);
  const { channel } = await danaAsks(world, '/rollback banner');
  await isAsked(omar, 'Clear the banner');
  await isKnown(omar);
  slack.faults.refuse('usergroups.users.list', 'internal_error', ALWAYS);
  await omar.clicks('Approve');
  await dana.sees(/omar approved/, { in: channel });
  await dana.sees(/Waits for Slack's word that omar may still approve/, { in: channel });
  expect(await shop.diary()).toEqual([]);

  slack.faults.clear();
  clock.advance(MINUTE);
  await dana.sees(/done and verified/i, { in: channel });
  expect(await shop.diary()).toEqual(DONE);
});

story('Slack stays mute until the approval ends: it is taken back and asked anew', async ({ world }) => {
  const { dana, omar, slack, clock, shop } = world;
  furniture(world);
  const { channel } = await danaAsks(world, '/rollback banner');
  await isAsked(omar, 'Clear the banner');
  await omar.sees(/holds until/, { in: channel });
  await isKnown(omar);
  slack.faults.refuse('usergroups.users.list', 'internal_error', ALWAYS);
  await omar.clicks('Approve');
  await dana.sees(/omar approved/, { in: channel });
  clock.advance(16 * MINUTE);
  slack.faults.clear();
  clock.advance(MINUTE);
  await dana.sees(/took the approval back: it ended before the step could begin/, { in: channel });
  await isAsked(omar, 'Clear the banner');
  expect(await shop.diary()).toEqual([]);

  await omar.clicks('Approve');
  await dana.sees(/done and verified/i, { in: channel });
  expect(await shop.diary()).toEqual(DONE);
});

story('omar leaves the group between his click and the effect: the approval is taken back, and mina is asked', async ({ world }) => {
  const { dana, omar, mina, slack, shop } = world;
  furniture(world);
  const { channel } = await danaAsks(world, '/rollback banner');
  await isAsked(omar, 'Clear the banner');
  await isKnown(omar);
  await meanwhile(
    world,
    () => omar.clicks('Approve'),
    () => slack.admin.setGroup({ handle: 'devops-engineer', members: [] }),
  );
  await dana.sees(/took the approval back: somebody who approved may no longer do so/, { in: channel });
  await isAsked(mina, 'Clear the banner');
  expect(await shop.diary()).toEqual([]);
  await mina.clicks('Approve');
  await dana.sees(/done and verified/i, { in: channel });
  expect(await shop.diary()).toEqual(DONE);
});

story('omar is deactivated between his click and the effect: the approval is taken back, and mina is asked', async ({ world }) => {
  const { dana, omar, mina, slack, shop } = world;
  furniture(world);
  const { channel } = await danaAsks(world, '/rollback banner');
  await isAsked(omar, 'Clear the banner');
  await isKnown(omar);
  await meanwhile(
    world,
    () => omar.clicks('Approve'),
    () => slack.admin.deactivate('omar'),
  );
  await dana.sees(/took the approval back: somebody who approved may no longer do so/, { in: channel });
  await isAsked(mina, 'Clear the banner');
  await mina.clicks('Approve');
  await dana.sees(/done and verified/i, { in: channel });
  expect(await shop.diary()).toEqual(DONE);
});

/** Has the bot look somebody up, so that it knows them for the next minute. */
async function isKnown(person: Person): Promise<void> {
  await person.types('/rollback status', { in: '#ops' });
  await person.sees(/One open incident/);
}
