import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect } from 'vitest';
import { danaAsks, denies, furniture, isAsked } from './conversation.ts';
import { story } from './light-world.ts';
import type { LightWorld } from './light-world.ts';

story('dana can not close the incident while its run waits; after it is verified she can, and only once', async ({ world }) => {
  const { dana, omar, lee } = world;
  furniture(world);
  const { run, channel } = await danaAsks(world, '/rollback banner');
  await isAsked(omar, 'Clear the banner');
  await dana.types('/incident close', { in: channel });
  const refused = await dana.sees(/A run of this incident is not finished/);
  expect(refused.text).toContain(`banner (${run}) is running. Finish it, or stop it with /rollback stop ${run}`);

  await omar.clicks('Approve');
  await dana.sees(/done and verified/i, { in: channel });
  world.slack.admin.addMember(channel, 'lee');
  await lee.types('/incident close', { in: channel });
  await lee.sees(/You are not in a role that may do this.*lead-developer/);
  await dana.types('/incident close', { in: channel });
  await dana.sees(/The incident is closed. Its report follows here/);
  await dana.sees(/dana closed this incident/, { in: channel });
  expect(await theReport(world)).toContain('# Incident Report');

  await dana.types('/incident close again', { in: channel });
  await dana.sees(/This incident is closed. Start anew with/);
  await dana.types('/incident status', { in: channel });
  await dana.sees(/No incident belongs to this channel/);
  expect((await readdir(path.join(world.folder, 'incidents'))).filter((file) => file.endsWith('.md'))).toHaveLength(1);
});

story('where a run ended badly, closing needs a reason, and the report has both in red', async ({ world }) => {
  const { dana, omar } = world;
  furniture(world);
  const { run, channel } = await danaAsks(world, '/rollback banner');
  await isAsked(omar, 'Clear the banner');
  await denies(omar, 'not today');
  await dana.sees(/Ended: it was denied/, { in: channel });
  await dana.types('/incident close', { in: channel });
  const refused = await dana.sees(/Say why it may be closed all the same/);
  expect(refused.text).toContain(`Left open: banner (${run}) ended denied`);

  await dana.types('/incident close the banner is fine as it is', { in: channel });
  await dana.sees(/The incident is closed/);
  const closing = await dana.sees(/dana closed this incident/, { in: channel });
  expect(closing.text).toContain('the banner is fine as it is');
  expect(closing.text).toContain(`banner (${run}) ended denied`);
  const report = await theReport(world);
  expect(report).toContain('the banner is fine as it is');
  expect(report).toMatch(/🔴[^]*ended denied/);
});

story('a second run that makes it good needs no reason', async ({ world }) => {
  const { dana, omar } = world;
  furniture(world);
  const { channel } = await danaAsks(world, '/rollback banner');
  await isAsked(omar, 'Clear the banner');
  await denies(omar, 'not today');
  await dana.sees(/Ended: it was denied/, { in: channel });
  await dana.types('/rollback banner', { in: channel });
  await dana.sees(/Started banner/, { in: channel });
  await omar.sees(/Approval needed/, { in: channel });
  await omar.clicks('Approve');
  await dana.sees(/done and verified/i, { in: channel });
  await dana.types('/incident close', { in: channel });
  await dana.sees(/The incident is closed/);
  await dana.sees(/dana closed this incident/, { in: channel });
  await theReport(world);
});

/** The report, once it stands in the channel as a file. */
async function theReport({ dana, folder }: LightWorld): Promise<string> {
  await dana.sees(/\.md/);
  const name = (await readdir(path.join(folder, 'incidents'))).find((file) => file.endsWith('.md'));
  return await readFile(path.join(folder, 'incidents', name ?? ''), 'utf8');
}
