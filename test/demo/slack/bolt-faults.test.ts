import { LogLevel, type App } from '@slack/bolt';
import { WebClient } from '@slack/web-api';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startSlack, type Installation, type SlackEmulator } from '../../../src/demo/slack/index.ts';
import { handClock, type HandClock } from './hand-clock.ts';
import { manifest } from './manifest.ts';
import { boltApp, startApp, stopApp, type Mode } from './running-app.ts';

describe('a Bolt app when things go wrong', () => {
  let slack: SlackEmulator;
  let installed: Installation;
  let app: App;
  let patience: HandClock;
  const prepare = (mode: Mode) => {
    app = boltApp(slack, installed, mode);
    return app;
  };

  beforeEach(async () => {
    patience = handClock();
    slack = await startSlack({ patience: patience.after, eventRetryDelaysMs: [0, 50, 50] });
    installed = slack.install(manifest());
  });
  afterEach(() => stopApp(slack, app));

  test('refuses requests that somebody else signed', async () => {
    const ran: string[] = [];
    prepare('http').command('/rollback', async ({ ack, command }) => {
      ran.push(command.text);
      await ack();
    });
    await startApp(slack, app, 'http');
    for (const how of ['wrong', 'stale', 'missing'] as const) {
      slack.faults.forgeSignature(how);
      await slack.person('dana').types(`/rollback ${how}`, { in: '#ops' });
    }
    await slack.person('dana').types('/rollback real', { in: '#ops' });
    expect(ran).toEqual(['real']);
    expect(slack.failures.map((failure) => failure.detail)).toEqual(Array(3).fill('the app answered with HTTP 401'));
  });

  test.each(['socket', 'http'] as const)('that forgets to acknowledge (%s) leaves the person with an error', async (mode) => {
    prepare(mode).command('/rollback', async () => patience.advance(3000));
    await startApp(slack, app, mode);
    expect(await slack.person('dana').types('/rollback', { in: '#ops' })).toBe('/rollback failed with the error "operation_timeout"');
    expect(slack.failures).toMatchObject([{ kind: 'missed-ack', about: '/rollback' }]);
  });

  test('hears an event again that it got twice, with the same id', async () => {
    const ids: string[] = [];
    prepare('socket').event('app_mention', async ({ body }) => {
      ids.push(body.event_id);
    });
    await startApp(slack, app, 'socket');
    slack.faults.deliverTwice({ type: 'app_mention' });
    await slack.person('dana').says('@rollbot hello', { in: '#ops' });
    await expect.poll(() => ids.length).toBe(2);
    await slack.faults.redeliver({ type: 'app_mention', as: 'new-event-id' });
    await expect.poll(() => ids.length).toBe(3);
    expect(new Set(ids).size).toBe(2);
  });

  test('posts twice when an answer is lost and its client tries again by itself, and once when it does not', async () => {
    prepare('socket');
    const count = () => slack.person('dana').messages('#ops').length;
    const retrying = new WebClient(installed.botToken, {
      slackApiUrl: slack.apiUrl,
      retryConfig: { retries: 1, minTimeout: 1 },
      logLevel: LogLevel.ERROR,
    });
    slack.faults.executedButLost('chat.postMessage');
    await retrying.apiCall('chat.postMessage', { channel: '#ops', text: 'twice' });
    expect(count()).toBe(2);
    const once = new WebClient(installed.botToken, { slackApiUrl: slack.apiUrl, retryConfig: { retries: 0 }, logLevel: LogLevel.ERROR });
    slack.faults.executedButLost('chat.postMessage');
    await expect(once.apiCall('chat.postMessage', { channel: '#ops', text: 'once' })).rejects.toMatchObject({
      code: 'slack_webapi_request_error',
    });
    expect(count()).toBe(3);
  });

  test('comes back by itself after an outage', async () => {
    prepare('socket').command('/rollback', async ({ ack }) => ack('here'));
    await startApp(slack, app, 'socket');
    await slack.faults.outage('refused');
    await slack.faults.recover();
    const reply = () => slack.person('dana').types('/rollback', { in: '#ops' });
    await expect.poll(reply, { timeout: 60_000, interval: 500 }).toBe('here');
  });
});
