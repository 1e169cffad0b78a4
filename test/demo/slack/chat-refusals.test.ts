import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { setStage, type Stage } from './stage.ts';

type Row = [sentence: string, method: string, args: (stage: Stage) => Record<string, unknown>, answer: Record<string, unknown>];

const button = (id: string) => ({ type: 'button', action_id: id, text: { type: 'plain_text', text: 'Approve' } });
const section = (text: string) => ({ type: 'section', text: { type: 'mrkdwn', text } });
const inOps = (stage: Stage) => ({ channel: stage.channels.ops });
const ofCard = (stage: Stage) => ({ channel: stage.channels.ops, ts: stage.card });

/** What chat.* answers to blocks that break the schema. */
const invalidBlocks = (...messages: string[]) => ({
  ok: false,
  error: 'invalid_blocks',
  errors: messages,
  response_metadata: { messages: messages.map((message) => `[ERROR] ${message}`) },
});

const posting: Row[] = [
  ['no channel', 'chat.postMessage', () => ({ text: 'x' }), missing('channel')],
  ['an unknown channel', 'chat.postMessage', () => ({ channel: 'C0', text: 'x' }), { error: 'channel_not_found' }],
  [
    'a private channel without the app',
    'chat.postMessage',
    (s) => ({ channel: s.channels.database, text: 'x' }),
    { error: 'channel_not_found' },
  ],
  ['its name too', 'chat.postMessage', () => ({ channel: '#database', text: 'x' }), { error: 'channel_not_found' }],
  [
    'a public channel without the app',
    'chat.postMessage',
    (s) => ({ channel: s.channels.elsewhere, text: 'x' }),
    { error: 'not_in_channel' },
  ],
  ['an archived channel', 'chat.postMessage', (s) => ({ channel: s.channels.old, text: 'x' }), { error: 'is_archived' }],
  [
    'a read-only channel',
    'chat.postMessage',
    (s) => ({ channel: s.channels.notices, text: 'x' }),
    { error: 'restricted_action_read_only_channel' },
  ],
  ['somebody who is deactivated', 'chat.postMessage', (s) => ({ channel: s.people.zoe, text: 'x' }), { error: 'channel_not_found' }],
  ['nothing to say', 'chat.postMessage', inOps, { error: 'no_text' }],
  ['no text and no blocks', 'chat.postMessage', (s) => ({ ...inOps(s), text: '', blocks: [] }), { error: 'no_text' }],
  ['blocks that are an object', 'chat.postMessage', (s) => ({ ...inOps(s), blocks: { blocks: [] } }), { error: 'invalid_blocks_format' }],
  ['blocks that are no JSON', 'chat.postMessage', (s) => ({ ...inOps(s), blocks: 'x' }), { error: 'invalid_blocks_format' }],
  [
    'a text that is too long',
    'chat.postMessage',
    (s) => ({ ...inOps(s), blocks: [section('x'.repeat(3001))] }),
    invalidBlocks(
      'failed to match all allowed schemas [json-pointer:/blocks/0/text]',
      'must be less than 3001 characters [json-pointer:/blocks/0/text/text]',
    ),
  ],
  [
    'the same action_id twice in a block',
    'chat.postMessage',
    (s) => ({ ...inOps(s), blocks: [{ type: 'actions', elements: [button('go'), button('go')] }] }),
    invalidBlocks('`action_id` "go" already exists [json-pointer:/blocks/0/elements/1/action_id]'),
  ],
  [
    'more than 50 blocks',
    'chat.postMessage',
    (s) => ({ ...inOps(s), blocks: Array.from({ length: 51 }, () => ({ type: 'divider' })) }),
    invalidBlocks('no more than 50 items allowed [json-pointer:/blocks]'),
  ],
  [
    'blocks with too much text together',
    'chat.postMessage',
    (s) => ({ ...inOps(s), blocks: Array.from({ length: 5 }, () => section('x'.repeat(2800))) }),
    { error: 'msg_blocks_too_long' },
  ],
  [
    'more than 100 attachments',
    'chat.postMessage',
    (s) => ({ ...inOps(s), attachments: Array.from({ length: 101 }, () => ({ text: 'x' })) }),
    { error: 'too_many_attachments' },
  ],
  [
    'markdown beside text',
    'chat.postMessage',
    (s) => ({ ...inOps(s), text: 'x', markdown_text: 'y' }),
    { error: 'markdown_text_conflict' },
  ],
  [
    'metadata without a payload',
    'chat.postMessage',
    (s) => ({ ...inOps(s), text: 'x', metadata: { event_type: 'a' } }),
    { error: 'invalid_metadata_format' },
  ],
  ['a reply to a reply', 'chat.postMessage', (s) => ({ ...inOps(s), text: 'x', thread_ts: s.reply }), { error: 'cannot_reply_to_message' }],
  [
    'another name without the scope for it',
    'chat.postMessage',
    (s) => ({ ...inOps(s), text: 'x', username: 'y' }),
    { error: 'missing_scope', needed: 'chat:write.customize' },
  ],
];

