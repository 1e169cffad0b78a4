import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { call } from './calling.ts';
import { rawSocket } from './raw-socket.ts';
import { setStage, type Stage } from './stage.ts';

describe('faults', () => {
  let stage: Stage;
  const post = () => stage.api('chat.postMessage', { channel: '#ops', text: 'progress' });
  const posted = () =>
    stage.slack
      .person('dana')
      .messages('#ops')
      .filter((message) => message.text === 'progress');
  beforeEach(async () => {
    stage = await setStage();
  });
  afterEach(() => stage.slack.close());

  test('refuse a call without carrying it out, once', async () => {
    stage.slack.faults.refuse('chat.postMessage', 'internal_error');
    expect(await post()).toEqual({ ok: false, error: 'internal_error' });
    expect(await post()).toMatchObject({ ok: true });
    expect(posted()).toHaveLength(1);
  });

  test('strike as often as they are told, on a method, a family or everything', async () => {
    stage.slack.faults.refuse('chat.*', 'fatal_error', { times: 2, extra: { needed: 'patience' } });
    stage.slack.faults.refuse('*', 'service_unavailable');
    expect(await stage.api('auth.test')).toMatchObject({ error: 'service_unavailable' });
    expect(await post()).toEqual({ ok: false, error: 'fatal_error', needed: 'patience' });
    expect(await post()).toMatchObject({ error: 'fatal_error' });
    expect(await post()).toMatchObject({ ok: true });
    stage.slack.faults.refuse('chat.postMessage', 'internal_error', { times: 100 });
    stage.slack.faults.clear();
    expect(await post()).toMatchObject({ ok: true });
  });

  test('carry a call out and lose its answer', async () => {
    stage.slack.faults.executedButLost('chat.postMessage');
    await expect(post()).rejects.toThrow('fetch failed');
    expect(posted()).toHaveLength(1);
    expect(stage.slack.calls.at(-1)).toMatchObject({ method: 'chat.postMessage', executed: true, lost: true });
  });

  test('carry a call out and then say that it failed', async () => {
    stage.slack.faults.executedButRefused('chat.postMessage', 'fatal_error');
    expect(await post()).toEqual({ ok: false, error: 'fatal_error' });
    expect(posted()).toHaveLength(1);
  });

  test('answer with a status and a page, or with a wait', async () => {
    stage.slack.faults.http('auth.test', 503);
    const response = await fetch(`${stage.slack.apiUrl}auth.test`, { method: 'POST' });
    expect([response.status, response.headers.get('content-type')]).toEqual([503, 'text/html; charset=utf-8']);
    stage.slack.faults.rateLimit('auth.test', 30);
    const limited = await call(stage.slack, stage.installed.botToken, 'auth.test');
    expect([limited.status, limited.headers.get('retry-after'), limited.body.error]).toEqual([429, '30', 'ratelimited']);
  });

  test('hold an answer back', async () => {
    stage.slack.faults.slow('auth.test', 120);
    const before = performance.now();
    expect(await stage.api('auth.test')).toMatchObject({ ok: true });
    expect(performance.now() - before).toBeGreaterThan(110);
  });

  test.each(['reset', 'refused'] as const)('take Slack away: connections are %s, sockets cut, and all of it comes back', async (how) => {
    const socket = await rawSocket(stage.slack, stage.installed, { acknowledge: true });
    await stage.slack.faults.outage(how);
    await expect.poll(() => socket.closed()).toBe(true);
    await expect(post()).rejects.toThrow('fetch failed');
    expect(await stage.slack.person('dana').types('/rollback', { in: '#ops' })).toContain('failed');
    expect(stage.slack.failures).toEqual([]);
    await stage.slack.faults.recover();
    expect(await post()).toMatchObject({ ok: true });
    const again = await rawSocket(stage.slack, stage.installed, { acknowledge: true });
    expect(again.received[0]).toMatchObject({ type: 'hello' });
    again.close();
  });

  test('take Slack away behind a 503', async () => {
    await stage.slack.faults.outage('unavailable');
    expect((await fetch(`${stage.slack.apiUrl}auth.test`)).status).toBe(503);
    await stage.slack.faults.recover();
    expect(await post()).toMatchObject({ ok: true });
  });
});
