import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Instant, RunId } from '../../src/core/brand.ts';
import { streamOf } from '../../src/core/trigger/rule.ts';
import type { PinnedRule } from '../../src/core/trigger/rule.ts';
import { watchOf } from '../../src/core/trigger/state.ts';
import type { Watch } from '../../src/core/trigger/state.ts';
import type { Sighting } from '../../src/demo/slack/index.ts';
import { AFTER, DANA, reported, Stage, T1, trusted } from '../core/trigger/scenes.ts';
import { channelId, openedIn, openHouse } from './house.ts';
import type { House } from './house.ts';
import { RUN, started } from './story.ts';

const OPS = '#ops';
const CARD = /Error rate above 10 % on production[^]*Rule error-rate-high/;
let house: House;
beforeEach(async () => {
  house = await openHouse();
  announceIn(OPS.slice(1));
});
afterEach(async () => {
  await house.close();
});

function announceIn(channel: string): void {
  Object.assign(house.settings.channels, { announce: channelId(house.emulator, channel) });
}

function stageOf(rule: PinnedRule): Stage {
  const stage = new Stage(rule);
  stage.now = (house.clock.now() - 20 * 60_000) as Instant;
  return stage;
}

/** Makes true what a deed has done on the stage, and lets the room show it. */
async function then(stage: Stage, deed: (stage: Stage) => unknown): Promise<void> {
  deed(stage);
  await house.desk.follows(stage);
  await house.room.settled();
}

const holds = (stage: Stage): unknown => stage.read(0.01, ...Array.from({ length: 14 }, () => 0.07));
const breaks = (stage: Stage): unknown => stage.breakIt();
const counts = (stage: Stage): unknown => [breaks(stage), stage.gates()];
const recovers = (stage: Stage): unknown => stage.read(...Array.from({ length: 16 }, () => 0.01));

function shown(channel = OPS): readonly Sighting[] {
  return house.emulator
    .person('dana')
    .messages(channel)
    .filter(({ byApp, kind }) => byApp && kind === 'message');
}
const cards = (): readonly Sighting[] => shown().filter(({ text }) => CARD.test(text));
const thread = (): readonly Sighting[] => shown().filter(({ threadTs, ts }) => threadTs !== null && threadTs !== ts);
const pictures = (): readonly Sighting[] => thread().filter(({ files }) => files.length > 0);
const calls = (): readonly Sighting[] => thread().filter(({ files }) => files.length === 0);

async function watchOn(stage: Stage): Promise<Watch | null> {
  return watchOf((await house.store.load(streamOf(stage.rule))).state);
}