const changing: Row[] = [
  ['an unknown message', 'chat.update', (s) => ({ ...inOps(s), ts: '1.000001', text: 'x' }), { error: 'message_not_found' }],
  ['a message of somebody else', 'chat.update', (s) => ({ ...inOps(s), ts: s.said, text: 'x' }), { error: 'cant_update_message' }],
  ['an edit longer than 4000 characters', 'chat.update', (s) => ({ ...ofCard(s), text: 'x'.repeat(4001) }), { error: 'msg_too_long' }],
  ['an edit into nothing', 'chat.update', ofCard, { error: 'no_text' }],
  [
    'a person instead of a channel',
    'chat.update',
    (s) => ({ channel: s.people.dana, ts: s.card, text: 'x' }),
    { error: 'channel_not_found' },
  ],
  ['deleting what somebody else said', 'chat.delete', (s) => ({ ...inOps(s), ts: s.said }), { error: 'cant_delete_message' }],
  ['deleting what is not there', 'chat.delete', (s) => ({ ...inOps(s), ts: '1.000001' }), { error: 'message_not_found' }],
  ['a link to what is not there', 'chat.getPermalink', (s) => ({ ...inOps(s), message_ts: '1.000001' }), { error: 'message_not_found' }],
];

const ephemeral: Row[] = [
  [
    'somebody who is not in the channel',
    'chat.postEphemeral',
    (s) => ({ ...inOps(s), user: s.people.eve, text: 'x' }),
    { error: 'user_not_in_channel' },
  ],
  [
    'a channel without the app',
    'chat.postEphemeral',
    (s) => ({ channel: s.channels.elsewhere, user: s.people.dana, text: 'x' }),
    { error: 'not_in_channel' },
  ],
  ['nobody', 'chat.postEphemeral', (s) => ({ ...inOps(s), text: 'x' }), missing('user')],
];

describe('Slack refuses', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await setStage();
  });
  beforeEach(() => stage.clock.advance(60_000));
  afterAll(() => stage.slack.close());

  test.each([...posting, ...changing, ...ephemeral])('%s (%s)', async (_, method, args, answer) => {
    const before = stage.slack.person('dana').messages('#ops').length;
    expect(await stage.api(method, args(stage))).toMatchObject({ ok: false, ...answer });
    expect(stage.slack.person('dana').messages('#ops')).toHaveLength(before);
  });

  test('to edit in an archived channel', async () => {
    const { ts } = await stage.api('chat.postMessage', { channel: '#general', text: 'x' });
    expect(ts).toBeUndefined();
    await stage.api('conversations.join', { channel: stage.channels.general });
    const posted = await stage.api('chat.postMessage', { channel: '#general', text: 'x' });
    stage.slack.admin.archive('general');
    expect(await stage.api('chat.update', { channel: posted.channel, ts: posted.ts, text: 'y' })).toMatchObject({ error: 'is_inactive' });
  });

  test('to replace rich text by other blocks', async () => {
    const rich = { type: 'rich_text', elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: 'log' }] }] };
    const { ts, channel } = await stage.api('chat.postMessage', { channel: '#ops', text: 'log', blocks: [rich] });
    const answer = await stage.api('chat.update', { channel, ts, text: 'x', blocks: [section('x')] });
    expect(answer).toEqual({ ok: false, error: 'block_mismatch' });
  });
});

function missing(field: string): Record<string, unknown> {
  return { error: 'invalid_arguments', response_metadata: { messages: [`[ERROR] missing required field: ${field}`] } };
}
