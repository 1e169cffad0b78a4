import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { allScopes, manifest } from './manifest.ts';
import { rawSocket, type RawSocket } from './raw-socket.ts';
import { setStage, type Stage } from './stage.ts';

describe('events', () => {
  let stage: Stage;
  let socket: RawSocket;
  const heard = () =>
    socket.received
      .filter((message) => message.type === 'events_api')
      .map((message): Record<string, unknown> => Object(Object(message.payload).event));
  const names = () => heard().map((event) => [event.type, event.subtype].filter(Boolean).join(' '));

  beforeEach(async () => {
    stage = await setStage(allScopes);
    stage.slack.install(manifest());
    socket = await rawSocket(stage.slack, stage.installed, { acknowledge: true });
  });
  afterEach(async () => {
    socket.close();
    await stage.slack.close();
  });

  test('tell of what the app itself says, changes and deletes', async () => {
    const { ts } = await stage.api('chat.postMessage', { channel: '#ops', text: 'one' });
    await stage.api('chat.update', { channel: stage.channels.ops, ts, text: 'two' });
    await stage.api('chat.delete', { channel: stage.channels.ops, ts });
    await expect.poll(names).toEqual(['message', 'message message_changed', 'message message_deleted']);
    const [said, changed, deleted] = heard();
    expect(said).toMatchObject({ channel: stage.channels.ops, channel_type: 'channel', ts, event_ts: ts, bot_id: stage.installed.botId });
    expect(changed).toMatchObject({ hidden: true, message: { text: 'two', ts }, previous_message: { text: 'one' } });
    expect(deleted).toMatchObject({ deleted_ts: ts, previous_message: { text: 'two' } });
  });

  test('tell of a mention twice, under two ids, and of a direct message once', async () => {
    await stage.slack.person('dana').says('@rollbot help', { in: '#ops' });
    await stage.slack.person('dana').says('@rollbot help', { in: '@rollbot' });
    await expect.poll(names).toEqual(['message', 'app_mention', 'message']);
    expect(heard().map((event) => event.channel_type)).toEqual(['channel', undefined, 'im']);
    const ids = socket.received.flatMap((message) => Object(message.payload).event_id ?? []);
    expect(new Set(ids).size).toBe(3);
  });

  test('tell of who joins, reacts, pins and opens the home', async () => {
    const dana = stage.slack.person('dana');
    await stage.api('conversations.join', { channel: stage.channels.general });
    stage.slack.admin.addMember('ops', 'eve');
    await dana.reacts(':eyes:', { message: 'card' });
    await dana.pins({ message: 'card' });
    await dana.opensHome();
    await expect
      .poll(() => names().filter((name) => !name.startsWith('message')))
      .toEqual(['member_joined_channel', 'member_joined_channel', 'reaction_added', 'pin_added', 'app_home_opened']);
    const [own, eve] = heard().filter((event) => event.type === 'member_joined_channel');
    expect(own).toMatchObject({ user: stage.installed.botUserId, channel: stage.channels.general, channel_type: 'C' });
    expect(eve?.team).not.toBe(stage.installed.teamId);
    expect(heard().find((event) => event.type === 'reaction_added')).toMatchObject({ reaction: 'eyes', item: { ts: stage.card } });
    expect(heard().at(-1)).toMatchObject({ tab: 'home', user: stage.people.dana, channel: expect.stringMatching(/^D/) });
  });

  test('are those that the manifest subscribes to, in channels that the app is in', async () => {
    await stage.slack.person('mina').says('@rollbot', { in: '#database' });
    await stage.slack.person('dana').says('@rollbot', { in: '#elsewhere' });
    stage.slack.install(manifest({ events: ['app_mention'], scopes: allScopes }));
    await stage.slack.person('dana').says('hello', { in: '#ops' });
    await stage.slack.person('dana').says('hello @rollbot', { in: '#ops' });
    await expect.poll(names).toEqual(['app_mention']);
    await stage.slack.settled();
    expect(names()).toEqual(['app_mention']);
  });

  test('come in an envelope that says for whom they are', async () => {
    await stage.slack.person('dana').says('hi', { in: '#ops' });
    await expect.poll(() => socket.received.length).toBe(2);
    expect(socket.received[1]).toMatchObject({
      type: 'events_api',
      accepts_response_payload: false,
      retry_attempt: 0,
      retry_reason: '',
      payload: {
        type: 'event_callback',
        team_id: stage.installed.teamId,
        api_app_id: stage.installed.appId,
        event_time: Math.floor(stage.clock.now() / 1000),
        authorizations: [{ team_id: stage.installed.teamId, user_id: stage.installed.botUserId, is_bot: true }],
        is_ext_shared_channel: false,
      },
    });
  });
});
