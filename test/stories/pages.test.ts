import { expect } from 'vitest';
import { CHANNEL, isCalled, MINUTE, openPaging, pageFurniture, pages, timesCalled } from './page-scene.ts';
import { story } from './light-world.ts';

story('mina stays silent, so omar is called, who has it; mina, who answers late, is told so', async ({ world }) => {
  const { dana, mina, omar, clock } = world;
  pageFurniture(world);
  await openPaging(world);
  const page = await pages(dana, '/page database-admin "restore needed"');
  await isCalled(mina, 'restore needed');
  await dana.sees(/Waiting for mina/, { in: CHANNEL });
  clock.advance(5 * MINUTE);
  await isCalled(omar, 'restore needed');
  await omar.clicks('I have it', { in: '@rollbot' });
  await omar.sees(/You have it/, { in: '@rollbot' });
  await mina.sees(/You were called[^]*omar has it/, { in: '@rollbot' });
  await dana.sees(/omar has it/, { in: CHANNEL });
  await mina.types(`/page ack ${page}`, { in: '#ops' });
  await mina.sees(/omar has it\. Thank you all the same/, { in: '#ops' });
  clock.advance(60 * MINUTE);
  await dana.types('/page list', { in: '#ops' });
  await dana.sees(/1 open page/, { in: '#ops' });
  expect([timesCalled(mina, 'restore needed'), timesCalled(omar, 'restore needed')]).toEqual([1, 1]);
});
