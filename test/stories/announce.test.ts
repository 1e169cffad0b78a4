import { cp, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect } from 'vitest';
import { botSaid, danaAsks, furniture, hasDone, nothingIsOwed } from './conversation.ts';
import { story } from './light-world.ts';
import type { LightWorld } from './light-world.ts';

const DEGRADED = /large_yellow_circle: Degraded\s+Status: degraded but operational\.\s+We take back the new checkout; more in 30 minutes/;
const OPERATIONAL = /large_green_circle: Operational\s+Status: operational\. We took back the new checkout\./;
const DONE = ['checkout taken back'];

story(
  'everybody is told in two channels, the product owner is called once, and the incident and its report say how the system is',
  async ({ world }) => {
    const { dana, priya, lee, shop } = world;
    await preparesAnnouncements(world);
    const { run, channel } = await danaAsks(world, '/rollback checkout');
    const called = await priya.sees(DEGRADED, { in: channel });
    expect(called.text).toMatch(/@priya/);
    expect(called.text).toContain(`run ${run}`);
    expect((await lee.sees(DEGRADED, { in: '#general' })).text).not.toMatch(/@priya/);
    await dana.sees(OPERATIONAL, { in: channel });
    await lee.sees(OPERATIONAL, { in: '#general' });
    await dana.sees(/done and verified/i, { in: channel });
    await dana.sees(/large_green_circle: Operational, as announced[^]*Opened by dana/, { in: channel });
    expect(await shop.diary()).toEqual(DONE);

    await world.restarts();
    await nothingIsOwed(world);
    expect(announcedIn(world, channel)).toHaveLength(2);
    expect(announcedIn(world, '#general')).toHaveLength(2);

    await dana.types('/incident close', { in: channel });
    await dana.sees(/The incident is closed/);
    await dana.sees(/dana closed this incident/, { in: channel });
    await dana.sees(/\.md/, { in: channel });
    const report = await theReport(world);
    expect(report).toMatch(/^- System status: operational, as announced \d{4}-/m);
    expect(report).toContain('Announced (degraded): Status: degraded but operational.');
  },
);

story('where there was nothing to do the run says so, although it was announced', async ({ world }) => {
  const { dana, lee, shop } = world;
  await preparesAnnouncements(world);
  await shop.write('diary', 'checkout taken back');
  const { channel } = await danaAsks(world, '/rollback checkout');
  await dana.sees(/there was nothing to do/, { in: channel });
  await dana.sees(DEGRADED, { in: channel });
  await dana.sees(OPERATIONAL, { in: channel });
  for (const said of [DEGRADED, OPERATIONAL]) await lee.sees(said, { in: '#general' });
});

story('Slack is down while it is announced: the run goes on, and afterwards everybody is told once', async ({ world }) => {
  const { dana, lee, slack, clock } = world;
  await preparesAnnouncements(world);
  slack.faults.slow('conversations.create', 200);
  const asks = dana.types('/rollback checkout', { in: '#ops' });
  await dana.sees(/Started checkout/);
  await asks;
  await slack.faults.outage('reset');
  await hasDone(world, DONE);
  await slack.faults.recover();
  clock.advance(60_000);
  for (const said of [DEGRADED, OPERATIONAL]) await lee.sees(said, { in: '#general' });
  slack.expects(/as announced|done and verified|Degraded|Operational/i);
  await nothingIsOwed(world);
  expect(announcedIn(world, '#general')).toHaveLength(2);
});

story('the step after it fails: undo announces that it was called off, where the procedure says so', async ({ world }) => {
  const { dana, lee, shop } = world;
  await preparesAnnouncements(world);
  await shop.write('jammed', 'yes');
  const { channel } = await danaAsks(world, '/rollback checkout');
  await dana.sees(DEGRADED, { in: channel });
  await lee.sees(DEGRADED, { in: '#general' });
  await dana.sees(/What now\?/, { in: channel });
  await dana.sees(/large_yellow_circle: Degraded, as announced/, { in: channel });
  await dana.clicks('Undo');
  await dana.sees(/leftwards_arrow_with_hook: Undone/, { in: channel });
  await lee.sees(/Operational\s+Taking back the new checkout was called off\./, { in: '#general' });
  await dana.sees(/large_green_circle: Operational, as announced/, { in: channel });
  expect(announcedIn(world, channel)).toHaveLength(1);
  expect(await shop.diary()).toEqual([]);
});

/** Gives the world a channel for announcements, which is told of every incident too, and a procedure that uses it. */
async function preparesAnnouncements(world: LightWorld): Promise<void> {
  furniture(world);
  const general = world.dana.screen().channels.find(({ name }) => name === '#general');
  await cp('test/fixtures/stories/announce', path.join(world.folder, 'procedures'), { recursive: true });
  await world.edit('rollbot.yml', (text) => text.replace('  prefix: inc\n', `  prefix: inc\n  announce: ${general?.id}\n`));
}

/** The first lines of all announcements that the bot has made in a channel. */
function announcedIn(world: LightWorld, channel: string): readonly string[] {
  return botSaid(world, channel).filter((line) => /circle: (?:Degraded|Operational|Outage)$/.test(line));
}

async function theReport({ folder }: LightWorld): Promise<string> {
  const name = (await readdir(path.join(folder, 'incidents'))).find((file) => file.endsWith('.md'));
  return await readFile(path.join(folder, 'incidents', name ?? ''), 'utf8');
}
