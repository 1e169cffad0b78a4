import { expect } from 'vitest';
import { sitsAtTheHost, typedAtTheHost } from './at-the-host.ts';
import { danaAsks, furniture, isAsked } from './conversation.ts';
import { storyWith } from './light-world.ts';

const story = storyWith(({ people }) => ({
  ...sitsAtTheHost(people, 'dana'),
  'break-glass': { roles: ['lead-developer'], tells: 'database-admin', holds: '5m' },
}));

story('in the terminal it takes the digest, the name of the target and a reason, and whoever watches there sees it', async ({ world }) => {
  const { dana, mina, shop } = world;
  furniture(world);
  world.slack.expects(/Review the override of|OVERRIDE/);
  const { run, channel } = await danaAsks(world, '/rollback banner');
  await isAsked(dana, 'Clear the banner');
  const { waiting } = JSON.parse((await typedAtTheHost(world, ['show', run, '--json'])).out) as { waiting: { digest: string }[] };
  const digest = (waiting[0]?.digest ?? '').slice(0, 8);
  const alone = async (...answers: readonly string[]) => await typedAtTheHost(world, ['approve', run, '--break-glass'], { answers });

  expect(await alone(digest)).toMatchObject({
    code: 64,
    err: expect.stringMatching(/Nothing was overridden\. It needs the name of the target/),
  });
  expect(await alone('00000000', 'production', 'nobody is awake')).toMatchObject({ code: 64 });
  expect(await alone(digest, 'staging', 'nobody is awake')).toMatchObject({ code: 1, err: expect.stringMatching(/production/) });
  expect(await shop.diary()).toEqual([]);

  const stops: (() => void)[] = [];
  const heard: string[] = [];
  const watched = typedAtTheHost(world, ['status', '--watch'], { onSignal: (listener) => stops.push(listener), heard });
  await expect.poll(() => heard.join('')).toMatch(/waits for approval by devops-engineer or database-admin/);
  const said = await alone(digest, 'production', 'nobody is awake');
  expect(said).toMatchObject({ code: 0, out: expect.stringMatching(/OVERRIDE \([0-9a-f]{8}\)\. database-admin is told now/) });
  await mina.sees(/OVERRIDE: Clear the banner/, { in: channel });
  await dana.sees(/done and verified/i, { in: channel });
  expect(await shop.diary()).toEqual(['banner cache cleared', 'banner plain']);
  await expect.poll(() => heard.join('')).toMatch(/done and verified/);
  for (const stop of stops) stop();
  expect((await watched).code).toBe(0);
});
