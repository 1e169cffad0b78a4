import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { IncidentFact } from '../../src/core/incident/event.ts';
import { channelId, openedIn, openHouse } from './house.ts';
import type { House } from './house.ts';
import { asked, clearCache, digest, done, omar, role, RUN, started, step, STREAM, token } from './story.ts';

let house: House;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(async () => {
  await house.close();
});

const CHANNEL = 'inc-20261124-cache-k7m2xq';
const given: IncidentFact = {
  type: 'approval-given',
  run: RUN,
  step: clearCache.id,
  token: token('T-approve'),
  digest,
  by: omar,
  roles: [role('devops-engineer')],
};

function posts(): readonly string[] {
  return house.emulator.calls
    .filter(({ method, executed }) => method === 'chat.postMessage' && executed)
    .map(({ args }) => String(args['text']));
}

async function begins(...more: readonly IncidentFact[]): Promise<void> {
  await house.happens(openedIn(house.emulator), started, ...done(step('preflight.1')), ...done(step('stop-warming')), ...more);
  await house.room.settled();
}

describe('an incident in Slack', () => {
  test('has a channel of its own with its people, a topic and a pinned card, and a line where it was asked for', async () => {
    await begins();
    const dana = house.emulator.person('dana');
    const channel = dana.screen().channels.find(({ name }) => name === `#${CHANNEL}`);
    expect(channel?.topic).toContain('Open: Cache warming rollback on production');
    expect((await dana.sees('2 of 5 done', { in: `#${CHANNEL}` })).buttons).toEqual([]);
    await house.emulator.person('omar').sees('Opened by dana', { in: `#${CHANNEL}` });
    expect((await dana.sees('Cache warming rollback on production', { in: '#ops' })).text).toContain(CHANNEL);
    expect(house.emulator.calls.filter(({ method }) => method === 'pins.add')).toHaveLength(1);
    const { state } = await house.store.load(STREAM);
    expect(state).toMatchObject({ channel: { id: channel?.id, name: CHANNEL, made: true } });
  });

  test('asks for an approval, says that it was shown, and takes the buttons away once it is decided', async () => {
    await begins(asked());
    const omarSees = await house.emulator.person('omar').sees('Approval needed', { in: `#${CHANNEL}` });
    expect(omarSees.buttons).toEqual(['Approve', 'Deny']);
    const { state } = await house.store.load(STREAM);
    expect(JSON.stringify(state)).toMatch(/"shownAt":\d+/);
    await house.happens(given);
    await house.room.settled();
    const after = await house.emulator.person('omar').sees(/omar approved/i, { in: `#${CHANNEL}` });
    expect(after.buttons).toEqual([]);
    expect(after.ts).toBe(omarSees.ts);
  });

  test('keeps the verification in one message that fills itself in, and calls those who have to answer', async () => {
    await begins(asked(), given, ...done(clearCache.id), ...done(step('verify.1'), '0.71 is above 0.6'));
    await house.happens({
      type: 'question-asked',
      run: RUN,
      step: step('verify.2'),
      role: role('lead-developer'),
      token: token('T-q'),
      question: 'No cache errors in the logs',
    });
    await house.room.settled();
    const dana = house.emulator.person('dana');
    const list = await dana.sees(/1 of 2 checked/, { in: `#${CHANNEL}` });
    expect(list.buttons).toEqual(['Yes', 'No']);
    expect((await dana.sees('Please answer above', { in: `#${CHANNEL}` })).threadTs).toBe(list.ts);
  });

  test('puts short output into the thread of the card, and long output there as a file', async () => {
    await house.store.saveOutput({ run: RUN, step: step('preflight.1'), attempt: 1 }, 'pitchey-production-cache');
    await house.store.saveOutput({ run: RUN, step: step('stop-warming'), attempt: 1 }, 'a line\n'.repeat(2000));
    await begins();
    const dana = house.emulator.person('dana');
    const card = await dana.sees('2 of 5 done', { in: `#${CHANNEL}` });
    expect((await dana.sees('Output of “This is the cache', { in: `#${CHANNEL}` })).threadTs).toBe(card.ts);
    const file = dana.messages(`#${CHANNEL}`).find(({ files }) => files.length > 0);
    expect(file?.threadTs).toBe(card.ts);
    expect(file?.files[0]?.content).toBe('a line\n'.repeat(2000));
  });

  test('posts a report once, however often it is handed over', async () => {
    await begins();
    const report = { stream: STREAM, edition: 1, fileName: '20261124-140000-cache.md', markdown: '# Incident report' };
    await house.room.postReport(report);
    await house.room.postReport(report);
    await house.reopens();
    await house.room.postReport(report);
    const files = house.emulator
      .person('dana')
      .messages(`#${CHANNEL}`)
      .flatMap((message) => message.files);
    expect(files.map(({ content }) => content)).toEqual(['# Incident report']);
    await house.room.postReport({ ...report, edition: 2, markdown: '# Incident report, with its root cause' });
    await house.room.postReport({ ...report, edition: 2, markdown: '# Incident report, with its root cause' });
    const titles = house.emulator.person('dana').messages(`#${CHANNEL}`);
    expect(titles.flatMap((message) => message.files).map(({ title }) => title)).toEqual([
      'Report: 20261124-140000-cache.md',
      'Report: 20261124-140000-cache.md (edition 2)',
    ]);
  });

  test('says nothing again after a restart when nothing has changed', async () => {
    await begins(asked());
    const before = posts().length;
    const edits = house.emulator.calls.filter(({ method }) => method === 'chat.update').length;
    await house.reopens();
    await house.room.settled();
    expect(posts()).toHaveLength(before);
    expect(house.emulator.calls.filter(({ method }) => method === 'chat.update')).toHaveLength(edits);
  });

  test('speaks in the channel in which it was asked for where no channel may be made', async () => {
    house.emulator.faults.refuse('conversations.create', 'restricted_action');
    await begins();
    await house.emulator.person('dana').sees('2 of 5 done', { in: '#ops' });
    const { state } = await house.store.load(STREAM);
    expect(state).toMatchObject({ channel: { made: false } });
  });

  test('is private where the settings want it, and announced where they say so', async () => {
    Object.assign(house.settings.channels, { private: true, announce: channelId(house.emulator, 'general') });
    await begins();
    const { state } = await house.store.load(STREAM);
    const channel = state.status === 'none' ? undefined : state.channel?.id;
    expect(house.emulator.calls.find(({ method }) => method === 'conversations.create')?.args['is_private']).toBe('true');
    const lee = house.emulator.person('lee');
    expect((await lee.sees('Cache warming rollback on production', { in: '#general' })).text).toContain('opened by dana');
    expect(lee.screen().channels.map(({ id }) => id)).not.toContain(channel);
  });
});
