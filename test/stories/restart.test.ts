import { expect } from 'vitest';
import { danaAsks, denies, furniture, isAsked } from './conversation.ts';
import { story } from './light-world.ts';

const MINUTE = 60_000;
const DONE = ['banner cache cleared', 'banner plain'];

story(
  'the bot is started again ten minutes into an approval: it has five minutes left, and the card says until when',
  async ({ world }) => {
    const { dana, omar, clock, shop } = world;
    furniture(world);
    const { channel } = await danaAsks(world, '/rollback banner');
    const until = (await omar.sees(/holds until/, { in: channel })).text;
    clock.advance(10 * MINUTE);
    await world.restarts();
    clock.advance(4 * MINUTE);
    await dana.types('/rollback status', { in: '#ops' });
    await dana.sees(/waits for approval of/);
    expect((await omar.sees(/holds until/, { in: channel })).text).toBe(until);
    expect(dana.messages(channel).filter(({ text }) => text.includes('nobody approved'))).toEqual([]);
    clock.advance(MINUTE);
    await dana.sees(/Ended: nobody approved it in time/, { in: channel });
    expect(await shop.diary()).toEqual([]);
  },
);

story('omar approves fourteen minutes after it was shown, with two restarts in between', async ({ world }) => {
  const { dana, omar, clock, shop } = world;
  furniture(world);
  const { channel } = await danaAsks(world, '/rollback banner');
  await omar.sees(/holds until/, { in: channel });
  await world.restarts(async () => clock.advance(7 * MINUTE));
  await world.restarts(async () => clock.advance(7 * MINUTE - 10_000));
  await isAsked(omar, 'Clear the banner');
  await omar.clicks('Approve');
  await dana.sees(/done and verified/i, { in: channel });
  expect(await shop.diary()).toEqual(DONE);
});

story('every button from before a restart still works: Deny, then Undo', async ({ world }) => {
  const { dana, omar, shop } = world;
  furniture(world);
  const { channel } = await danaAsks(world, '/rollback prices');
  await isAsked(omar, 'Clear the cached prices');
  await world.restarts();
  await denies(omar, 'too many people are buying');
  await dana.sees(/What now\?/, { in: channel });
  await world.restarts();
  await dana.clicks('Undo');
  await dana.sees(/leftwards_arrow_with_hook: Undone/, { in: channel });
  expect(await shop.diary()).toEqual(['prices right', 'prices as before']);
});

story('a form that was open when the bot was started again can still be sent', async ({ world }) => {
  const { dana, omar, shop } = world;
  furniture(world);
  await danaAsks(world, '/rollback banner');
  await isAsked(omar, 'Clear the banner');
  await omar.clicks('Deny');
  await omar.sees('Why?', { in: 'view' });
  await world.restarts();
  expect(await omar.submits({ 'Why?': 'the sale is still on' })).toEqual({ status: 'closed' });
  await dana.sees(/omar denied: the sale is still on/i);
  await dana.sees(/Ended: it was denied/);
  expect(await shop.diary()).toEqual([]);
});
