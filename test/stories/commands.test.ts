import { expect } from 'vitest';
import { danaAsks, furniture, isAsked } from './conversation.ts';
import { story } from './light-world.ts';

/** What somebody types while nothing is going on, and what they read; nobody else reads anything. */
const ANSWERS: readonly (readonly [command: string, reads: RegExp])[] = [
  ['/rollback help', /What Rollbot understands[^]*\/rollback list[^]*\/incident close/],
  ['/rollback ?', /What Rollbot understands/],
  ['/rollback HELP', /What Rollbot understands/],
  ['/rollback list', /5 procedures[^]*banner Banner rollback · Shop front · 1m · text= height=[^]*prices[^]*voucher/],
  ['/rollback status', /Nothing is running, and no incident is open/],
  ['/rollback show', /Say which run: \/rollback show <run>/],
  ['/rollback show q7x', /There is no run q7x. \/rollback status lists the runs/],
  ['/rollback stop', /Say which run: \/rollback stop <run> \[reason\]/],
  ['/rollback stop q7x', /There is no such run/],
  ['/rollback show *everybody* <!here>', /There is no run \*everybody\*/],
  ['/incident', /What \/incident understands/],
  ['/incident help', /What \/incident understands/],
  ['/incident status', /No incident belongs to this channel/],
  ['/incident close', /No incident belongs to this channel/],
  ['/incident frobnicate', /There is no \/incident frobnicate. \/incident help shows/],
];

for (const [command, reads] of ANSWERS) {
  story(`dana types ${command}, and reads the answer alone`, async ({ world }) => {
    const { dana, omar } = world;
    await dana.types(command, { in: '#ops' });
    const says = await dana.sees(reads);
    expect(says.kind).toBe('ephemeral');
    expect(omar.messages('#ops')).toEqual([]);
  });
}

story('lee asks for the status while something waits, and reads for whom it waits and who holds what', async ({ world }) => {
  const { omar, lee } = world;
  furniture(world);
  const { run, channel } = await danaAsks(world, '/rollback banner');
  await isAsked(omar, 'Clear the banner');
  await lee.types('/rollback status', { in: '#ops' });
  const status = await lee.sees(/One open incident/);
  expect(status.text).toContain(`run ${run} banner on production, started by dana`);
  expect(status.text).toContain("waits for approval of “Clear the banner's cache” by devops-engineer or database-admin");
  expect(status.text).toMatch(new RegExp(`Held: production/shop:front by run ${run} since`));

  await lee.types(`/rollback show ${run}`, { in: '#ops' });
  const shown = await lee.sees(/1 of 4 done/, { in: '#ops' });
  expect(shown.kind).toBe('ephemeral');
  expect(shown.buttons).toEqual([]);
  await omar.types('/incident status', { in: channel });
  await omar.sees(/One open incident/, { in: channel });
});

story('lee may not stop the run; dana may, and omar, who is slow, reads that it is over', async ({ world }) => {
  const { dana, omar, lee, shop } = world;
  furniture(world);
  const { run, channel } = await danaAsks(world, '/rollback banner');
  await isAsked(omar, 'Clear the banner');
  await lee.types(`/rollback stop ${run}`, { in: '#ops' });
  await lee.sees(/You are not in a role that may do this/);
  const release = world.slack.hold();
  const stopping = dana.types(`/rollback stop ${run} the sale goes on`, { in: '#ops' });
  const late = omar.clicks('Approve');
  release();
  await Promise.all([stopping, late]);

  await dana.sees(`Run ${run} is being stopped.`);
  await omar.sees(/nothing was changed|changed nothing|is being stopped/);
  await dana.sees(/octagonal_sign: Stopped/, { in: channel });
  expect(await shop.diary()).toEqual([]);
  await dana.types(`/rollback stop ${run}`, { in: '#general' });
  await dana.sees(/This run is finished, so nothing was changed/);
});
