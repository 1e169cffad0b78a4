import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect } from 'vitest';
import { danaAsks, furniture, isAsked, onAGoodDay } from './conversation.ts';
import { story } from './world.ts';

story('dana rolls the cache back, omar approves, the service recovers, and the report is written', async ({ world }) => {
  const { dana, omar, sandbox, folder } = world;
  furniture(world);
  expect((await sandbox.health()).status).toBe('unhealthy');

  const { channel } = await danaAsks(world);
  const asked = await isAsked(omar, 'Clear the warmed entries');
  expect(asked.text).toContain('warm:*');
  expect((await dana.sees(/Run \w+ · started by dana/, { in: channel })).text).not.toMatch(/white_check_mark: (Take|Deploy)/);
  await onAGoodDay(world);
  await expect.poll(async () => (await sandbox.health()).status).toBe('healthy');

  await dana.types('/incident close', { in: channel });
  await dana.sees(/The incident is closed/);
  await dana.sees(/dana closed this incident/, { in: channel });
  await dana.sees(/\.md/);
  const report = (await readdir(path.join(folder, 'incidents'))).find((file) => file.endsWith('.md'));
  expect(await readFile(path.join(folder, 'incidents', report ?? ''), 'utf8')).toContain('# Incident Report');
});
