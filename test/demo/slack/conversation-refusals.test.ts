import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { setStage, type Stage } from './stage.ts';

type Row = [sentence: string, method: string, args: (stage: Stage) => Record<string, unknown>, answer: Record<string, unknown>];

const inOps = (stage: Stage) => ({ channel: stage.channels.ops });

const channels: Row[] = [
  ['a name that is taken', 'conversations.create', () => ({ name: 'ops' }), { error: 'name_taken' }],
  ['a name that only an archived channel has', 'conversations.create', () => ({ name: 'old' }), { error: 'name_taken' }],
  ['no name', 'conversations.create', () => ({}), { error: 'invalid_arguments' }],
  ['an empty name', 'conversations.create', () => ({ name: '' }), { error: 'invalid_name_required' }],
  ['a name of 81 characters', 'conversations.create', () => ({ name: 'a'.repeat(81) }), { error: 'invalid_name_maxlength' }],
  ['a name of dashes', 'conversations.create', () => ({ name: '--_' }), { error: 'invalid_name_punctuation' }],
  ['capitals in a name', 'conversations.create', () => ({ name: 'Incident' }), { error: 'invalid_name_specials' }],
  ['a topic of 251 characters', 'conversations.setTopic', (s) => ({ ...inOps(s), topic: 'x'.repeat(251) }), { error: 'too_long' }],
  [
    'no topic',
    'conversations.setTopic',
    inOps,
    { error: 'invalid_arguments', response_metadata: { messages: ['[ERROR] missing required field: topic'] } },
  ],
  [
    'the topic of a channel without the app',
    'conversations.setTopic',
    (s) => ({ channel: s.channels.elsewhere, topic: 'x' }),
    { error: 'not_in_channel' },
  ],
  ['renaming what somebody else made', 'conversations.rename', (s) => ({ ...inOps(s), name: 'x' }), { error: 'not_authorized' }],
  ['archiving twice', 'conversations.archive', (s) => ({ channel: s.channels.old }), { error: 'already_archived' }],
  ['unarchiving what is not archived', 'conversations.unarchive', inOps, { error: 'not_archived' }],
];

const membership: Row[] = [
  [
    'inviting the app itself',
    'conversations.invite',
    (s) => ({ ...inOps(s), users: s.installed.botUserId }),
    { error: 'cant_invite_self' },
  ],
  ['inviting a member', 'conversations.invite', (s) => ({ ...inOps(s), users: s.people.dana }), { error: 'already_in_channel' }],
  ['inviting nobody', 'conversations.invite', (s) => ({ ...inOps(s), users: ' , ' }), { error: 'no_user' }],
  ['inviting somebody deactivated', 'conversations.invite', (s) => ({ ...inOps(s), users: s.people.zoe }), { error: 'cant_invite' }],
  ['inviting a stranger', 'conversations.invite', (s) => ({ ...inOps(s), users: s.people.eve }), { error: 'cant_invite' }],
  [
    'a guest of one channel into another',
    'conversations.invite',
    (s) => ({ ...inOps(s), users: s.people.sol }),
    { error: 'ura_max_channels' },
  ],
  [
    'inviting into an archived channel',
    'conversations.invite',
    (s) => ({ channel: s.channels.old, users: s.people.omar }),
    { error: 'is_archived' },
  ],
  [
    'inviting from outside',
    'conversations.invite',
    (s) => ({ channel: s.channels.elsewhere, users: s.people.omar }),
    { error: 'not_in_channel' },
  ],
  ['joining an archived channel', 'conversations.join', (s) => ({ channel: s.channels.old }), { error: 'is_archived' }],
  [
    'joining a private channel it is in',
    'conversations.join',
    (s) => ({ channel: s.channels.secret }),
    { error: 'method_not_supported_for_channel_type' },
  ],
  [
    'joining a private channel it is not in',
    'conversations.join',
    (s) => ({ channel: s.channels.database }),
    { error: 'channel_not_found' },
  ],
  ['talking to nobody', 'conversations.open', () => ({}), { error: 'users_list_not_supplied' }],
  [
    'talking to nine people',
    'conversations.open',
    () => ({ users: Array.from({ length: 9 }, (_, i) => `U${i}`).join(',') }),
    { error: 'too_many_users' },
  ],
  ['talking to somebody unknown', 'conversations.open', () => ({ users: 'U0' }), { error: 'user_not_found' }],
  ['talking to somebody deactivated', 'conversations.open', (s) => ({ users: s.people.zoe }), { error: 'user_disabled' }],
  ['talking to a stranger it has not met', 'conversations.open', (s) => ({ users: s.people.eve }), { error: 'user_not_visible' }],
];