describe('a watch', () => {
  test('has one message, which is brought up to date, and calls people and shows them its readings below it', async () => {
    const stage = stageOf(trusted('propose'));
    await then(stage, holds);
    expect(cards()).toMatchObject([{ text: expect.stringMatching(/Watching[^]*start 7 %/), buttons: [] }]);
    expect(thread()).toEqual([]);

    await then(stage, breaks);
    expect(cards()).toMatchObject([{ text: expect.stringMatching(CARD), buttons: ['Roll back now', 'Call it off'] }]);
    expect(calls().map(({ text }) => text)).toEqual([expect.stringMatching(/@dana @devops-engineer.*Start cache\?/)]);
    expect(pictures()).toMatchObject([
      { threadTs: cards()[0]?.ts, files: [{ title: expect.stringMatching(/when it was decided about/) }] },
    ]);
    expect(size(pictures()[0])).toEqual([1800, 720]);

    await then(stage, recovers);
    expect(cards()).toMatchObject([{ text: expect.stringMatching(/Back to normal[^]*It counts as ignored/), buttons: [] }]);
    expect(pictures().map(({ files }) => files[0]?.title)).toEqual([
      expect.stringMatching(/when it was decided about/),
      expect.stringMatching(/how it ended/),
    ]);
    expect(calls()).toHaveLength(1);
  });

  test('that comes again has a message of its own, and leaves the one before as it ended', async () => {
    const stage = stageOf(trusted('propose'));
    await then(stage, breaks);
    await then(stage, recovers);
    await then(stage, breaks);
    expect(cards().map(({ text }) => /It counts as \w+|Start cache/.exec(text)?.[0])).toEqual(['It counts as ignored', 'Start cache']);
  });

  test('that was over before anybody could see it is not posted', async () => {
    await then(stageOf(trusted('propose')), (stage) => [breaks(stage), recovers(stage)]);
    expect(shown()).toEqual([]);
  });

  test('stands in the channel of alerts where there is one', async () => {
    Object.assign(house.settings, { alerts: { channel: channelId(house.emulator, 'general'), sources: {} } });
    await then(stageOf(trusted('propose')), breaks);
    expect(shown()).toEqual([]);
    // The bot may post there without being a member, and share no file.
    expect(shown('#general').map(({ text }) => text)).toEqual([expect.stringMatching(CARD), expect.stringMatching(/Start cache\?/)]);
  });

  test('without any channel is shown nowhere', async () => {
    Object.assign(house.settings.channels, { announce: undefined });
    const stage = stageOf(trusted('countdown'));
    await then(stage, (each) => [breaks(each), each.gates()]);
    expect(shown()).toEqual([]);
    expect((await watchOn(stage))?.ask).toMatchObject({ is: 'countdown', shownAt: null });
  });

  test('in the shadow says what it would have done, and calls nobody', async () => {
    await then(stageOf(trusted('shadow')), breaks);
    expect(cards()).toMatchObject([{ text: expect.stringMatching(/would have offered cache/), buttons: [] }]);
    expect(thread()).toEqual([]);
  });

  test('for something reported calls the roles of the rule, and restores nothing', async () => {
    await then(stageOf({ ...reported(), page: ['database-admin'] }), (stage) => stage.report());
    expect(cards()).toMatchObject([
      { text: expect.stringMatching(/Reported[^]*Nothing restores anything by itself/), buttons: ['Roll back now', 'Call it off'] },
    ]);
    expect(calls().map(({ text }) => text)).toEqual([expect.stringMatching(/@mina .*Orders of last night are missing/)]);
    expect(pictures()).toEqual([]);
  });

  test.each([
    ['it', [recovers]],
    ['it, and another one that nobody has seen,', [recovers, breaks, recovers]],
  ])('says that it is over where %s ended while the bot was away', async (_which, deeds) => {
    const stage = stageOf(trusted('propose'));
    await then(stage, breaks);
    await house.room.stop();
    for (const deed of deeds) deed(stage);
    await house.desk.follows(stage);
    await house.reopens();
    await house.room.settled();
    expect(cards()).toMatchObject([{ text: expect.stringMatching(/Back to normal/), buttons: [] }]);
  });
});

describe('a countdown', () => {
  test('begins when people were called, and then says when it is over', async () => {
    const stage = stageOf(trusted('countdown'));
    await then(stage, counts);
    const watch = await watchOn(stage);
    expect(watch?.ask).toMatchObject({ is: 'countdown', shownAt: expect.any(Number) });
    expect(cards()).toMatchObject([
      {
        text: expect.stringMatching(/cache starts by itself .*, unless somebody stops it/),
        buttons: ['Stop the countdown', 'Roll back now'],
      },
    ]);
    expect(cards()[0]?.text).not.toMatch(/after people were called/);
    expect(calls().map(({ text }) => text)).toEqual([expect.stringMatching(/starts by itself in 1 min/)]);
    expect(pictures()).toHaveLength(1);
  });

  test('does not begin while nobody could be called', async () => {
    const stage = stageOf(trusted('countdown'));
    await then(stage, holds);
    house.emulator.faults.refuse('chat.postMessage', 'restricted_action');
    await then(stage, counts);
    expect((await watchOn(stage))?.ask).toMatchObject({ is: 'countdown', shownAt: null });
  });

  test('does not begin while its button is not there', async () => {
    const stage = stageOf(trusted('countdown'));
    await then(stage, holds);
    house.emulator.faults.refuse('chat.update', 'cant_update_message');
    await then(stage, counts);
    expect(calls()).toEqual([]);
    expect((await watchOn(stage))?.ask).toMatchObject({ is: 'countdown', shownAt: null });
  });

  test('is stopped by one who may, and by nobody else', async () => {
    await then(stageOf(trusted('countdown')), counts);
    await house.emulator.person('mina').clicks('Stop the countdown', { in: OPS });
    expect(await house.emulator.person('mina').sees(/not in a role that may do this/, { in: OPS })).toMatchObject({ kind: 'ephemeral' });
    expect(cards()[0]?.buttons).toContain('Stop the countdown');

    const omar = house.emulator.person('omar');
    await omar.clicks('Stop the countdown', { in: OPS });
    expect(await omar.sees('It is stopped.', { in: OPS })).toMatchObject({ kind: 'ephemeral' });
    await house.room.settled();
    expect(cards()).toMatchObject([{ text: expect.stringMatching(/omar stopped the countdown/), buttons: [] }]);
  });
});

