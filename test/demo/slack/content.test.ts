import { WebClient } from '@slack/web-api';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { setStage, type Stage } from './stage.ts';

describe('what the workspace keeps', () => {
  let stage: Stage;
  let web: WebClient;
  beforeEach(async () => {
    stage = await setStage();
    web = new WebClient(stage.installed.botToken, { slackApiUrl: stage.slack.apiUrl, retryConfig: { retries: 0 } });
  });
  afterEach(() => stage.slack.close());

  test('metadata is found again by whoever asks for all of it, kept by an edit, removed by an empty one', async () => {
    const metadata = { event_type: 'run_card', event_payload: { key: 'run-1' } };
    const { ts, channel } = await stage.api('chat.postMessage', { channel: '#ops', text: 'card', metadata });
    const found = async (all: boolean) => {
      const { messages } = await web.conversations.history({ channel: String(channel), include_all_metadata: all });
      return messages?.find((message) => message.ts === ts)?.metadata;
    };
    expect(await found(true)).toEqual(metadata);
    expect(await found(false)).toBeUndefined();
    await stage.api('chat.update', { channel, ts, text: 'changed' });
    expect(await found(true)).toEqual(metadata);
    await stage.api('chat.update', { channel, ts, text: 'changed', metadata: {} });
    expect(await found(true)).toBeUndefined();
  });

  test('text without blocks removes the blocks', async () => {
    const blocks = [{ type: 'section', text: { type: 'mrkdwn', text: 'with *blocks*' } }];
    const { ts, channel } = await stage.api('chat.postMessage', { channel: '#ops', text: 'plain', blocks });
    expect(await stage.slack.person('dana').sees('with blocks')).toMatchObject({ notification: 'plain' });
    await stage.api('chat.update', { channel, ts, text: 'only text' });
    expect(await stage.slack.person('dana').sees('only text')).toMatchObject({ blocks: [], edits: 1 });
  });

  test('a history is newest first, cut by time and into pages, without replies', async () => {
    const channel = stage.channels.ops ?? '';
    for (const text of ['one', 'two', 'three']) await stage.api('chat.postMessage', { channel, text });
    const page = await web.conversations.history({ channel, limit: 2 });
    expect(page.messages?.map((message) => message.text)).toEqual(['three', 'two']);
    const next = await web.conversations.history({ channel, limit: 3, cursor: page.response_metadata?.next_cursor ?? '' });
    expect(next.messages?.map((message) => message.text)).toEqual(['one', 'card', 'errors rose']);
    expect(next).toMatchObject({ has_more: false, response_metadata: { next_cursor: '' } });
    const since = await web.conversations.history({ channel, oldest: stage.card });
    expect(since.messages?.map((message) => message.text)).toEqual(['three', 'two', 'one']);
    const including = await web.conversations.history({ channel, oldest: stage.card, inclusive: true });
    expect(including.messages).toHaveLength(4);
    const thread = await web.conversations.replies({ channel, ts: stage.card });
    expect(thread.messages?.map((message) => message.text)).toEqual(['card', 'detail']);
  });

  test('a channel is created, named, filled, pinned and bookmarked, and leaves its notes', async () => {
    const created = await web.conversations.create({ name: 'inc-1' });
    const channel = created.channel?.id ?? '';
    await web.conversations.invite({ channel, users: `${stage.people.dana},${stage.people.omar}` });
    await web.conversations.setTopic({ channel, topic: 'Cache is cold' });
    const ts = String((await stage.api('chat.postMessage', { channel, text: 'summary' })).ts);
    await web.pins.add({ channel, timestamp: ts });
    await web.bookmarks.add({ channel_id: channel, title: 'Dashboard', type: 'link', link: 'https://example.com' });
    expect(
      stage.slack
        .person('omar')
        .messages('#inc-1')
        .map((message) => message.text),
    ).toEqual([
      '@dana has joined the channel',
      '@omar has joined the channel',
      'set the channel topic: Cache is cold',
      'summary',
      'pinned a message to this channel.',
    ]);
    const info = await web.conversations.info({ channel, include_num_members: true });
    expect(info.channel).toMatchObject({ name: 'inc-1', is_member: true, num_members: 3, topic: { value: 'Cache is cold' } });
    expect(await web.pins.list({ channel })).toMatchObject({ items: [{ message: { text: 'summary', pinned_to: [channel] } }] });
    expect(await web.bookmarks.list({ channel_id: channel })).toMatchObject({ bookmarks: [{ title: 'Dashboard' }] });
    await web.conversations.rename({ channel, name: 'inc-1-closed' });
    await web.conversations.archive({ channel });
    expect(await stage.api('chat.postMessage', { channel, text: 'late' })).toMatchObject({ error: 'is_archived' });
  });

  test('a file takes three steps, and is shared a moment after the last', async () => {
    const uploaded = await web.filesUploadV2({
      channel_id: stage.channels.ops ?? '',
      filename: 'report.md',
      content: '# Report',
      initial_comment: 'The report',
    });
    const file = uploaded.files[0]?.files?.[0];
    expect(file).toMatchObject({ name: 'report.md', size: 8, shares: { public: {}, private: {} } });
    const seen = await stage.slack.person('dana').sees('The report');
    expect(seen.files).toEqual([{ id: file?.id, title: 'report.md', content: '# Report' }]);
    const { file: after } = await web.files.info({ file: file?.id ?? '' });
    expect(after?.shares?.public?.[stage.channels.ops ?? '']?.[0]?.ts).toBe(seen.ts);
  });

  const uploads: [sentence: string, method: string, args: Record<string, unknown>, error: string][] = [
    ['an empty file', 'files.getUploadURLExternal', { filename: 'a', length: '0' }, 'missing_argument'],
    ['a large snippet', 'files.getUploadURLExternal', { filename: 'a', length: '1000001', snippet_type: 'text' }, 'snippet_too_large'],
    ['a file that was never sent', 'files.completeUploadExternal', { files: [{ id: 'F0' }] }, 'file_not_found'],
    ['no file', 'files.completeUploadExternal', { files: [] }, 'invalid_arguments'],
    ['an unknown file', 'files.info', { file: 'F0' }, 'file_not_found'],
  ];

  test.each(uploads)('refuses %s', async (_, method, args, error) => {
    expect(await stage.api(method, args)).toMatchObject({ ok: false, error });
  });

  test('a file goes only where the app is, and to a channel by id', async () => {
    const send = async (channel: string) => {
      const { upload_url, file_id } = await stage.api('files.getUploadURLExternal', { filename: 'a.txt', length: '3' });
      const sent = await fetch(String(upload_url), { method: 'POST', body: 'abc' });
      expect(await sent.text()).toBe('OK - 3');
      return (await stage.api('files.completeUploadExternal', { files: [{ id: file_id, title: 'a' }], channel_id: channel })).error;
    };
    expect(await send(stage.channels.elsewhere ?? '')).toBe('not_in_channel');
    expect(await send('#ops')).toBe('channel_not_found');
    expect(await send(stage.channels.ops ?? '')).toBeUndefined();
  });

  test('a direct conversation is opened once, and lists show what the app may know of', async () => {
    const opened = await stage.api('conversations.open', { users: stage.people.dana });
    expect(opened).toEqual({ ok: true, channel: { id: expect.stringMatching(/^D/) } });
    expect(await stage.api('conversations.open', { users: stage.people.dana, return_im: true })).toMatchObject({
      no_op: true,
      already_open: true,
      channel: { is_im: true, user: stage.people.dana },
    });
    const types = 'public_channel,private_channel,im';
    const names = async (method: string, args: Record<string, unknown>) => {
      const { channels } = await stage.api(method, args);
      return Array.isArray(channels) ? channels.map((channel) => channel.name ?? 'im') : [];
    };
    const all = ['general', 'ops', 'vendors', 'old', 'notices', 'secret', 'elsewhere', 'im'];
    expect(await names('conversations.list', { types })).toEqual(all);
    expect(await names('conversations.list', { exclude_archived: true })).not.toContain('old');
    expect(await names('users.conversations', { types })).toEqual(['ops', 'old', 'notices', 'secret', 'im']);
    expect(await names('users.conversations', { types, user: stage.people.mina })).toEqual(['general', 'ops']);
  });

  test('people are what they are: guests, strangers, deactivated, with addresses and offsets', async () => {
    stage.slack.admin.addMember('ops', 'eve');
    const user = async (name: string) => Object((await stage.api('users.info', { user: stage.people[name] })).user);
    expect(await user('dana')).toMatchObject({
      is_admin: true,
      is_restricted: false,
      profile: { email: 'dana@sandbox.example' },
      tz_offset: 3600,
    });
    expect(await user('gus')).toMatchObject({ is_restricted: true, is_ultra_restricted: false });
    expect(await user('sol')).toMatchObject({ is_restricted: true, is_ultra_restricted: true });
    expect(await user('zoe')).toMatchObject({ deleted: true });
    const eve = await user('eve');
    expect(eve).toMatchObject({ is_stranger: true, team_id: expect.not.stringContaining(stage.installed.teamId) });
    expect(eve.profile).not.toHaveProperty('email');
    expect(await stage.api('users.lookupByEmail', { email: 'OMAR@sandbox.example' })).toMatchObject({ user: { id: stage.people.omar } });
  });
});
