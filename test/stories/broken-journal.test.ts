import path from 'node:path';
import { expect } from 'vitest';
import { danaAsks, furniture, isAsked } from './conversation.ts';
import { story } from './light-world.ts';
import { change } from '../store/place.ts';

story('the journal of one incident is damaged while the bot is down; the others go on, and everybody is told of it', async ({ world }) => {
  const { dana, omar } = world;
  furniture(world);
  const { channel } = await danaAsks(world, '/rollback banner');
  await isAsked(omar, 'Clear the banner');
  const damage = "update events set body = '{}' where seq = (select max(seq) from events)";
  await world.restarts(async () => await Promise.resolve(change(path.join(world.folder, 'data', 'rollbot.db'), damage)));
  await dana.types('/rollback status', { in: '#ops' });
  const status = await dana.sees(/One open incident/);
  expect(status.text).toMatch(/incident\/\w+ can't be read.*rollbot verify.*says what is wrong/);
  await omar.clicks('Approve', { in: channel });
  await omar.sees(/Something went wrong inside Rollbot/);
  await dana.types('/rollback voucher', { in: '#ops' });
  await dana.sees(/Started voucher/);
  await isAsked(omar, 'Void the vouchers');
});
