import { cp } from 'node:fs/promises';
import path from 'node:path';
import { expect } from 'vitest';
import { asks, danaAsks, furniture, isAsked } from './conversation.ts';
import { story } from './light-world.ts';
import type { LightWorld } from './light-world.ts';

story('while everything is taken back nothing else begins on the target, and another target is free', async ({ world }) => {
  const { dana, omar, shop } = world;
  await prepares(world);
  const { run } = await danaAsks(world, '/rollback everything');
  await isAsked(omar, 'Take everything back');
  const held = new RegExp(`held by everything \\(run ${run}, started by dana\\) since`);
  await omar.types('/rollback banner', { in: '#ops' });
  await omar.sees(held);
  await dana.types('/rollback everything', { in: '#ops' });
  await dana.sees(held);
  expect(omar.messages('#ops').filter(({ text }) => /Started/.test(text))).toEqual([]);

  await omar.types('/rollback banner staging', { in: '#ops' });
  await omar.sees(/Started banner/);
  await isAsked(dana, 'Clear the banner');
  await dana.types(`/rollback stop ${run} that was too much`, { in: '#ops' });
  await dana.sees(/is being stopped/);
  await omar.sees(/octagonal_sign: Stopped/);
  await dana.types('/rollback prices', { in: '#ops' });
  await dana.sees(/Started prices/);
  await isAsked(omar, 'Clear the cached prices');
  expect(await shop.diary()).not.toContain('everything taken back');
});

story('everything is not taken back while anything else of the target is', async ({ world }) => {
  const { dana, omar } = world;
  await prepares(world);
  const { run } = await asks(omar, '/rollback banner');
  await dana.types('/rollback everything', { in: '#ops' });
  await dana.sees(new RegExp(`shop:front is held by banner \\(run ${run}, started by omar\\) since`));
  await isAsked(dana, 'Clear the banner');
});

async function prepares(world: LightWorld): Promise<void> {
  furniture(world);
  await cp('test/fixtures/stories/everything', path.join(world.folder, 'procedures'), { recursive: true });
}
