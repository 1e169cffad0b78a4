import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect } from 'vitest';
import { CHECKLIST } from '../../src/core/drill/checklist.ts';
import { denies, furniture, isAsked, nothingIsOwed } from './conversation.ts';
import { story } from './light-world.ts';
import type { LightWorld } from './light-world.ts';
import { isCalled, openPaging, pages, timesCalled } from './page-scene.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const CHANNEL = '#general';

/** The bot is started again so much later: no connection lives through such a jump of the clock. */
async function later(world: LightWorld, ms: number): Promise<void> {
  await world.restarts(async () => await Promise.resolve(world.clock.advance(ms)));
}

/** Stories begin on 24 November at 3:00; this is practised a day and half an hour later. */
async function drillIsPlanned(world: LightWorld, more = ''): Promise<void> {
  const channel = world.dana.screen().channels.find(({ name }) => name === CHANNEL)?.id ?? '';
  await world.edit(
    'rollbot.yml',
    (text) => `${text}
drills:
  banner-on-staging:
    title: Monthly banner drill
    procedure: banner
    target: staging
    schedule: { every: month, day: 25, at: '03:30', zone: UTC }
    channel: ${channel}
    roles: [devops-engineer]
    ${more}
`,
  );
  await later(world, MINUTE);
  await world.dana.types('/rollback drill list', { in: '#ops' });
  await world.dana.sees(/Monthly banner drill.*next/s, { in: '#ops' });
}

