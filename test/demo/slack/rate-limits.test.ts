import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { call } from './calling.ts';
import { setStage, type Stage } from './stage.ts';

describe('rate limits', () => {
  let stage: Stage;
  beforeEach(async () => {
    stage = await setStage();
    stage.clock.advance(120_000);
  });
  afterEach(() => stage.slack.close());

  /** Calls until Slack has enough, and says how many went through. */
  async function countUntilLimited(method: string, args: Record<string, unknown>): Promise<{ passed: number; retryAfter: string | null }> {
    for (let passed = 0; passed < 400; passed += 1) {
      const answer = await call(stage.slack, stage.installed.botToken, method, args);
      if (answer.status === 429) return { passed, retryAfter: answer.headers.get('retry-after') };
    }
    throw new Error(`${method} was never limited.`);
  }

  test('let 50 edits a minute through for the whole workspace, whatever the message', async () => {
    const args = { channel: stage.channels.ops, ts: stage.card, text: 'progress' };
    expect(await countUntilLimited('chat.update', args)).toEqual({ passed: 50, retryAfter: '2' });
    stage.clock.advance(2000);
    expect(await stage.api('chat.update', args)).toMatchObject({ ok: true });
    expect(await stage.api('chat.update', args)).toEqual({ ok: false, error: 'ratelimited' });
    expect(await stage.api('chat.delete', { channel: args.channel, ts: args.ts })).toMatchObject({ ok: true });
  });

  test('let about 25 messages at once into a channel, then one a second, and count each channel for itself', async () => {
    const args = { channel: stage.channels.ops, text: 'x' };
    expect(await countUntilLimited('chat.postMessage', args)).toEqual({ passed: 25, retryAfter: '1' });
    expect(await stage.api('chat.postMessage', { channel: stage.people.dana, text: 'x' })).toMatchObject({ ok: true });
    stage.clock.advance(1000);
    expect(await stage.api('chat.postMessage', args)).toMatchObject({ ok: true });
    expect(await stage.api('chat.postMessage', args)).toMatchObject({ error: 'ratelimited' });
  });

  test.each([
    ['conversations.list', 20],
    ['conversations.info', 50],
    ['users.info', 100],
  ])('of %s are those of its tier', async (method, burst) => {
    const args = { channel: stage.channels.ops, user: stage.people.dana };
    expect(await countUntilLimited(method, args)).toMatchObject({ passed: burst });
  });

  test('carry nothing out that they refuse', async () => {
    const args = { channel: stage.channels.ops, ts: stage.card, text: 'last' };
    await countUntilLimited('chat.update', { ...args, text: 'earlier' });
    await stage.api('chat.update', args);
    expect(
      stage.slack
        .person('dana')
        .messages('#ops')
        .map((message) => message.text),
    ).not.toContain('last');
    expect(stage.slack.calls.at(-1)).toMatchObject({ method: 'chat.update', status: 429, executed: false });
  });
});
