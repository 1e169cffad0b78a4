import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { rawSocket, type RawSocket } from './raw-socket.ts';
import { setStage, type Stage } from './stage.ts';

const buttons = [
  { type: 'actions', block_id: 'b', elements: [{ type: 'button', action_id: 'a', text: { type: 'plain_text', text: 'Approve' } }] },
];

describe('a response_url', () => {
  let stage: Stage;
  let socket: RawSocket;
  beforeEach(async () => {
    stage = await setStage();
    socket = await rawSocket(stage.slack, stage.installed, { acknowledge: true });
  });
  afterEach(async () => {
    socket.close();
    await stage.slack.close();
  });

  const lastUrl = () => String(Object(socket.received.findLast((message) => Object(message.payload).response_url)?.payload).response_url);
  const commandUrl = async (place = '#ops') => {
    await stage.slack.person('dana').types('/rollback', { in: place });
    return lastUrl();
  };
  test('works five times', async () => {
    const url = await commandUrl();
    for (let count = 0; count < 5; count += 1) expect(await use(url, { text: `answer ${count}` })).toEqual([200, 'ok']);
    expect(await use(url, { text: 'one more' })).toEqual([404, 'used_url']);
    expect(
      stage.slack
        .person('dana')
        .messages('#ops')
        .filter((message) => message.kind === 'ephemeral'),
    ).toHaveLength(5);
    expect(stage.slack.calls.filter((call) => call.method === 'response_url' && call.executed)).toHaveLength(5);
  });

  test('works for thirty minutes', async () => {
    const url = await commandUrl();
    stage.clock.advance(30 * 60_000);
    expect(await use(url, { text: 'just in time' })).toEqual([200, 'ok']);
    stage.clock.advance(1);
    expect(await use(url, { text: 'late' })).toEqual([404, 'expired_url']);
  });

  test('works where the app is not a member', async () => {
    expect(await use(await commandUrl('#database'), { text: 'hello', response_type: 'in_channel' })).toEqual([200, 'ok']);
    expect(await stage.slack.person('mina').sees('hello', { in: '#database' })).toMatchObject({ kind: 'message', byApp: true });
  });

  const refused: [sentence: string, body: unknown, answer: [number, string]][] = [
    ['no content', {}, [400, 'no_text']],
    ['blocks that are wrong, without saying how', { blocks: [{ type: 'section' }] }, [400, 'invalid_blocks']],
    ['too many attachments', { attachments: Array.from({ length: 101 }, () => ({ text: 'x' })) }, [400, 'too_many_attachments']],
    ['something that is no object', 'hello', [400, 'invalid_payload']],
  ];

  test.each(refused)('refuses %s', async (_, body, answer) => {
    expect(await use(await commandUrl(), body)).toEqual(answer);
  });

  test('is unknown when it was made up', async () => {
    expect(await use(stage.slack.apiUrl.replace('/api/', '/commands/T1/1/made-up'), { text: 'x' })).toEqual([404, 'no_service']);
  });

  test('replaces or deletes the message it belongs to, also one that only one person sees', async () => {
    await stage.api('chat.postEphemeral', { channel: stage.channels.ops, user: stage.people.dana, text: 'Sure?', blocks: buttons });
    await stage.slack.person('dana').clicks('Approve');
    const payload = Object(socket.received.at(-1)?.payload);
    expect(payload).toMatchObject({ container: { is_ephemeral: true } });
    expect(payload).not.toHaveProperty('message');
    await use(lastUrl(), { text: 'Done', replace_original: true });
    expect(await stage.slack.person('dana').sees('Done')).toMatchObject({ kind: 'ephemeral', buttons: [], edits: 1 });
    await use(lastUrl(), { delete_original: true });
    expect(
      stage.slack
        .person('dana')
        .messages('#ops')
        .map((message) => message.text),
    ).not.toContain('Done');
  });

  test('answers with the fault that it is told to have', async () => {
    const url = await commandUrl();
    stage.slack.faults.http('response_url', 500);
    expect((await use(url, { text: 'x' }))[0]).toBe(500);
    stage.slack.faults.executedButLost('response_url');
    await expect(use(url, { text: 'lost' })).rejects.toThrow('fetch failed');
    await stage.slack.person('dana').sees('lost');
  });
});

async function use(url: string, body: unknown): Promise<[number, string]> {
  const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  return [response.status, await response.text()];
}