describe('the buttons of a proposal', () => {
  test('start what is offered, and the message says who has, and where', async () => {
    await house.happens(openedIn(house.emulator), started);
    await then(stageOf(trusted('propose')), breaks);
    const omar = house.emulator.person('omar');
    await omar.clicks('Roll back now', { in: OPS, confirm: false });
    expect(cards()[0]?.buttons).toContain('Roll back now');
    await omar.clicks('Roll back now', { in: OPS });
    await omar.sees(`Started (run ${RUN}).`, { in: OPS });
    await house.room.settled();
    expect(cards()[0]).toMatchObject({
      text: expect.stringMatching(new RegExp(`omar started cache [^]*run ${RUN} in #inc-20261124-cache-k7m2xq`)),
      buttons: [],
    });
    expect(pictures()).toHaveLength(1);
  });

  test('call it off', async () => {
    await then(stageOf(trusted('propose')), breaks);
    const omar = house.emulator.person('omar');
    await omar.clicks('Call it off', { in: OPS });
    await omar.sees('It is called off.', { in: OPS });
    await house.room.settled();
    expect(cards()).toMatchObject([{ text: expect.stringMatching(/omar called it off/), buttons: [] }]);
  });

  test('can not start what nobody knows', async () => {
    house.desk.procedure = null;
    await then(stageOf(trusted('propose', { procedure: 'last-changed' })), breaks);
    expect(cards()).toMatchObject([{ text: expect.stringMatching(/Nobody knows what was changed last/), buttons: ['Call it off'] }]);
  });

  test('of a watch that is over answer so', async () => {
    const stage = stageOf(trusted('propose'));
    await then(stage, breaks);
    // Slack still shows what has changed meanwhile.
    house.emulator.faults.refuse('chat.update', 'cant_update_message');
    await then(stage, recovers);
    const omar = house.emulator.person('omar');
    await omar.clicks('Roll back now', { in: OPS });
    expect(await omar.sees(/Nothing is being watched here any more/, { in: OPS })).toMatchObject({ kind: 'ephemeral' });
  });
});

test('a run that the rule has started itself is said, with how it ended', async () => {
  const stage = stageOf(trusted('auto'));
  await then(stage, (each) => [breaks(each), each.start()]);
  expect(cards()).toMatchObject([{ text: expect.stringMatching(/The rule error-rate-high started cache [^]*run r1/), buttons: [] }]);
  expect([calls().length, pictures().length]).toEqual([0, 1]);
  await then(stage, (each) => each.tell({ kind: 'note-run-ended', run: 'r1' as RunId, outcome: 'verified', endedAt: AFTER }));
  await then(stage, recovers);
  expect(cards()).toMatchObject([{ text: expect.stringMatching(/The run is done and verified[^]*counts as followed/) }]);
  expect(pictures()).toHaveLength(2);
});

test('a chart that can not be drawn holds nothing up', async () => {
  await house.close();
  house = await openHouse({
    drawChart: () => {
      throw new Error('No font.');
    },
  });
  announceIn('ops');
  const stage = stageOf(trusted('propose'));
  await then(stage, breaks);
  await then(stage, (each) => each.tell({ kind: 'call-off', ...DANA, reason: 'a test' }));
  expect(cards()).toMatchObject([{ text: expect.stringMatching(/dana called it off/) }]);
  expect([calls().length, pictures().length]).toEqual([1, 0]);
  expect(house.log.join()).toContain('the picture could not be drawn (No font.)');
});

test('/rollback triggers says where each rule stands, to whoever asks', async () => {
  await then(stageOf(trusted('countdown')), (stage) => [
    breaks(stage),
    stage.gates(),
    stage.tell({ kind: 'veto', token: T1, ...DANA, reason: null }),
  ]);
  const lee = house.emulator.person('lee');
  await lee.types('/rollback triggers', { in: OPS });
  expect(
    await lee.sees(/1 rule[^]*countdown: error_rate above 10 %[^]*its countdown was stopped[^]*followed 0/, { in: OPS }),
  ).toMatchObject({
    kind: 'ephemeral',
  });
});

/** Width and height of the picture in a message. */
function size(sighting: Sighting | undefined): readonly number[] {
  const bytes = Buffer.from(sighting?.files[0]?.content.replace('data:image/png;base64,', '') ?? '', 'base64');
  return [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
}
