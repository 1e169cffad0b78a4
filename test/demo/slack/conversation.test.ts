import type { App, ViewClosedAction } from '@slack/bolt';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startSlack, type Installation, type SlackEmulator } from '../../../src/demo/slack/index.ts';
import { manifest } from './manifest.ts';
import { boltApp, startApp, stopApp } from './running-app.ts';

const form = {
  type: 'modal' as const,
  callback_id: 'why',
  notify_on_close: true,
  title: { type: 'plain_text' as const, text: 'Why' },
  submit: { type: 'plain_text' as const, text: 'Save' },
  blocks: [
    {
      type: 'input' as const,
      block_id: 'reason',
      label: { type: 'plain_text' as const, text: 'Reason' },
      element: { type: 'plain_text_input' as const, action_id: 'text' },
    },
  ],
};

const card = [
  { type: 'section' as const, text: { type: 'mrkdwn' as const, text: 'Roll back *cache*?' } },
  {
    type: 'actions' as const,
    block_id: 'decision',
    elements: [
      { type: 'button' as const, action_id: 'approve', text: { type: 'plain_text' as const, text: 'Approve' }, value: 'opaque' },
      { type: 'button' as const, action_id: 'explain', text: { type: 'plain_text' as const, text: 'Explain' } },
    ],
  },
];

