import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect } from 'vitest';
import { furniture, nothingIsOwed } from './conversation.ts';
import { story } from './light-world.ts';

const HOUR = 60 * 60_000;

story('the bot looks at its own installation, and says once what got worse', async ({ world }) => {
  const { dana, clock, folder } = world;
  furniture(world);
  const key = path.join(folder, 'key');
  await writeFile(key, 'a-key-that-nobody-reads');
  const channel = dana.screen().channels.find(({ name }) => name === '#general')?.id ?? '';
  await world.edit('rollbot.yml', (text) =>
    `${text}checkup: { every: 2h, channel: ${channel} }\n`.replace('    vars:', `    secrets: { key: { file: ${key} } }\n    vars:`),
  );

  clock.advance(HOUR);
  const first = await dana.sees(/things\* a rollback needs got worse|needs got worse/, { in: '#general' });
  expect(first.text).toMatch(/has never ended verified here/);
  expect(first.text).not.toMatch(/key/);
  await nothingIsOwed(world);

  await rm(key);
  clock.advance(HOUR);
  clock.advance(HOUR);
  await dana.sees(/Something a rollback needs got worse[^]*The secret "key" of production is read from .*, which can't be read/, {
    in: '#general',
  });
  clock.advance(3 * HOUR);
  await nothingIsOwed(world);
  expect(
    dana
      .screen()
      .channels.find(({ name }) => name === '#general')
      ?.messages.filter(({ text }) => text.includes('got worse')),
  ).toHaveLength(2);
});
