import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { IncidentFact } from '../../src/core/incident/event.ts';
import { sha256 } from '../../src/core/digest.ts';
import { createWeb } from '../../src/slack/web.ts';
import { openedIn, openHouse, silent } from './house.ts';
import type { House } from './house.ts';
import { asked, clearCache, digest, done, omar, role, RUN, started, step, STREAM, token } from './story.ts';

let house: House;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(async () => {
  await house.close();
});

const CHANNEL = '#inc-20261124-cache-k7m2xq';

async function begins(...more: readonly IncidentFact[]): Promise<void> {
  await house.happens(openedIn(house.emulator), started, ...done(step('preflight.1')), ...more);
}

function topLevel(channel = CHANNEL): readonly string[] {
  return house.emulator
    .person('dana')
    .messages(channel)
    .filter(({ byApp, threadTs }) => byApp && threadTs === null)
    .map(({ text }) => text);
}

function executed(method: string): number {
  return house.emulator.calls.filter((call) => call.method === method && call.executed).length;
}

describe('when answers are lost', () => {
  test.each(['chat.postMessage', 'conversations.create', 'conversations.invite', 'conversations.setTopic', 'pins.add', 'chat.update'])(
    'of %s, everything is there once',
    async (method) => {
      house.emulator.faults.executedButLost(method, { times: 2 });
      await begins(asked());
      await house.room.settled();
      const { state } = await house.store.load(STREAM);
      expect(state).toMatchObject({ channel: { made: true } });
      expect(topLevel()).toHaveLength(3);
      expect(new Set(topLevel()).size).toBe(3);
      expect(executed('conversations.create')).toBe(1);
    },
  );

  test.each(['files.getUploadURLExternal', 'files.completeUploadExternal'])('of %s, a report is shared once', async (method) => {
    await begins();
    await house.room.settled();
    house.emulator.faults.executedButLost(method);
    await house.room.postReport({ stream: STREAM, edition: 1, fileName: 'a.md', markdown: '# Report' });
    expect(
      house.emulator
        .person('dana')
        .messages(CHANNEL)
        .flatMap(({ files }) => files),
    ).toHaveLength(1);
  });

  test('an answer that says fatal_error may have been carried out, and is looked for', async () => {
    house.emulator.faults.executedButRefused('chat.postMessage', 'fatal_error', { times: 3 });
    await begins(asked());
    await house.room.settled();
    expect(topLevel()).toHaveLength(3);
  });

  test('because the bot died between the post and the note of it, the message is found again', async () => {
    await begins(asked());
    await house.room.settled();
    const key = 'approval:T-approve';
    const row = await house.store.message(STREAM, key);
    await house.store.saveMessage(STREAM, key, {
      status: 'posting',
      channel: row?.channel ?? '',
      ts: null,
      digest: sha256('old'),
      extra: { since: house.clock.now() },
    });
    await house.reopens();
    await house.room.settled();
    expect((await house.store.message(STREAM, key))?.ts).toBe(row?.ts);
    expect(topLevel()).toHaveLength(3);
  });
});

describe('when Slack is away', () => {
  test.each(['reset', 'refused', 'unavailable'] as const)('(%s) nothing is lost, and the channel is right again by itself', async (how) => {
    await house.emulator.faults.outage(how);
    await begins(asked());
    await house.happens({
      type: 'approval-given',
      run: RUN,
      step: clearCache.id,
      token: token('T-approve'),
      digest,
      by: omar,
      roles: [role('devops-engineer')],
    });
    await house.happens(...done(clearCache.id, '4,211 keys deleted'));
    await expect.poll(() => house.room.connected(), { timeout: 10_000 }).toBe(false);
    await house.emulator.faults.recover();
    await house.room.settled();
    const dana = house.emulator.person('dana');
    expect((await dana.sees('4,211 keys deleted', { in: CHANNEL })).edits).toBe(0);
    await dana.sees(/omar approved/i, { in: CHANNEL });
    expect(new Set(topLevel()).size).toBe(topLevel().length);
    await expect.poll(() => house.room.connected(), { timeout: 10_000 }).toBe(true);
  });

  test('a message that somebody has deleted is said again', async () => {
    await begins(asked());
    await house.room.settled();
    const row = await house.store.message(STREAM, 'approval:T-approve');
    const web = createWeb({ token: house.installation.botToken, apiUrl: house.emulator.apiUrl, log: silent });
    expect(await web.call('chat.delete', { channel: row?.channel, ts: row?.ts })).toMatchObject({ status: 'ok' });
    await house.happens({ type: 'settings-changed', run: RUN, what: 'target', now: null });
    await house.happens({
      type: 'approval-given',
      run: RUN,
      step: clearCache.id,
      token: token('T-approve'),
      digest,
      by: omar,
      roles: [role('devops-engineer')],
    });
    await house.happens(...done(step('stop-warming')));
    await house.room.settled();
    expect(topLevel().filter((text) => text.startsWith('Approval:'))).toHaveLength(1);
  });
});

describe("within Slack's limits", () => {
  test('a burst of changes is a few edits, and the last state is the one that is shown', async () => {
    await begins();
    await house.room.settled();
    const before = executed('chat.update');
    for (let minute = 1; minute <= 40; minute += 1) {
      await house.happens({ type: 'late-result', run: RUN, step: step('stop-warming'), attempt: minute, outcome: 'ok', says: 'x' });
    }
    await house.happens(...done(step('stop-warming'), 'the last word'));
    await house.room.settled();
    await house.emulator.person('dana').sees('the last word', { in: CHANNEL });
    expect(executed('chat.update') - before).toBeLessThan(15);
    expect(house.emulator.calls.filter(({ status }) => status === 429)).toEqual([]);
  });

  test("Slack's own pause is kept, and nothing is lost by it", async () => {
    house.emulator.faults.rateLimit('chat.postMessage', 7, { times: 2 });
    const begin = house.clock.now();
    await begins(asked());
    await house.room.settled();
    expect(topLevel()).toHaveLength(3);
    const calls = house.emulator.calls.filter(({ method }) => method === 'chat.postMessage');
    expect(calls[0]?.status).toBe(429);
    expect((calls[1]?.at ?? 0) - begin).toBeGreaterThanOrEqual(7000);
  });

  test('what Slack refuses is not asked again with every change', async () => {
    house.emulator.faults.refuse('chat.postMessage', 'restricted_action', { times: 100 });
    await begins();
    await house.room.settled();
    const before = house.emulator.calls.filter(({ method }) => method === 'chat.postMessage').length;
    await house.happens({ type: 'late-result', run: RUN, step: step('stop-warming'), attempt: 1, outcome: 'ok', says: 'x' });
    await house.room.settled();
    expect(house.emulator.calls.filter(({ method }) => method === 'chat.postMessage').length - before).toBeLessThan(3);
  });
});
