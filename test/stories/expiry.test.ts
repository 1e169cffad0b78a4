import { expect } from 'vitest';
import { danaAsks, furniture, isAsked, meanwhile } from './conversation.ts';
import { story } from './light-world.ts';

const FIFTEEN_MINUTES = 15 * 60_000;

story('nobody decides for fifteen minutes: it has expired, which is not denied, and nothing was changed', async ({ world }) => {
  const { dana, omar, clock, shop } = world;
  furniture(world);
  const { channel } = await danaAsks(world, '/rollback banner');
  await isAsked(omar, 'Clear the banner');
  await omar.sees(/holds until/, { in: channel });
  clock.advance(FIFTEEN_MINUTES);

  const ended = await dana.sees(/Ended: nobody approved it in time/, { in: channel });
  expect(ended.text).not.toMatch(/denied/i);
  expect((await dana.sees(/ended it: nobody decided in time/, { in: channel })).text).not.toMatch(/denied/i);
  await expect(omar.clicks('Approve')).rejects.toThrow('sees no button');
  expect(await shop.diary()).toEqual([]);
});

story('omar clicks Approve a moment too late, and reads that it has expired', async ({ world }) => {
  const { dana, omar, clock, shop } = world;
  furniture(world);
  const { channel } = await danaAsks(world, '/rollback banner');
  await isAsked(omar, 'Clear the banner');
  await omar.sees(/holds until/, { in: channel });
  await meanwhile(
    world,
    () => omar.clicks('Approve'),
    () => clock.advance(FIFTEEN_MINUTES),
  );
  await omar.sees(/This approval has expired, so your click changed nothing/);
  await dana.sees(/Ended: nobody approved it in time/, { in: channel });
  expect(await shop.diary()).toEqual([]);
});

story('omar writes his reason for so long that the approval expires: he reads that, and nothing says denied', async ({ world }) => {
  const { dana, omar, clock, shop } = world;
  furniture(world);
  const { channel } = await danaAsks(world, '/rollback banner');
  await isAsked(omar, 'Clear the banner');
  await omar.sees(/holds until/, { in: channel });
  await omar.clicks('Deny');
  await omar.sees('Why?', { in: 'view' });
  clock.advance(FIFTEEN_MINUTES);
  await dana.sees(/Ended: nobody approved it in time/, { in: channel });
  expect(await omar.submits({ 'Why?': 'it took me a while to say why' })).toEqual({ status: 'closed' });
  await omar.sees(/This approval has expired, so your click changed nothing/);
  expect(dana.messages(channel).filter(({ text }) => /denied/i.test(text))).toEqual([]);
  expect(await shop.diary()).toEqual([]);
});

story('it expires after a step has changed something: the run is held, and Undo takes it back', async ({ world }) => {
  const { dana, omar, clock, shop } = world;
  furniture(world);
  const { channel } = await danaAsks(world, '/rollback prices');
  await isAsked(omar, 'Clear the cached prices');
  await omar.sees(/holds until/, { in: channel });
  clock.advance(FIFTEEN_MINUTES);
  const held = await dana.sees(/What now\?/, { in: channel });
  expect(held.text).toMatch(/Nobody approved a step in time/);
  await dana.clicks('Undo');
  await dana.sees(/leftwards_arrow_with_hook: Undone/, { in: channel });
  expect(await shop.diary()).toEqual(['prices right', 'prices as before']);
});

story('an approval expires while the bot is stopped', async ({ world }) => {
  const { dana, omar, clock, shop } = world;
  furniture(world);
  const { channel } = await danaAsks(world, '/rollback banner');
  await isAsked(omar, 'Clear the banner');
  await omar.sees(/holds until/, { in: channel });
  await world.restarts(async () => clock.advance(FIFTEEN_MINUTES));
  await dana.sees(/Ended: nobody approved it in time/, { in: channel });
  expect(await shop.diary()).toEqual([]);
});
