import type { App } from '@slack/bolt';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startSlack, type Installation, type SlackEmulator } from '../../../src/demo/slack/index.ts';
import { call } from './calling.ts';
import { handClock, type HandClock } from './hand-clock.ts';
import { manifest } from './manifest.ts';
import { boltApp, startApp, stopApp } from './running-app.ts';

const text = (value: string) => ({ type: 'plain_text', text: value });
const input = { type: 'input', block_id: 'why', label: text('Why'), element: { type: 'plain_text_input', action_id: 'v' } };
const modal = (change: Record<string, unknown> = {}) => ({
  type: 'modal',
  title: text('Form'),
  submit: text('Go'),
  blocks: [input],
  ...change,
});
const home = { type: 'home', blocks: [{ type: 'divider' }] };
const invalid = (...messages: string[]) => ({ ok: false, error: 'invalid_arguments', response_metadata: { messages } });

describe('views that Slack refuses', () => {
  let slack: SlackEmulator;
  let installed: Installation;
  let app: App;
  let patience: HandClock;
  let triggers: string[];
  const api = async (method: string, args: Record<string, unknown>) => (await call(slack, installed.botToken, method, args)).body;
  const open = (trigger_id: string) => api('views.open', { trigger_id, view: modal() });
  const trigger = async () => {
    await slack.person('dana').types('/rollback', { in: '#ops' });
    return triggers.at(-1) ?? '';
  };

  beforeEach(async () => {
    patience = handClock();
    slack = await startSlack({ patience: patience.after });
    installed = slack.install(manifest());
    app = boltApp(slack, installed, 'socket');
    triggers = [];
    app.command('/rollback', async ({ ack, command }) => {
      triggers.push(command.trigger_id);
      await ack();
    });
    await startApp(slack, app, 'socket');
  });
  afterEach(() => stopApp(slack, app));

  test('for their schema, each in its own words', async () => {
    const trigger_id = await trigger();
    const openView = (view: unknown) => api('views.open', { trigger_id, view });
    expect(await openView(modal({ title: text('x'.repeat(25)) }))).toEqual(
      invalid('[ERROR] must be less than 25 characters [json-pointer:/view/title/text]'),
    );
    expect(await openView(modal({ private_metadata: 'x'.repeat(3001) }))).toEqual(
      invalid(
        '[ERROR] failed to match all allowed schemas [json-pointer:/view]',
        '[ERROR] must be less than 3001 characters [json-pointer:/view/private_metadata]',
      ),
    );
    const { submit: _, ...noSubmit } = modal();
    expect(await openView(noSubmit)).toEqual(
      invalid('[ERROR] must define `submit` to use an `input` block in modals [json-pointer:/view/blocks/0/input]'),
    );
    expect(await openView(home)).toMatchObject({ error: 'invalid_arguments' });
    expect(await openView('none')).toMatchObject({ error: 'invalid_arguments' });
    expect(await openView(modal())).toMatchObject({
      ok: true,
      view: { type: 'modal', state: { values: { why: { v: { value: null } } } } },
    });
  });

  test('for their trigger: malformed, unknown, used, or too old', async () => {
    expect(await open('nonsense')).toEqual(invalid('invalid `trigger_id`'));
    expect(await open('1.2.abc')).toEqual({ ok: false, error: 'invalid_trigger_id' });
    const used = await trigger();
    await open(used);
    expect(await open(used)).toEqual({ ok: false, error: 'exchanged_trigger_id' });
    const old = await trigger();
    patience.advance(3000);
    expect(await open(old)).toEqual({ ok: false, error: 'expired_trigger_id' });
  });

  test('for a stack that is full, or that nobody has open', async () => {
    expect(await api('views.push', { trigger_id: await trigger(), view: modal() })).toEqual({ ok: false, error: 'not_found' });
    const more = { type: 'actions', block_id: 'more', elements: [{ type: 'button', action_id: 'push', text: text('More') }] };
    const pushed: unknown[] = [];
    app.action('push', async ({ ack, body }) => {
      await ack();
      const trigger_id = 'trigger_id' in body ? body.trigger_id : '';
      pushed.push((await api('views.push', { trigger_id, view: modal({ blocks: [more] }) })).error ?? 'ok');
    });
    await api('views.open', { trigger_id: await trigger(), view: modal({ blocks: [more] }) });
    for (const expected of ['ok', 'ok', 'push_limit_reached']) {
      const before = pushed.length;
      await slack.person('dana').clicks('More');
      await expect.poll(() => pushed.length).toBe(before + 1);
      expect(pushed.at(-1)).toBe(expected);
    }
  });

  test('for a hash that is stale, an id that is gone, an external_id that is taken', async () => {
    const opened = await api('views.open', { trigger_id: await trigger(), view: modal({ external_id: 'one' }) });
    const { id, hash } = Object(opened.view);
    expect(await api('views.update', { view_id: id, hash, view: modal() })).toMatchObject({ ok: true });
    expect(await api('views.update', { view_id: id, hash, view: modal() })).toEqual({ ok: false, error: 'hash_conflict' });
    expect(await api('views.update', { external_id: 'one', view: modal() })).toEqual({ ok: false, error: 'not_found' });
    await api('views.publish', { user_id: slack.person('omar').id, view: { ...home, external_id: 'two' } });
    expect(await api('views.open', { trigger_id: await trigger(), view: modal({ external_id: 'two' }) })).toEqual({
      ok: false,
      error: 'duplicate_external_id',
    });
    await slack.person('dana').closesView();
    expect(await api('views.update', { view_id: id, view: modal() })).toEqual({ ok: false, error: 'not_found' });
  });

  test('for a home that is switched off, or for nobody', async () => {
    expect(await api('views.publish', { user_id: 'U0', view: home })).toEqual(invalid('invalid `user_id`'));
    expect(await api('views.publish', { user_id: slack.person('omar').id, view: home, hash: 'old' })).toMatchObject({ ok: true });
    expect(await api('views.publish', { user_id: slack.person('omar').id, view: home, hash: 'old' })).toEqual({
      ok: false,
      error: 'hash_conflict',
    });
    slack.install(manifest({ homeTab: false }));
    expect(await api('views.publish', { user_id: slack.person('omar').id, view: home })).toEqual({ ok: false, error: 'not_enabled' });
  });

  const badAcks: [sentence: string, ack: unknown, kind: string, detail: RegExp][] = [
    [
      'an error for a block that is no input',
      { response_action: 'errors', errors: { nope: 'x' } },
      'unknown-error-key',
      /nope is no input block; the view has why/,
    ],
    ['no error at all', { response_action: 'errors', errors: {} }, 'bad-ack', /at least one error/],
    [
      'a view that is too long in the title',
      { response_action: 'update', view: modal({ title: text('x'.repeat(25)) }) },
      'bad-ack-view',
      /must be less than 25 characters/,
    ],
    ['an unknown action', { response_action: 'close' }, 'bad-ack', /no response_action "close"/],
    ['some text', 'thanks', 'bad-ack', /must be empty or a response_action|no response_action/],
  ];

  test.each(badAcks)('are shown as trouble when a submission is answered with %s', async (_, ack, kind, detail) => {
    app.view('form', async (args) => args.ack(Object(ack)));
    await api('views.open', { trigger_id: await trigger(), view: modal({ callback_id: 'form' }) });
    const outcome = await slack.person('dana').submits({ Why: 'because' });
    expect(outcome).toEqual({ status: 'trouble', shown: 'We had some trouble connecting. Try again?' });
    expect(slack.failures).toEqual([
      expect.objectContaining({ kind, about: 'view_submission form', detail: expect.stringMatching(detail) }),
    ]);
    expect(slack.person('dana').view()).not.toBeNull();
  });
});
