import { rm } from 'node:fs/promises';
import path from 'node:path';
import { expect } from 'vitest';
import { asks, danaAsks, denies, furniture, inTheSameInstant, isAsked } from './conversation.ts';
import { story } from './light-world.ts';

const DONE = ['banner cache cleared', 'banner plain'];

story('lee, who has no role, clicks Approve and reads who may; then omar approves', async ({ world }) => {
  const { dana, omar, lee, shop } = world;
  furniture(world);
  const { channel } = await danaAsks(world, '/rollback banner');
  await isAsked(omar, 'Clear the banner');
  world.slack.admin.addMember(channel, 'lee');
  await lee.clicks('Approve');
  await lee.sees(/not in a role that may do this.*devops-engineer or database-admin/);
  lee.reloads();
  await denies(lee, 'I would rather not');
  await lee.sees(/not in a role that may do this/);
  expect(await shop.diary()).toEqual([]);

  await omar.clicks('Approve');
  await dana.sees(/done and verified/i, { in: channel });
  expect(await shop.diary()).toEqual(DONE);
});

story('omar may approve, but not what he has asked for himself; mina does', async ({ world }) => {
  const { omar, mina, shop } = world;
  furniture(world);
  const { channel } = await asks(omar, '/rollback banner "the sale is over"');
  expect((await isAsked(omar, 'Clear the banner')).text).toMatch(/asked for by omar, who can.t approve it/);
  await omar.clicks('Approve');
  await omar.sees(/You asked for this run, so somebody else has to approve it/);
  expect(await shop.diary()).toEqual([]);

  await mina.clicks('Approve');
  await omar.sees(/done and verified/i, { in: channel });
  expect(await shop.diary()).toEqual(DONE);
});

story(
  'while omar makes up his mind somebody clears the cache by hand: it is not cleared again, and his word stays in the record',
  async ({ world }) => {
    const { dana, omar, shop } = world;
    furniture(world);
    const { channel } = await danaAsks(world, '/rollback banner');
    await isAsked(omar, 'Clear the banner');
    await rm(path.join(shop.folder, 'banner-cache'));
    await omar.clicks('Approve');
    await dana.sees(/omar approved/, { in: channel });
    await dana.sees(/Clear the banner.s cache · was done already/, { in: channel });
    await dana.sees(/done and verified/i, { in: channel });
    expect(await shop.diary()).toEqual(['banner plain']);
  },
);

story('omar clicks Approve twice, and it counts once', async ({ world }) => {
  const { dana, omar, shop } = world;
  furniture(world);
  const { channel } = await danaAsks(world, '/rollback banner');
  await isAsked(omar, 'Clear the banner');
  await inTheSameInstant(
    world,
    () => omar.clicks('Approve'),
    () => omar.clicks('Approve'),
  );
  await omar.sees(/This is approved already, so your click changed nothing/);
  await dana.sees(/done and verified/i, { in: channel });
  expect(await shop.diary()).toEqual(DONE);
});

story('one click that Slack delivers twice is one click', async ({ world }) => {
  const { dana, omar, shop } = world;
  furniture(world);
  const { channel } = await danaAsks(world, '/rollback banner');
  await isAsked(omar, 'Clear the banner');
  world.slack.faults.deliverTwice({ type: 'block_actions' });
  await omar.clicks('Approve');
  await dana.sees(/done and verified/i, { in: channel });
  expect(await shop.diary()).toEqual(DONE);
});

story('omar and mina approve in the same millisecond: one approval, and one polite answer', async ({ world }) => {
  const { dana, omar, mina, shop } = world;
  furniture(world);
  const { channel } = await danaAsks(world, '/rollback banner');
  await isAsked(omar, 'Clear the banner');
  await isAsked(mina, 'Clear the banner');
  await inTheSameInstant(
    world,
    () => omar.clicks('Approve'),
    () => mina.clicks('Approve'),
  );
  world.slack.expects(/This is approved already, so your click changed nothing\. (omar|mina) approved/);
  await dana.sees(/done and verified/i, { in: channel });
  const polite = [omar, mina].filter((person) => person.messages(channel).some(({ text }) => text.startsWith('This is approved already')));
  expect(polite).toHaveLength(1);
  expect(await shop.diary()).toEqual(DONE);
});

story('where two are needed, omar and mina approve in the same millisecond, and both count', async ({ world }) => {
  const { dana, omar, mina, shop } = world;
  furniture(world);
  const { channel } = await danaAsks(world, '/rollback voucher');
  await isAsked(omar, 'Void the vouchers');
  await isAsked(mina, 'Void the vouchers');
  await inTheSameInstant(
    world,
    () => mina.clicks('Approve'),
    () => omar.clicks('Approve'),
  );
  await dana.sees(/(omar and mina|mina and omar) approved/, { in: channel });
  await dana.sees(/done and verified/i, { in: channel });
  expect(await shop.diary()).toEqual(['vouchers void']);
});

story('where two are needed, omar alone is not enough however often he clicks', async ({ world }) => {
  const { dana, omar, mina, shop } = world;
  furniture(world);
  const { channel } = await danaAsks(world, '/rollback voucher');
  await isAsked(omar, 'Void the vouchers');
  await omar.clicks('Approve');
  await omar.sees(/1 of 2: approved by omar/, { in: channel });
  await omar.clicks('Approve');
  await omar.sees(/You have approved this already. It needs another person/);
  expect(await shop.diary()).toEqual([]);
  await mina.clicks('Approve');
  await dana.sees(/done and verified/i, { in: channel });
});

story('the bot is started again while it waits, and the button that stood there all along still works', async ({ world }) => {
  const { dana, omar, shop } = world;
  furniture(world);
  const { channel } = await danaAsks(world, '/rollback banner');
  await isAsked(omar, 'Clear the banner');
  await world.restarts();
  await omar.clicks('Approve');
  await dana.sees(/done and verified/i, { in: channel });
  expect(await shop.diary()).toEqual(DONE);
});
