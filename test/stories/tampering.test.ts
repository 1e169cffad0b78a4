import { expect } from 'vitest';
import { danaAsks, furniture, isAsked } from './conversation.ts';
import { intruderIn, rollbotVerify } from './intruder.ts';
import { story } from './light-world.ts';
import type { LightWorld } from './light-world.ts';

const MINUTE = 60_000;
const APPROVED = 'banner cache cleared';
const FORGED = 'everything is gone';

/** The events in which a command stands, or who approved it. */
const EVENTS: Readonly<Record<string, readonly [type: string, from: string, to: string]>> = {
  'the command of the request': ['approval-requested', APPROVED, FORGED],
  'the plan of the run': ['run-started', APPROVED, FORGED],
  'who it was that approved': ['approval-given', 'omar', 'mina'],
};

for (const [what, change] of Object.entries(EVENTS)) {
  story(`somebody changes ${what} in the journal before it takes effect: nothing runs, and the channel reads why`, async ({ world }) => {
    const { dana, omar, shop } = world;
    const { channel, run } = await isApprovedAndWaits(world);
    intruderIn(world).changesEvent(...change);
    slackSpeaksAgain(world);

    const says = await dana.sees(/The journal of this incident was changed from outside/, { in: channel });
    expect(says.text).toMatch(/The journal of incident\/\w+ is broken at event \d+: it is not what it was when it was written/);
    expect(says.text).toContain('Nothing more is carried out here');
    world.clock.advance(5 * MINUTE);
    await world.slack.settled();
    expect(await shop.diary()).toEqual([]);

    const { exit, prints } = await rollbotVerify(world);
    expect(exit).toBe(1);
    expect(prints).toMatch(/incident\/\w+ #\d+: .*not what it was when it was written/);
    await omar.types(`/rollback stop ${run}`, { in: channel });
    await omar.sees(/is broken at event|is being stopped/);
    expect(channelSays(world, channel)).toHaveLength(1);
  });
}

story('the bot is started again on a changed journal: that incident rests and says so, and everything else works', async ({ world }) => {
  const { dana, omar, mina, shop } = world;
  const { channel } = await isApprovedAndWaits(world);
  await world.restarts(async () => intruderIn(world).changesEvent('approval-given', 'omar', 'mina'));
  slackSpeaksAgain(world);
  await dana.sees(/The journal of this incident was changed from outside/, { in: channel });
  await dana.types('/rollback status', { in: '#ops' });
  await dana.sees(/The journal of incident\/\w+ is broken/, { in: '#ops' });

  await dana.types('/rollback voucher', { in: '#ops' });
  await dana.sees(/Started voucher/);
  await omar.sees(/Approval needed: Void the vouchers/);
  await omar.clicks('Approve');
  await mina.sees(/1 of 2: approved by omar/);
  await mina.clicks('Approve');
  await dana.sees(/done and verified/i);
  expect(await shop.diary()).toEqual(['vouchers void']);
  expect(channelSays(world, channel)).toHaveLength(1);
});

story('somebody changes the kept state alone: it is made anew from the events, and what was approved is what runs', async ({ world }) => {
  const { dana, shop } = world;
  const { channel } = await isApprovedAndWaits(world);
  intruderIn(world).changesSnapshot(APPROVED, FORGED, { sealed: false });
  expect((await rollbotVerify(world)).prints).toContain('The snapshot is not what it was when it was written.');
  slackSpeaksAgain(world);
  await dana.sees(/done and verified/i, { in: channel });
  expect(await shop.diary()).toEqual([APPROVED, 'banner plain']);
  expect((await rollbotVerify(world)).exit).toBe(0);
});

story(
  'somebody changes the kept state and its digest too: the approval no longer fits, is taken back, and nothing runs',
  async ({ world }) => {
    const { dana, omar, shop } = world;
    const { channel } = await isApprovedAndWaits(world);
    intruderIn(world).changesSnapshot(APPROVED, FORGED, { sealed: true });
    const { exit, prints } = await rollbotVerify(world);
    expect(exit).toBe(1);
    expect(prints).toContain('The snapshot is another state than the events make.');
    slackSpeaksAgain(world);
    await dana.sees(/took the approval back: what would run is no longer what was approved/, { in: channel });
    const anew = await isAsked(omar, 'Clear the banner');
    expect(anew.text).toContain(FORGED);
    expect(await shop.diary()).toEqual([]);
  },
);

/** The banner's first step is approved by omar, and waits because Slack does not say at the moment who may approve. */
async function isApprovedAndWaits(world: LightWorld): Promise<{ readonly run: string; readonly channel: string }> {
  const { dana, omar, slack } = world;
  furniture(world);
  const asked = await danaAsks(world, '/rollback banner');
  await isAsked(omar, 'Clear the banner');
  await omar.types('/rollback status', { in: '#ops' });
  await omar.sees(/One open incident/);
  slack.faults.refuse('usergroups.users.list', 'internal_error', { times: 1000 });
  await omar.clicks('Approve');
  await dana.sees(/Waits for Slack's word that omar may still approve/, { in: asked.channel });
  return asked;
}

function slackSpeaksAgain({ slack, clock }: LightWorld): void {
  slack.faults.clear();
  clock.advance(MINUTE);
}

function channelSays({ dana }: LightWorld, channel: string): readonly unknown[] {
  return dana.messages(channel).filter(({ text }) => text.includes('was changed from outside'));
}