describe.each(['socket', 'http'] as const)('a Bolt app reached by %s', (mode) => {
  let slack: SlackEmulator;
  let installed: Installation;
  let app: App;

  beforeEach(async () => {
    slack = await startSlack();
    installed = slack.install(manifest());
    app = boltApp(slack, installed, mode);
  });

  afterEach(() => stopApp(slack, app));

  test('answers a command in the ack, with the names in it resolved', async () => {
    app.command('/rollback', async ({ ack, command }) => ack(`${command.user_name} wants ${command.text} in ${command.channel_name}`));
    await startApp(slack, app, mode);
    const reply = await slack.person('dana').types('/rollback cache for @omar in #ops', { in: '#ops' });
    expect(reply).toBe('dana wants cache for @omar in #ops in ops');
    await slack.person('dana').sees('dana wants cache', { in: '#ops' });
    expect(slack.person('omar').messages('#ops')).toEqual([]);
  });

  test('leaves the text of a command alone that does not ask for escaping', async () => {
    app.command('/raw', async ({ ack, command }) =>
      ack({ text: `got ${command.text.replaceAll('@', 'at ')}`, response_type: 'in_channel' }),
    );
    await startApp(slack, app, mode);
    expect(await slack.person('dana').types('/raw  a & b @omar', { in: '#ops' })).toBe('got a & b at omar');
    await slack.person('omar').sees('got a & b at omar', { in: '#ops' });
  });

  test('turns a press into an edit of the same message, in which the buttons are gone', async () => {
    app.command('/rollback', async ({ ack, client, command }) => {
      await ack();
      await client.apiCall('chat.postMessage', { channel: command.channel_id, text: 'Roll back cache?', blocks: card });
    });
    app.action('approve', async ({ ack, client, body }) => {
      await ack();
      if (body.type !== 'block_actions' || !body.channel || !body.message) throw new Error('There is no message to edit.');
      await client.chat.update({ channel: body.channel.id, ts: body.message.ts, text: `Approved by <@${body.user.id}>` });
    });
    await startApp(slack, app, mode);
    expect(await slack.person('dana').types('/rollback cache', { in: '#ops' })).toBe('');
    const before = await slack.person('omar').sees('Roll back cache?', { in: '#ops' });
    expect(before.buttons).toEqual(['Approve', 'Explain']);
    expect(await slack.person('omar').clicks('Approve')).toEqual({ acked: true, shown: '' });
    const after = await slack.person('dana').sees('Approved by @omar');
    expect(after).toMatchObject({ ts: before.ts, edits: 1, buttons: [], notification: 'Approved by @omar' });
    expect(slack.failures).toEqual([]);
    expect(slack.unexpected()).toEqual([]);
  });

  test('opens a form, complains about what is in it, and hears when it is closed', async () => {
    const closed: boolean[] = [];
    app.command('/rollback', async ({ ack, client, command }) => {
      await ack();
      await client.views.open({ trigger_id: command.trigger_id, view: form });
    });
    app.view('why', async ({ ack, view }) => {
      const reason = view.state.values.reason?.text?.value ?? '';
      await (reason.length < 5
        ? ack({ response_action: 'errors', errors: { reason: 'Say more.' } })
        : ack({ response_action: 'update', view: form }));
    });
    app.view<ViewClosedAction>({ callback_id: 'why', type: 'view_closed' }, async ({ ack, body }) => {
      closed.push(body.is_cleared);
      await ack();
    });
    await startApp(slack, app, mode);
    const dana = slack.person('dana');
    await dana.types('/rollback cache', { in: '#ops' });
    await dana.sees('Reason');
    expect(await dana.submits()).toEqual({ status: 'errors', errors: { reason: 'Please complete this required field.' } });
    expect(await dana.submits({ Reason: 'no' })).toEqual({ status: 'errors', errors: { reason: 'Say more.' } });
    expect(await dana.submits({ Reason: 'errors rose' })).toMatchObject({ status: 'updated' });
    await dana.closesView();
    expect(closed).toEqual([false]);
    expect(dana.view()).toBeNull();
  });

  test('answers a mention, and says something only one person sees', async () => {
    app.event('app_mention', async ({ event, client }) => {
      await client.apiCall('chat.postMessage', { channel: event.channel, text: `Here, <@${event.user}>.`, thread_ts: event.ts });
      await client.chat.postEphemeral({ channel: event.channel, user: event.user ?? '', text: 'Type /rollback help.' });
    });
    await startApp(slack, app, mode);
    const ts = await slack.person('dana').says('@rollbot are you there?', { in: '#ops' });
    expect(await slack.person('omar').sees('Here, @dana.', { in: '#ops' })).toMatchObject({ threadTs: ts });
    await slack.person('dana').sees('Type /rollback help.');
    expect(
      slack
        .person('omar')
        .messages('#ops')
        .map((message) => message.kind),
    ).not.toContain('ephemeral');
    slack.person('dana').reloads();
    expect(
      slack
        .person('dana')
        .messages('#ops')
        .map((message) => message.text),
    ).not.toContain('Type /rollback help.');
  });

  test('publishes a home, whose buttons carry the view and no response address', async () => {
    const seen: string[] = [];
    app.event('app_home_opened', async ({ event, client }) => {
      await client.views.publish({ user_id: event.user, view: { type: 'home', blocks: card } });
    });
    app.action('explain', async ({ ack, body }) => {
      await ack();
      seen.push(...Object.keys(body).filter((key) => ['view', 'response_url', 'message', 'channel'].includes(key)));
    });
    await startApp(slack, app, mode);
    await slack.person('mina').opensHome();
    await slack.person('mina').sees('Roll back cache?', { in: 'home' });
    await slack.person('mina').clicks('Explain');
    expect(seen).toEqual(['view']);
  });

  test('hears both kinds of shortcuts, and answers one by its response address', async () => {
    app.shortcut('start', async ({ ack, client, shortcut }) => {
      await ack();
      await client.views.open({ trigger_id: shortcut.trigger_id, view: form });
    });
    app.shortcut({ callback_id: 'note', type: 'message_action' }, async ({ ack, shortcut, respond }) => {
      await ack();
      await respond({ text: `Noted: ${shortcut.message.text}`, response_type: 'ephemeral' });
    });
    await startApp(slack, app, mode);
    const lee = slack.person('lee');
    await lee.usesShortcut('Start a rollback');
    await lee.sees('Reason', { in: 'view' });
    await slack.person('dana').says('errors at 14:02', { in: '#ops' });
    await lee.usesMessageShortcut('Note this', { message: 'errors at', in: '#ops' });
    expect(await lee.sees('Noted: errors at 14:02')).toMatchObject({ kind: 'ephemeral' });
  });
});
