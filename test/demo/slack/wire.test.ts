import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { call, callJson } from './calling.ts';
import { allScopes, manifest } from './manifest.ts';
import { setStage, type Stage } from './stage.ts';

describe('the Web API on the wire', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await setStage();
  });
  beforeEach(() => stage.clock.advance(60_000));
  afterAll(() => stage.slack.close());

  const tokens: [sentence: string, token: (s: Stage) => string, method: string, error: string][] = [
    ['no token', () => '', 'auth.test', 'not_authed'],
    ['an unknown token', () => 'xoxb-1', 'auth.test', 'invalid_auth'],
    ['an app-level token for a bot method', (s) => s.installed.appToken, 'chat.postMessage', 'not_allowed_token_type'],
    ['a bot token for Socket Mode', (s) => s.installed.botToken, 'apps.connections.open', 'not_allowed_token_type'],
    ['no token for Socket Mode', () => '', 'apps.connections.open', 'not_authed'],
    ['a method that is not there', (s) => s.installed.botToken, 'chat.postmessage', 'unknown_method'],
  ];

  test.each(tokens)('refuses %s', async (_, token, method, error) => {
    const answer = await call(stage.slack, token(stage), method);
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({ ok: false, error });
  });

  test('takes a bot token as an argument, an app-level token only in the header', async () => {
    expect((await call(stage.slack, '', 'auth.test', { token: stage.installed.botToken })).body).toMatchObject({
      ok: true,
      team: 'Sandbox',
    });
    expect((await call(stage.slack, '', 'apps.connections.open', { token: stage.installed.appToken })).body.error).toBe('missing_args');
    const got = await fetch(`${stage.slack.apiUrl}apps.connections.open`, {
      headers: { authorization: `Bearer ${stage.installed.appToken}` },
    });
    expect(await got.json()).toMatchObject({ error: 'insecure_request' });
  });

  test('loses the arguments of a JSON body where the method takes none', async () => {
    const { botToken } = stage.installed;
    const messages = ['[ERROR] missing required field: user'];
    expect((await callJson(stage.slack, botToken, 'users.info', { user: stage.people.dana })).body).toEqual({
      ok: false,
      error: 'invalid_arguments',
      response_metadata: { messages },
    });
    expect((await callJson(stage.slack, botToken, 'conversations.join', { channel: stage.channels.ops })).body.ok).toBe(true);
  });

  test('warns of JSON without a charset, whatever the answer is', async () => {
    const answer = await callJson(
      stage.slack,
      stage.installed.botToken,
      'chat.postMessage',
      { channel: 'C0', text: 'x' },
      'application/json',
    );
    expect(answer.body).toEqual({
      ok: false,
      error: 'channel_not_found',
      warning: 'missing_charset',
      response_metadata: { warnings: ['missing_charset'] },
    });
  });

  const bodies: [sentence: string, type: string, body: string, error: string][] = [
    ['a body of another type', 'text/csv', 'a,b', 'invalid_post_type'],
    ['JSON that is none', 'application/json; charset=utf-8', '{', 'invalid_json'],
    ['a JSON list', 'application/json; charset=utf-8', '[]', 'json_not_object'],
    ['an unknown charset', 'application/json; charset=ebcdic', '{}', 'invalid_charset'],
    ['a form without its boundary', 'multipart/form-data', 'x', 'invalid_form_data'],
  ];

  test.each(bodies)('refuses %s', async (_, type, body, error) => {
    const headers = { authorization: `Bearer ${stage.installed.botToken}`, 'content-type': type };
    const answer = await fetch(`${stage.slack.apiUrl}auth.test`, { method: 'POST', headers, body });
    expect(await answer.json()).toEqual({ ok: false, error });
  });

  test('says in the headers which scopes the app has and which would do', async () => {
    const { headers } = await call(stage.slack, stage.installed.botToken, 'users.info', { user: stage.people.dana });
    expect(headers.get('x-oauth-scopes')).toBe(allScopes.join(','));
    expect(headers.get('x-accepted-oauth-scopes')).toBe('users:read');
    expect(headers.get('x-slack-req-id')).toMatch(/^[a-f0-9]{32}$/);
  });

  test('truncates very long text with a warning', async () => {
    const answer = await stage.api('chat.postMessage', { channel: '#ops', text: 'x'.repeat(40_001) });
    expect(answer).toMatchObject({ ok: true, warning: 'message_truncated' });
    expect(Object(answer.message).text).toHaveLength(40_000);
  });

  test('refuses every token after the app was removed', async () => {
    stage.slack.admin.revokeTokens();
    expect(await stage.api('auth.test')).toEqual({ ok: false, error: 'token_revoked' });
    stage.slack.install(manifest());
    expect(await stage.api('auth.test')).toMatchObject({ ok: true });
  });
});

describe('scopes', () => {
  let stage: Stage;
  afterEach(() => stage.slack.close());

  test('are asked for by kind of conversation', async () => {
    stage = await setStage(['commands', 'chat:write', 'channels:read', 'channels:manage']);
    const provided = 'commands,chat:write,channels:read,channels:manage';
    const lacks = (needed: string) => ({ ok: false, error: 'missing_scope', needed, provided });
    const { channels } = stage;
    expect(await stage.api('conversations.info', { channel: channels.ops })).toMatchObject({ ok: true });
    expect(await stage.api('conversations.info', { channel: channels.secret })).toEqual(lacks('groups:read'));
    expect(await stage.api('conversations.info', { channel: channels.database })).toEqual({ ok: false, error: 'channel_not_found' });
    expect(await stage.api('conversations.list', { types: 'public_channel,private_channel' })).toEqual(lacks('groups:read'));
    expect(await stage.api('conversations.create', { name: 'x', is_private: true })).toEqual(lacks('groups:write'));
    expect(await stage.api('conversations.create', { name: 'x' })).toMatchObject({ ok: true });
    expect(await stage.api('users.info', { user: stage.people.dana })).toEqual(lacks('users:read'));
    const history = 'channels:history,groups:history,im:history,mpim:history';
    expect(await stage.api('conversations.history', { channel: channels.ops })).toEqual(lacks(history));
  });

  test('stay as they were until the app is installed again, with the same tokens', async () => {
    stage = await setStage(['commands', 'chat:write']);
    expect(await stage.api('pins.add', { channel: stage.channels.ops, timestamp: stage.card })).toMatchObject({ needed: 'pins:write' });
    const again = stage.slack.install(manifest({ scopes: ['commands', 'chat:write', 'pins:write'], events: [] }));
    expect(again).toEqual(stage.installed);
    expect(await stage.api('pins.add', { channel: stage.channels.ops, timestamp: stage.card })).toEqual({ ok: true });
  });

  test('decide whether an address is shown and where posting is allowed', async () => {
    stage = await setStage(['commands', 'chat:write', 'chat:write.public', 'users:read']);
    const { user } = await stage.api('users.info', { user: stage.people.dana });
    expect(Object(user).profile).not.toHaveProperty('email');
    expect(await stage.api('chat.postMessage', { channel: '#elsewhere', text: 'x' })).toMatchObject({ ok: true });
    expect(await stage.api('chat.postMessage', { channel: '#database', text: 'x' })).toMatchObject({ error: 'channel_not_found' });
  });
});

test('a manifest that Slack would refuse is refused with its errors', async () => {
  const stage = await setStage();
  const wrong = { ...manifest(), settings: { ...manifest().settings, socket_mode_enabled: false } };
  expect(() => stage.slack.install(wrong)).toThrow('/settings/interactivity Interactivty requires a Request URL');
  await stage.slack.close();
});
