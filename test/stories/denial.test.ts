import { expect } from 'vitest';
import { danaAsks, denies, furniture, inTheSameInstant, isAsked } from './conversation.ts';
import { story } from './light-world.ts';

story('omar denies before anything was changed, and the run ends', async ({ world }) => {
  const { dana, omar, shop } = world;
  furniture(world);
  const { channel } = await danaAsks(world, '/rollback banner');
  await isAsked(omar, 'Clear the banner');
  await omar.clicks('Deny');
  expect((await omar.sees(/Why\?/, { in: 'view' })).text).toContain('banner-cache');
  expect(await omar.submits()).toMatchObject({ status: 'errors' });
  expect(await omar.submits({ 'Why?': '   ' })).toMatchObject({ status: 'errors' });
  expect(await omar.submits({ 'Why?': 'the sale is still on' })).toEqual({ status: 'closed' });

  await dana.sees(/omar denied: the sale is still on/i, { in: channel });
  await dana.sees(/Ended: it was denied/, { in: channel });
  expect(await shop.diary()).toEqual([]);
  await expect(omar.clicks('Approve')).rejects.toThrow('sees no button');
});

story('dana, who asked for it, takes it back with Deny', async ({ world }) => {
  const { dana, shop } = world;
  furniture(world);
  const { channel } = await danaAsks(world, '/rollback banner');
  await isAsked(dana, 'Clear the banner');
  await denies(dana, 'found another way');
  await dana.sees(/dana denied: found another way/i, { in: channel });
  await dana.sees(/Ended: it was denied/, { in: channel });
  expect(await shop.diary()).toEqual([]);
});

story('omar denies after a step has changed something, dana chooses Undo, and it is undone', async ({ world }) => {
  const { dana, omar, shop } = world;
  furniture(world);
  const { channel } = await danaAsks(world, '/rollback prices');
  await isAsked(omar, 'Clear the cached prices');
  expect(await shop.read('prices')).toBe('right');
  await denies(omar, 'too many people are buying');

  const held = await dana.sees(/What now\?/, { in: channel });
  expect(held.text).toContain('Undo takes back “Put the old prices back”');
  expect(held.buttons).toEqual(['Undo', 'Stop']);
  await dana.clicks('Undo');
  await dana.sees(/leftwards_arrow_with_hook: Undone/, { in: channel });
  expect(await shop.read('prices')).toBe('too low');
  expect(await shop.diary()).toEqual(['prices right', 'prices as before']);
  await expect(dana.clicks('Stop')).rejects.toThrow('sees no button');
});

story('omar denies after a step has changed something, and Stop leaves everything as it is', async ({ world }) => {
  const { dana, omar, lee, shop } = world;
  furniture(world);
  const { channel } = await danaAsks(world, '/rollback prices');
  await isAsked(omar, 'Clear the cached prices');
  await denies(omar, 'too many people are buying');
  await dana.sees(/What now\?/, { in: channel });
  world.slack.admin.addMember(channel, 'lee');
  await lee.clicks('Stop');
  await lee.sees(/You are not in a role that may do this/);

  await dana.clicks('Stop');
  await dana.sees(/dana chose to stop/, { in: channel });
  await dana.sees(/Ended: it was denied/, { in: channel });
  expect(await shop.read('prices')).toBe('right');
  expect(await shop.diary()).toEqual(['prices right']);
});

story('omar denies and mina approves in the same millisecond: the no counts, and mina reads who said it', async ({ world }) => {
  const { dana, omar, mina, clock, shop } = world;
  furniture(world);
  const { channel } = await danaAsks(world, '/rollback banner');
  await isAsked(omar, 'Clear the banner');
  await isAsked(mina, 'Clear the banner');
  // Whom the bot has looked up lately is served first, and that is omar.
  clock.advance(2 * 60_000);
  await omar.clicks('Deny');
  await omar.sees('Why?', { in: 'view' });
  await omar.fills({ 'Why?': 'not now' });
  await inTheSameInstant(
    world,
    () => omar.submits(),
    () => mina.clicks('Approve'),
  );
  const answer = await mina.sees(/so your click changed nothing/);
  expect(answer.text).toMatch(/omar denied: not now/i);
  await dana.sees(/Ended: it was denied/, { in: channel });
  expect(await shop.diary()).toEqual([]);
});

story('mina approves and omar denies in the same millisecond: the yes counts, and omar reads who said it', async ({ world }) => {
  const { dana, omar, mina, shop } = world;
  furniture(world);
  const { channel } = await danaAsks(world, '/rollback banner');
  await isAsked(omar, 'Clear the banner');
  await isAsked(mina, 'Clear the banner');
  await mina.types('/rollback status', { in: '#ops' });
  await mina.sees(/One open incident/);
  await omar.clicks('Deny');
  await omar.sees('Why?', { in: 'view' });
  await omar.fills({ 'Why?': 'not now' });
  await inTheSameInstant(
    world,
    () => mina.clicks('Approve'),
    () => omar.submits(),
  );
  const answer = await omar.sees(/so your click changed nothing/);
  expect(answer.text).toMatch(/mina approved/i);
  await dana.sees(/done and verified/i, { in: channel });
  expect(await shop.diary()).toEqual(['banner cache cleared', 'banner plain']);
});
