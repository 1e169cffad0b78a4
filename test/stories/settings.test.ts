import { expect } from 'vitest';
import { danaAsks, furniture, isAsked } from './conversation.ts';
import { NOBODY, story } from './light-world.ts';

const DONE = ['banner cache cleared', 'banner plain'];

story(
  'the procedure is edited while it waits: the run keeps its own, its card says so, and the next run has the new one',
  async ({ world }) => {
    const { dana, omar, shop } = world;
    furniture(world);
    const { channel } = await danaAsks(world, '/rollback banner');
    const asked = await isAsked(omar, 'Clear the banner');
    await world.edit('procedures/banner.yml', (text) =>
      text.replace('rm -- "$SHOP/banner-cache"', 'echo "something else" >>"$SHOP/diary"'),
    );
    await omar.clicks('Approve');
    await dana.sees(/done and verified/i, { in: channel });
    expect(await shop.diary()).toEqual(DONE);
    const changed = /(?=[^]*4 of 4 done)[^]*Since the start, the procedure's file changed. This run goes on as it was pinned when it began/;
    await dana.sees(changed, { in: channel });

    await shop.write('banner-cache', 'festive');
    await dana.types('/rollback banner', { in: channel });
    await dana.sees(/Started banner/, { in: channel });
    const anew = await omar.sees(/something else/, { in: channel });
    expect(anew.text).toContain('Approval needed');
    expect(digestIn(anew.text)).not.toBe(digestIn(asked.text));
  },
);

story("the target's settings are edited while it waits: the run goes on with those that were approved", async ({ world }) => {
  const { dana, omar, shop } = world;
  furniture(world);
  const { channel } = await danaAsks(world, '/rollback banner');
  await isAsked(omar, 'Clear the banner');
  await world.edit('rollbot.yml', (text) => text.replace(`shop: ${shop.folder}`, 'shop: /nowhere'));
  await omar.clicks('Approve');
  await dana.sees(/Since the start, the target's settings changed/, { in: channel });
  await dana.sees(/done and verified/i, { in: channel });
  expect(await shop.diary()).toEqual(DONE);
});

story('another procedure is broken while one waits: the one goes on, and the broken one is named', async ({ world }) => {
  const { dana, omar, shop } = world;
  furniture(world);
  const { channel } = await danaAsks(world, '/rollback banner');
  await isAsked(omar, 'Clear the banner');
  await world.edit('procedures/prices.yml', (text) => text.replace('title: Price rollback', 'titel: Price rollback'));
  await dana.types('/rollback list', { in: '#ops' });
  expect((await dana.sees(/4 procedures/)).text).toMatch(/prices\.yml:2:1: .*titel/);
  await omar.clicks('Approve');
  await dana.sees(/done and verified/i, { in: channel });
  expect(await shop.diary()).toEqual(DONE);
});

story('its own file and the settings are broken while a run waits: it still ends as it began', async ({ world }) => {
  const { dana, omar, shop } = world;
  furniture(world);
  const { channel } = await danaAsks(world, '/rollback banner');
  await isAsked(omar, 'Clear the banner');
  await world.edit('procedures/banner.yml', () => 'title: [');
  await world.edit('rollbot.yml', (text) => text.replace(NOBODY, '"'));
  await omar.clicks('Approve');
  await dana.sees(/done and verified/i, { in: channel });
  expect(await shop.diary()).toEqual(DONE);
});

story('the group of a role is taken out of the settings: its holders may not any more, and the others still may', async ({ world }) => {
  const { dana, omar, mina, shop, clock } = world;
  furniture(world);
  const { channel } = await danaAsks(world, '/rollback banner');
  await isAsked(omar, 'Clear the banner');
  await world.edit('rollbot.yml', (text) => text.replace(/(devops-engineer:\n +groups:\n +- )\S+/, '$1S0NOBODY1'));
  await dana.types('/rollback list', { in: '#ops' });
  await dana.sees(/5 procedures/);
  clock.advance(2 * 60_000);
  await omar.clicks('Approve');
  await omar.sees(/You are not in a role that may do this/);
  expect(await shop.diary()).toEqual([]);
  await mina.clicks('Approve');
  await dana.sees(/done and verified/i, { in: channel });
  expect(await shop.diary()).toEqual(DONE);
});

function digestIn(text: string): string | undefined {
  return /digest (\w{8})/.exec(text)?.[1];
}
