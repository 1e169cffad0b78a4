import { expect } from 'vitest';
import { sitsAtTheHost, typedAtTheHost } from './at-the-host.ts';
import { denies, furniture, isAsked } from './conversation.ts';
import { storyWith } from './light-world.ts';
import type { LightWorld } from './light-world.ts';

const story = storyWith(({ people }) => ({
  ...sitsAtTheHost(people, 'dana'),
  shared: ['shop:front'],
  drills: {
    'banner-on-staging': {
      title: 'Monthly banner drill',
      procedure: 'banner',
      target: 'staging',
      schedule: { every: 'month', day: 20, at: '10:00', zone: 'UTC' },
      channel: 'C0000000',
      roles: ['devops-engineer'],
    },
  },
}));

/** Omar practises on staging; his drill waits for an approval and holds what all targets share. */
async function omarPractises(world: LightWorld): Promise<{ run: string; channel: string }> {
  const { omar, mina } = world;
  furniture(world);
  await omar.types('/rollback drill banner-on-staging', { in: '#ops' });
  const said = await omar.sees(/Started the drill \(run (\w+)\)/);
  const { channel } = await isAsked(mina, 'drill: Clear the banner');
  return { run: /run (\w+)/.exec(said.text)?.[1] ?? '', channel };
}

story('what is started in earnest never waits for practice: the drill ends in the same moment, and says so', async ({ world }) => {
  const { dana, omar, mina, shop } = world;
  const drill = await omarPractises(world);
  await dana.types('/rollback prices', { in: '#ops' });
  await dana.sees(new RegExp(`Started prices \\(run \\w+\\)\\. A drill \\(run ${drill.run}\\) made way for it\\.`));
  const over = await omar.sees(/This drill makes way\. dana starts prices on production in earnest/, { in: drill.channel });
  expect(over.text).toContain('@omar');
  expect(over.text).toContain('Nothing begins here, and nothing had been changed.');
  await omar.sees(/The drill is over/, { in: drill.channel });
  await mina.sees(/dana stopped the drill: prices on production is in earnest/, { in: drill.channel });

  await isAsked(omar, 'Clear the cached prices');
  await denies(omar, 'They are right again.');
  await dana.sees(/Waits for a decision/);
  expect(await shop.diary()).toEqual(['prices right']);
});

story('in the terminal it is the same, and practice never ends for practice', async ({ world }) => {
  const { dana, omar } = world;
  const drill = await omarPractises(world);
  await dana.types('/rollback prices staging', { in: '#ops' });
  await dana.sees(
    new RegExp(`shop:front is held by banner \\(run ${drill.run}.*Wait until it is finished, or stop it with /rollback stop ${drill.run}`),
  );

  const said = await typedAtTheHost(world, ['run', 'prices', '--target', 'production', '--detach']);
  expect(said).toMatchObject({ code: 0, out: expect.stringContaining(`A drill (run ${drill.run}) made way for it.`) });
  await omar.sees(/This drill makes way\. dana \(in the terminal\) starts prices/, { in: drill.channel });
  await omar.sees(/The drill is over/, { in: drill.channel });
  await isAsked(omar, 'Clear the cached prices');
  await denies(omar, 'They are right again.');
  await dana.sees(/What now/);
});