const reading: Row[] = [
  [
    'the history of a channel it is not in',
    'conversations.history',
    (s) => ({ channel: s.channels.elsewhere }),
    { error: 'not_in_channel' },
  ],
  ['a malformed time', 'conversations.history', (s) => ({ ...inOps(s), oldest: 'yesterday' }), { error: 'invalid_ts_oldest' }],
  ['an unknown thread', 'conversations.replies', (s) => ({ ...inOps(s), ts: '1.000001' }), { error: 'thread_not_found' }],
  ['an unknown kind of conversation', 'conversations.list', () => ({ types: 'everything' }), { error: 'invalid_types' }],
  ['a made-up cursor', 'conversations.list', () => ({ cursor: 'bm9wZQ==' }), { error: 'invalid_cursor' }],
  [
    'a page of 1001',
    'conversations.members',
    (s) => ({ ...inOps(s), limit: '1001' }),
    { response_metadata: { messages: ['[ERROR] must be less than 1001 [json-pointer:/limit]'] } },
  ],
  ['an unknown person', 'users.info', () => ({ user: 'U0' }), { error: 'user_not_found' }],
  ['a stranger it has not met', 'users.info', (s) => ({ user: s.people.eve }), { error: 'user_not_visible' }],
  ['the address of somebody deactivated', 'users.lookupByEmail', () => ({ email: 'zoe@sandbox.example' }), { error: 'users_not_found' }],
  ['an unknown group', 'usergroups.users.list', () => ({ usergroup: 'S0' }), { error: 'no_such_subteam' }],
  ['an unknown bot', 'bots.info', () => ({ bot: 'B0' }), { error: 'bot_not_found' }],
];

const marks: Row[] = [
  ['pinning nothing', 'pins.add', inOps, { error: 'no_item_specified' }],
  ['pinning what is not there', 'pins.add', (s) => ({ ...inOps(s), timestamp: '1.000001' }), { error: 'message_not_found' }],
  ['unpinning what is not pinned', 'pins.remove', (s) => ({ ...inOps(s), timestamp: s.card }), { error: 'no_pin' }],
  [
    'a reaction with a space in it',
    'reactions.add',
    (s) => ({ ...inOps(s), timestamp: s.card, name: 'thumbs up' }),
    { error: 'invalid_name' },
  ],
  ['taking back no reaction', 'reactions.remove', (s) => ({ ...inOps(s), timestamp: s.card, name: 'eyes' }), { error: 'no_reaction' }],
  [
    'a bookmark without http',
    'bookmarks.add',
    (s) => ({ channel_id: s.channels.ops, title: 'x', type: 'link', link: 'ftp://x' }),
    { error: 'invalid_link' },
  ],
  [
    'a bookmark of another type',
    'bookmarks.add',
    (s) => ({ channel_id: s.channels.ops, title: 'x', type: 'file', link: 'http://x' }),
    { error: 'invalid_bookmark_type' },
  ],
  ['removing no bookmark', 'bookmarks.remove', (s) => ({ channel_id: s.channels.ops, bookmark_id: 'Bk0' }), { error: 'not_found' }],
];

// In this order, because some of them leave something behind that others would find.
describe('Slack refuses', { shuffle: false }, () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await setStage();
  });
  beforeEach(() => stage.clock.advance(60_000));
  afterAll(() => stage.slack.close());

  test.each([...channels, ...membership, ...reading, ...marks])('%s (%s)', async (_, method, args, answer) => {
    expect(await stage.api(method, args(stage))).toMatchObject({ ok: false, ...answer });
  });

  test('the whole invitation when one person is wrong, and says who, unless it is forced', async () => {
    const { id } = Object((await stage.api('conversations.create', { name: 'incident' })).channel);
    const users = `${stage.people.omar},U0,${stage.installed.botUserId}`;
    expect(await stage.api('conversations.invite', { channel: id, users })).toEqual({
      ok: false,
      error: 'user_not_found',
      errors: [
        { user: 'U0', ok: false, error: 'user_not_found' },
        { user: stage.installed.botUserId, ok: false, error: 'cant_invite_self' },
      ],
    });
    expect((await stage.api('conversations.members', { channel: id })).members).toEqual([stage.installed.botUserId]);
    expect(await stage.api('conversations.invite', { channel: id, users, force: true })).toMatchObject({ ok: true });
    expect((await stage.api('conversations.members', { channel: id })).members).toEqual([stage.installed.botUserId, stage.people.omar]);
  });

  test('a second pin and a second reaction', async () => {
    const item = { channel: stage.channels.ops, timestamp: stage.card };
    expect(await stage.api('pins.add', item)).toEqual({ ok: true });
    expect(await stage.api('pins.add', item)).toEqual({ ok: false, error: 'already_pinned' });
    expect(await stage.api('reactions.add', { ...item, name: 'eyes' })).toEqual({ ok: true });
    expect(await stage.api('reactions.add', { ...item, name: 'eyes' })).toEqual({ ok: false, error: 'already_reacted' });
  });

  test('user groups on a free plan', async () => {
    stage.slack.admin.setPlan('free');
    expect(await stage.api('usergroups.list')).toEqual({ ok: false, error: 'plan_upgrade_required' });
    stage.slack.admin.setPlan('paid');
    const { usergroups } = await stage.api('usergroups.list', { include_users: true });
    expect(usergroups).toContainEqual(expect.objectContaining({ handle: 'devops-engineer', users: [stage.people.omar] }));
    expect(usergroups).not.toContainEqual(expect.objectContaining({ handle: 'retired' }));
  });
});
