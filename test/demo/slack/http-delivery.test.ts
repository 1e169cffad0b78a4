import { createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { listen } from '../../../src/demo/slack/server/gate.ts';
import { allScopes, manifest } from './manifest.ts';
import { setStage, type Stage } from './stage.ts';

interface Got {
  headers: IncomingMessage['headers'];
  body: string;
}

describe('delivery by HTTP', () => {
  let stage: Stage;
  let server: Server;
  let url: string;
  let got: Got[];
  let answer: { status: number; headers?: Record<string, string>; body?: string };

  beforeEach(async () => {
    stage = await setStage(allScopes);
    stage.slack.install(manifest({ events: ['app_mention'] }));
    got = [];
    answer = { status: 200 };
    server = createServer((request, response) => void receive(request, response));
    url = `http://127.0.0.1:${await listen(server, 0)}/slack/events`;
    await stage.slack.setRequestUrl(url);
  });
  afterEach(async () => {
    await stage.slack.close();
    server.close();
  });

  /** Answers the handshake, and everything else as the test says. */
  async function receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await text(request);
    const { type, challenge } = body.startsWith('{') ? JSON.parse(body) : { type: '', challenge: '' };
    if (type === 'url_verification') {
      response.end(challenge);
      return;
    }
    got.push({ headers: request.headers, body });
    response.writeHead(answer.status, answer.headers).end(answer.body ?? '');
  }

  const isSigned = ({ headers, body }: Got) => {
    const base = `v0:${String(headers['x-slack-request-timestamp'])}:${body}`;
    const digest = createHmac('sha256', stage.installed.signingSecret).update(base).digest('hex');
    return headers['x-slack-signature'] === `v0=${digest}`;
  };

  test('is a signed form for commands, with no other content type than that', async () => {
    await stage.slack.person('dana').types('/rollback cache --target=production', { in: '#ops' });
    const [request] = got;
    expect(request?.headers['content-type']).toBe('application/x-www-form-urlencoded');
    expect(request && isSigned(request)).toBe(true);
    expect(Object.fromEntries(new URLSearchParams(request?.body))).toMatchObject({
      command: '/rollback',
      text: 'cache --target=production',
      user_name: 'dana',
      channel_name: 'ops',
      is_enterprise_install: 'false',
      trigger_id: expect.stringMatching(/^\d+\.\d+\.[a-f0-9]+$/),
      response_url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/commands\//),
    });
  });

  test('is signed with another secret, ten minutes ago or not at all when it is told to be', async () => {
    for (const how of ['wrong', 'stale', 'missing'] as const) {
      stage.slack.faults.forgeSignature(how);
      await stage.slack.person('dana').types('/rollback', { in: '#ops' });
    }
    await stage.slack.person('dana').types('/rollback', { in: '#ops' });
    expect(got.map(isSigned)).toEqual([false, true, false, true]);
    const age = Date.now() / 1000 - Number(got[1]?.headers['x-slack-request-timestamp']);
    expect(age).toBeGreaterThan(590);
    expect(got[2]?.headers).not.toHaveProperty('x-slack-signature');
  });

  test('shows a status other than 200 to the person', async () => {
    answer = { status: 404 };
    expect(await stage.slack.person('dana').types('/rollback', { in: '#ops' })).toBe('/rollback failed with the error "dispatch_failed"');
    expect(stage.slack.failures).toMatchObject([{ kind: 'bad-status', detail: 'the app answered with HTTP 404' }]);
  });

  test('repeats events with the number and the reason in the headers, unless it is asked not to', async () => {
    answer = { status: 500 };
    await stage.slack.person('dana').says('@rollbot one', { in: '#ops' });
    await stage.slack.settled();
    stage.clock.advance(0);
    await expect.poll(() => got.length).toBe(2);
    expect(got[1]?.headers).toMatchObject({ 'x-slack-retry-num': '1', 'x-slack-retry-reason': 'http_error' });
    await stage.slack.settled();
    answer = { status: 500, headers: { 'x-slack-no-retry': '1' } };
    stage.clock.advance(60_000);
    await expect.poll(() => got.length).toBe(3);
    await stage.slack.settled();
    stage.clock.advance(300_000);
    await stage.slack.settled();
    expect(got).toHaveLength(3);
    expect(stage.slack.failures).toMatchObject([{ kind: 'event-given-up' }]);
  });

  test('is not set up for an address that does not know the challenge', async () => {
    await expect(stage.slack.setRequestUrl(`${stage.slack.apiUrl}nowhere`)).rejects.toThrow('did not answer with the challenge');
  });
});