story(
  'a drill is announced a day and an hour before, over a restart, goes the way of the real thing, and has a scorecard',
  async ({ world }) => {
    const { dana, omar, mina, lee, shop, folder } = world;
    furniture(world);
    await drillIsPlanned(world, 'trouble: { silent-approver: 1m, failing-step: put-back }');

    await later(world, 26 * MINUTE);
    const first = await lee.sees(/Drill: Monthly banner drill/, { in: CHANNEL });
    expect(first.text).toContain('announced a day before');
    expect(first.buttons).toEqual(['Sign up', 'Skip with a reason']);
    await lee.clicks('Sign up', { in: CHANNEL });
    await lee.sees(/You have signed up/);

    await later(world, 23 * HOUR);
    await dana.sees(/announced an hour before/, { in: CHANNEL });
    await dana.clicks('Start the drill', { in: CHANNEL });
    await dana.sees(/Started the drill/);

    // The same way through as the real thing, and marked everywhere.
    const asked = await isAsked(omar, 'drill: Clear the banner');
    expect(asked.channel).toMatch(/^#inc-drill-/);
    await omar.clicks('Approve');
    await omar.sees(/You are the silent approver of this drill/);
    await mina.clicks('Approve');
    await dana.sees(/A step failed: “Put the banner back”/);
    expect(await shop.diary()).toEqual(['banner cache cleared']);
    await dana.clicks('Retry');
    await dana.sees(/done and verified/i);
    expect(await shop.diary()).toEqual(['banner cache cleared', 'banner plain']);

    await dana.sees(/The drill is over/);
    await dana.types('/incident close', { in: asked.channel });
    await dana.sees(/the checklist of the drill is not filled in/);
    await dana.clicks('Fill in the checklist', { in: asked.channel });
    await dana.sees(/All critical user journeys/, { in: 'view' });
    const answers = Object.fromEntries(Object.values(CHECKLIST).map((question) => [question, 'Yes']));
    expect(await dana.submits({ ...answers, 'Authentication systems functional': 'Not tested' })).toEqual({ status: 'closed' });
    await dana.sees(/dana filled in the checklist/, { in: asked.channel });
    await dana.types('/incident close', { in: asked.channel });
    await dana.sees(/The incident is closed/);
    await dana.sees(/Report: \S+\.md/, { in: asked.channel });
    await dana.sees(/Scorecard: \S+\.md/, { in: asked.channel });
    world.slack.expects(/dana closed this incident/);
    world.slack.expects(/dana started it/);

    const files = (await readdir(path.join(folder, 'drills'))).toSorted();
    expect(files).toEqual([
      expect.stringMatching(/^20261125-02\d{4}-banner\.json$/),
      expect.stringMatching(/^20261125-02\d{4}-banner\.md$/),
    ]);
    const scorecard = await readFile(path.join(folder, 'drills', files[1] ?? ''), 'utf8');
    expect(scorecard).toContain('# Drill scorecard: Banner rollback on staging');
    expect(scorecard).toMatch(/A silent approver \(omar\), at [\d :-]+, Clear the banner's cache: mina approved after/);
    expect(scorecard).toMatch(/A step that fails, at [\d :-]+, Put the banner back: dana chose retry after/);
    expect(scorecard).toContain('Nothing that was not meant to.');
    expect(scorecard).toContain('| Authentication systems functional | ⬜ not tested |');
  },
);

story('what was missed while the bot was down is said, and is not begun late', async ({ world }) => {
  const { dana, shop } = world;
  await drillIsPlanned(world, 'starts: itself');
  await later(world, 26 * MINUTE);
  await dana.sees(/announced a day before/, { in: CHANNEL });

  await later(world, 25 * HOUR);
  const missed = await dana.sees(/did not happen\. Rollbot was down when it should have been announced/, { in: CHANNEL });
  expect(missed.text).toMatch(/The next one is .*12-25/);
  await nothingIsOwed(world);
  expect(await shop.diary()).toEqual([]);
  expect(dana.screen().channels.some(({ name }) => name.startsWith('#inc-'))).toBe(false);
});

story('a drill begins by itself at its time, and nothing in it can touch production', async ({ world }) => {
  const { dana, omar } = world;
  furniture(world);
  await drillIsPlanned(world, 'starts: itself');
  await later(world, 26 * MINUTE);
  await later(world, 23 * HOUR);
  await dana.sees(/announced an hour before/, { in: CHANNEL });
  await later(world, HOUR);
  await dana.sees(/Rollbot started it/, { in: CHANNEL });
  const asked = await isAsked(omar, 'drill: Clear the banner');

  await dana.types('/rollback prices production', { in: asked.channel });
  await dana.sees(/A drill never touches a protected target.*production is protected/s);
  await denies(omar, 'That was enough for today.');
  const over = await dana.sees(/The drill is over/);
  expect(over.text).toContain('@lead-developer');
});

story('a drill is skipped with a reason, by whoever may', async ({ world }) => {
  const { dana, lee } = world;
  await drillIsPlanned(world);
  await later(world, 26 * MINUTE);
  await dana.sees(/announced a day before/, { in: CHANNEL });
  await lee.types('/rollback drill skip banner-on-staging I am tired', { in: '#ops' });
  await lee.sees(/You are not in a role that may do this/);
  await dana.clicks('Skip with a reason', { in: CHANNEL });
  await dana.sees('Why?', { in: 'view' });
  expect(await dana.submits({ 'Why?': 'We launch on Wednesday.' })).toEqual({ status: 'closed' });
  await dana.sees(/This time the drill is skipped/);
  const said = await dana.sees(/dana skipped it: We launch on Wednesday\./, { in: CHANNEL });
  expect(said.buttons).toEqual([]);
  await dana.types('/rollback drill', { in: '#ops' });
  await dana.sees(/next 2026-12-25.*was skipped/s);
});

story('a drill pages only those who have signed up, as a drill; neither executives nor vendors hear of it', async ({ world }) => {
  const { dana, omar, mina, priya, clock } = world;
  furniture(world);
  await openPaging(world, {
    approvalAfter: '2m',
    stages: ['{ wait: 5m }', '{ wait: 5m }'],
    everybody: 'devops-engineer',
    more: `severities: { sev1: { title: Major incident } }
tell:
  - { on: severity-set, severities: [sev1], roles: [product-owner], text: business }
vendors:
  neon-support: { title: Neon Support, support: { email: support@neon.example }, owner: database-admin }
`,
  });
  await world.edit('rollbot.yml', (text) => text.replace('  product-owner:\n', '  product-owner:\n    drills: false\n'));
  await drillIsPlanned(world, `people: [${mina.id}]`);
  await later(world, 26 * MINUTE);
  await priya.sees(/announced a day before/, { in: CHANNEL });
  await priya.clicks('Sign up', { in: CHANNEL });
  await priya.sees(/You have signed up/);
  await later(world, 23 * HOUR);
  await dana.sees(/announced an hour before/, { in: CHANNEL });
  await dana.clicks('Start the drill', { in: CHANNEL });
  await dana.sees(/Started the drill/);
  const { channel } = await isAsked(omar, 'drill: Clear the banner');
  world.slack.expects(/dana started it/);

  clock.advance(2 * MINUTE);
  const called = await isCalled(mina, 'An approval is waited for');
  expect(called.text).toMatch(/DRILL: You are called/);
  clock.advance(5 * MINUTE);
  await expect.poll(() => timesCalled(mina, 'An approval is waited for')).toBe(2);
  clock.advance(5 * MINUTE);
  await dana.sees(/DRILL: Page for devops-engineer and database-admin[^]*everybody:[^]*There is nobody who could be called/, {
    in: channel,
  });

  await dana.types('/incident severity sev1', { in: channel });
  await dana.sees(/The severity is sev1 now/);
  world.slack.expects(/sev1: Major incident, set by dana/);
  await dana.sees(/DRILL: Page for product-owner[^]*There is nobody who could be called/, { in: channel });
  await pages(dana, '/page product-owner what do users notice', channel);
  await dana.sees(/DRILL: Page for product-owner[^]*what do users notice[^]*There is nobody who could be called/, { in: channel });
  await dana.types('/page neon-support queries time out', { in: channel });
  await dana.sees(/This is a drill, and nobody outside is asked in a drill/);

  await mina.clicks('Approve', { in: channel });
  await dana.sees(/The drill is over/);
  expect(timesCalled(mina, 'DRILL')).toBe(2);
  expect([omar, priya].map((person) => timesCalled(person, 'DRILL'))).toEqual([0, 0]);
  expect([omar, priya].map((person) => person.messages('@rollbot').length)).toEqual([0, 0]);
});
