import { expect } from 'vitest';
import { asks, danaAsks, denies, furniture, inTheSameInstant, isAsked } from './conversation.ts';
import { story } from './light-world.ts';

const HELD = /(shop:[a-z]+) is held by (\w+) \(run (\w+), started by \w+\) since/;

story(
  'dana and omar start the same in the same instant: one starts, the other reads who holds it; afterwards it is free',
  async ({ world }) => {
    const { dana, omar, shop } = world;
    furniture(world);
    await inTheSameInstant(
      world,
      () => dana.types('/rollback banner', { in: '#ops' }),
      () => omar.types('/rollback banner', { in: '#general' }),
    );
    const started = await Promise.any([dana.sees(/Started banner/), omar.sees(/Started banner/)]);
    const [first, second] = started.channel === '#ops' ? [dana, omar] : [omar, dana];
    const says = await second.sees(HELD);
    const run = /run (\w+)/.exec(started.text)?.[1] ?? '';
    expect(says.text).toContain(`shop:front is held by banner (run ${run}, started by ${first.name}) since`);
    expect(says.text).toContain(`Wait until it is finished, or stop it with /rollback stop ${run}.`);
    await second.types('/rollback status', { in: '#ops' });
    await second.sees(new RegExp(`Held: production/shop:front by run ${run} since`));

    await isAsked(second, 'Clear the banner');
    await denies(first, 'after you');
    await second.sees(/Ended: it was denied/);
    await second.types('/rollback banner', { in: '#ops' });
    const next = await second.sees(/Started banner/, { in: '#ops' });
    expect(next.text).not.toContain(run);
    await first.sees(new RegExp(`asked for by ${second.name}`));
    expect(await shop.diary()).toEqual([]);
  },
);

story('two procedures that change one and the same thing keep each other out; on another target they do not', async ({ world }) => {
  const { dana, omar } = world;
  furniture(world);
  const { run } = await danaAsks(world, '/rollback prices');
  await isAsked(omar, 'Clear the cached prices');
  await omar.types('/rollback banner', { in: '#ops' });
  const says = await omar.sees(HELD);
  expect(says.text).toContain(`shop:front is held by prices (run ${run}, started by dana) since`);
  expect(omar.messages('#ops').filter(({ text }) => /Started banner/.test(text))).toEqual([]);

  await omar.types('/rollback banner staging', { in: '#ops' });
  await omar.sees(/Started banner/);
  await isAsked(dana, 'Clear the banner');
});

story('what two targets share is changed on one of them at a time, and whoever waits reads on which', async ({ world }) => {
  const { dana, omar } = world;
  furniture(world);
  await world.edit('rollbot.yml', (text) => `shared: [shop:front]\n${text}`);
  const { run, channel } = await danaAsks(world, '/rollback banner staging');
  await isAsked(omar, 'Clear the banner');
  await dana.types('/rollback prices', { in: '#ops' });
  await dana.sees(new RegExp(`^shop:front is held by banner \\(run ${run}, started by dana on staging\\) since`));
  await dana.types('/rollback status', { in: '#ops' });
  await dana.sees(new RegExp(`Held: shop:front by run ${run} since [^·]* · staging/shop:front by run ${run} since`));

  await denies(omar, 'production comes first');
  await dana.sees(/Ended: it was denied/, { in: channel });
  await dana.types('/rollback prices', { in: '#ops' });
  await dana.sees(/Started prices/);
  await isAsked(omar, 'Clear the cached prices');
});

story('a denied run gives back what it held', async ({ world }) => {
  const { dana, omar, slack } = world;
  // Whoever asks can't approve, so omar is not alone in his role.
  slack.admin.setGroup({ handle: 'devops-engineer', members: ['omar', 'mina'] });
  furniture(world);
  const { run } = await asks(omar, '/rollback banner');
  await isAsked(omar, 'Clear the banner');
  await dana.types('/rollback prices', { in: '#ops' });
  await dana.sees(new RegExp(`shop:front is held by banner \\(run ${run}`));
  await denies(omar, 'the prices come first');
  await dana.sees(/Ended: it was denied/);
  await dana.types('/rollback prices', { in: '#ops' });
  await dana.sees(/Started prices/);
  await isAsked(omar, 'Clear the cached prices');
});
