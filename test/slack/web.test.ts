import { createServer } from 'node:http';
import type { RequestListener } from 'node:http';
import { describe, expect, test } from 'vitest';
import { createWeb, sayFailure } from '../../src/slack/web.ts';
import type { WebResult } from '../../src/slack/web.ts';
import { silent } from './house.ts';

/** Calls once, and counts how often that reached the other side. */
async function callOn(listener: RequestListener): Promise<{ readonly result: WebResult; readonly requests: number }> {
  let requests = 0;
  const server = createServer((request, response) => {
    requests += 1;
    listener(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const result = await createWeb({ token: 'xoxb-1', apiUrl: `http://127.0.0.1:${port}/api/`, log: silent }).call('chat.postMessage', {
    text: 'x',
  });
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  return { result, requests };
}

function answers(status: number, body: string, headers: Record<string, string> = {}): RequestListener {
  return (_, response) => {
    response.writeHead(status, headers);
    response.end(body);
  };
}

describe('what became of a call', () => {
  test.each<[string, RequestListener, object]>([
    ['an answer', answers(200, '{"ok":true,"ts":"1.2"}'), { status: 'ok', data: { ok: true, ts: '1.2' } }],
    ["Slack's own refusal", answers(200, '{"ok":false,"error":"not_in_channel"}'), { status: 'refused', error: 'not_in_channel' }],
    ['a refusal that may hide a deed', answers(200, '{"ok":false,"error":"fatal_error"}'), { status: 'lost' }],
    ['a page instead of an answer', answers(200, '<html>hotel</html>'), { status: 'lost' }],
    ['a server error', answers(503, 'away'), { status: 'lost', says: 'HTTP 503' }],
    ['a pause', answers(429, '{"ok":false,"error":"ratelimited"}', { 'retry-after': '7' }), { status: 'rate-limited', afterMs: 7000 }],
    ['a pause of no length', answers(429, ''), { status: 'rate-limited', afterMs: 30_000 }],
    ['a connection that ends', (request) => void request.socket.destroy(), { status: 'lost' }],
  ])('%s', async (_, listener, expected) => {
    const { result, requests } = await callOn(listener);
    expect(result).toMatchObject(expected);
    expect(requests).toBe(1);
  });

  test('nobody there', async () => {
    const server = createServer().listen(0);
    const address = server.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    await new Promise((resolve) => server.close(resolve));
    const result = await createWeb({ token: 'xoxb-1', apiUrl: `http://127.0.0.1:${port}/api/`, log: silent }).call('auth.test');
    expect(result).toMatchObject({ status: 'unreachable' });
  });

  test.each<[Exclude<WebResult, { status: 'ok' }>, string]>([
    [{ status: 'refused', error: 'invalid_blocks', detail: ['[ERROR] no text'] }, 'Slack refused it (invalid_blocks): [ERROR] no text'],
    [{ status: 'rate-limited', afterMs: 1500 }, 'Slack wants a pause of 2 s'],
    [{ status: 'lost', says: 'ECONNRESET' }, "Slack's answer was lost (ECONNRESET)"],
    [{ status: 'unreachable', says: 'ECONNREFUSED' }, "Slack can't be reached (ECONNREFUSED)"],
  ])('is said in a few words: %j', (failure, says) => {
    expect(sayFailure(failure)).toBe(says);
  });
});
