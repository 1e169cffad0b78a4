import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect } from 'vitest';
import { danaAsks, furniture, isAsked } from './conversation.ts';
import { storyWith } from './light-world.ts';

const story = storyWith(() => ({ 'break-glass': { roles: ['lead-developer'], tells: 'database-admin', holds: '5m' } }));

story('dana is alone at night: she types the target and says why, the run goes on, and everybody sees it in red', async ({ world }) => {
  const { dana, omar, mina, shop, folder } = world;
  furniture(world);
  world.slack.expects(/Review the override of/);
  const { channel } = await danaAsks(world, '/rollback banner');
  await isAsked(dana, 'Clear the banner');
  await dana.clicks('Approve');
  await dana.sees(/You are not in a role that may do this/);

  await dana.clicks('Break glass…');
  await dana.sees(/You go on without the approval that was asked for/, { in: 'view' });
  const slip = await dana.submits({ 'Type the name of the target: production': 'staging', 'Why can it not wait?': 'nobody is awake' });
  expect(slip).toMatchObject({ status: 'errors', errors: { target: 'Type production, letter by letter.' } });
  expect(await shop.diary()).toEqual([]);
  await dana.submits({ 'Type the name of the target: production': 'production', 'Why can it not wait?': 'nobody is awake' });

  await mina.sees(/You are called as database-admin[^]*OVERRIDE by dana/);
  await mina.sees(/^Page for database-admin[^]*OVERRIDE by dana/, { in: channel });
  await mina.sees(/@mina: OVERRIDE by dana/, { in: channel });
  const called = await mina.sees(/OVERRIDE: Clear the banner/, { in: channel });
  expect(called.text).toContain('dana has gone on without the approval of devops-engineer or database-admin');
  expect(called.text).toContain('nobody is awake');
  await dana.sees(/dana OVERRIDE: went on without an approval: nobody is awake/, { in: channel });
  await dana.sees(/done and verified/i, { in: channel });
  expect(await shop.diary()).toEqual(['banner cache cleared', 'banner plain']);

  await dana.clicks('I have it');
  await dana.sees(/This page is about what you have decided alone, so somebody else has to answer it/);
  await mina.clicks('I have it');
  await mina.sees(/You have it/);
  await expect(omar.clicks('Approve')).rejects.toThrow('sees no button');

  await dana.types('/incident close enough for tonight', { in: channel });
  await dana.sees(/The incident is closed/);
  await dana.sees(/dana closed this incident/, { in: channel });
  await dana.sees(/\.md/);
  const name = (await readdir(path.join(folder, 'incidents'))).find((file) => file.endsWith('.md'));
  const report = await readFile(path.join(folder, 'incidents', name ?? ''), 'utf8');
  expect(report).toMatch(
    /## 🔴 Overridden\n\n- .*\*\*🔴 OVERRIDE: dana went on without an approval: Clear the banner's cache \\?\([0-9a-f]{8}\\?\): nobody is awake/,
  );
  expect(report).toMatch(/- \[ \] 🔴 Review the override of “Clear the banner's cache” by dana/);
});

story('omar, who may approve but not override, is told so', async ({ world }) => {
  const { omar, shop } = world;
  furniture(world);
  await danaAsks(world, '/rollback banner');
  await isAsked(omar, 'Clear the banner');
  await omar.clicks('Break glass…');
  await omar.sees(/You are not in a role that may go on without an approval. It needs lead-developer/, { in: 'view' });
  expect(await shop.diary()).toEqual([]);
});
