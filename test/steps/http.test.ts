import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { HttpAction, Filled } from '../../src/core/procedure/action.ts';
import { createStage, LIMIT_MS, until } from './stage.ts';
import type { Options, Performed, Stage } from './stage.ts';
import { startWeb } from './web.ts';
import type { Web } from './web.ts';

let stage: Stage;
let web: Web;
beforeAll(async () => ([stage, web] = [await createStage(), await startWeb()]));
afterAll(async () => {
  await web.close();
  await stage.close();
});

type Request = Partial<HttpAction<Filled>> & Options;

/** Asks, and lets the time of the request pass once it has arrived. */
async function askInVain(path: string, request: Request = {}): Promise<Performed> {
  const before = web.requests.length;
  const asked = ask(path, request);
  await until(() => web.requests.length > before);
  stage.clock.leap(LIMIT_MS);
  return await asked;
}

async function ask(path: string, request: Request = {}): Promise<Performed> {
  const { method = 'GET', headers = {}, json, status, pointer, url = web.url + path, ...options } = request;
  const more = { ...(json !== undefined && { json }), ...(status && { status }), ...(pointer !== undefined && { pointer }) };
  const effect = method === 'GET' || method === 'HEAD' ? 'read' : 'destructive';
  return await stage.perform({ kind: 'http', method, url, headers, ...more }, { effect, ...options });
}

describe('an answer', () => {
  test('is judged where its pointer points', async () => {
    const { answer } = await ask('/health', { pointer: '/hit_rate', expect: { above: 0.6 } });
    const says = `GET ${web.url}/health answered 200 OK. It is 0.72, as it should be.`;
    expect(answer).toEqual({ status: 'ok', observed: 0.72, says, outputs: {} });
  });

  test('gives outputs, by pointer or as a whole', async () => {
    const outputs = { rate: { pointer: '/hit_rate' }, second: { pointer: '/workers/1', pattern: '[a-z]' } };
    expect((await ask('/health', { outputs })).answer).toMatchObject({ outputs: { rate: '0.72', second: 'b' } });
    const version = { version: { pattern: String.raw`v\d+\.\d+\.\d+` } };
    expect((await ask('/text', { outputs: version })).answer).toMatchObject({ outputs: { version: 'v1.2.3' } });
  });

  test.each([
    ['/broken', {}, 'failed', /answered 500 Internal Server Error: \{"error":"out of memory"\}$/],
    ['/nothing', {}, 'failed', /answered 404 Not Found: no such page$/],
    ['/nothing', { status: [404] }, 'ok', /404/],
    ['/health', { status: [201] }, 'failed', /answered 200 OK/],
    ['/moved', {}, 'failed', /answered 302 Found/],
    ['/empty', { method: 'DELETE' }, 'ok', /204/],
    ['/empty', { pointer: '/status' }, 'failed', /The answer is empty/],
    ['/health', { method: 'HEAD' }, 'ok', /200/],
    ['/health', { pointer: '/nothing' }, 'failed', /nothing at \/nothing/],
    ['/bad-json', {}, 'ok', /200/],
    ['/bad-json', { pointer: '/status' }, 'failed', /not JSON that can be read/],
    ['/deep-json', { expect: { equals: 'up' } }, 'failed', /not JSON that can be read/],
    ['/text', { pointer: '' }, 'failed', /not JSON/],
    ['/health', { outputs: { id: { pointer: '/id' } } }, 'failed', /"id" is missing: there is nothing at \/id/],
    ['/health', { outputs: { all: { pointer: '/workers' } } }, 'failed', /not a single value/],
    ['/text', { outputs: { version: { pattern: String.raw`\d+` } } }, 'failed', /does not match/],
    ['/half', {}, 'failed', /was not answered/],
    ['/reset', {}, 'failed', /was not answered/],
  ] as const)('of %s to %j is %s', async (path, request, status, says) => {
    const { answer } = await ask(path, request);
    expect(answer).toMatchObject({ status, says: expect.stringMatching(says) });
  });

  test('of two gigabytes is not read beyond the first', async () => {
    const { answer, output } = await ask('/huge', { expect: { contains: 'x' } });
    expect(answer).toMatchObject({ status: 'failed', says: expect.stringContaining('larger than 1 MiB') });
    expect(output.length).toBeLessThan(70_000);
    expect((await ask('/huge')).answer.status).toBe('ok');
  });
});

describe('a request', () => {
  test('is sent as it was ordered: headers, JSON, no redirect followed', async () => {
    await ask('/moved?a=1', { method: 'PUT', headers: { 'X-Reason': 'rollback' }, json: { on: [true, null, 'ü'] }, status: [302] });
    const { method, path, headers, body } = web.requests.at(-1)!;
    expect([method, path, headers['x-reason'], headers['content-type'], body]).toEqual([
      'PUT',
      '/moved?a=1',
      'rollback',
      'application/json',
      '{"on":[true,null,"ü"]}',
    ]);
  });

  test('does not go by a proxy of the environment', async () => {
    const env = { HTTP_PROXY: 'http://127.0.0.1:9', http_proxy: 'http://127.0.0.1:9' };
    expect((await ask('/health', { env })).answer.status).toBe('ok');
  });

  test.each([
    ['to nobody', { url: 'http://127.0.0.1:1/x' }, /was not sent, so nothing was done: .*ECONNREFUSED/],
    ['to a file', { url: 'file:///etc/passwd' }, /no http or https URL/],
    ['to nowhere', { url: 'nowhere' }, /no http or https URL/],
    ['with a password in its URL', { url: 'http://dana:pw@127.0.0.1/' }, /send them in a header/],
    ['with a line end in a header', { headers: { 'x-a': 'b\r\nx-c: d' } }, /was not sent, so nothing was done/],
  ] as const)('%s is not sent, and that is a failure', async (_, request, says) => {
    const { answer } = await ask('/health', { method: 'POST', ...request });
    expect(answer).toMatchObject({ status: 'failed', says: expect.stringMatching(says) });
  });

  test('over TLS to somebody without a certificate is not sent', async () => {
    const { answer } = await ask('', { method: 'POST', url: web.url.replace('http', 'https') });
    expect(answer).toMatchObject({ status: 'failed', says: expect.stringContaining('was not sent') });
  });
});

describe('nobody knows whether it happened when', () => {
  test.each([
    ['the connection is reset', '/reset', {}, 'connection-lost'],
    ['the answer breaks off', '/half', {}, 'connection-lost'],
    ['a gateway answers in its stead', '/gateway', {}, 'unclear'],
    ['the server says that something went wrong in it', '/broken', {}, 'unclear'],
    ['the answer can not be read', '/bad-json', { pointer: '/id' }, 'unclear'],
    ['a GET that is declared destructive is not answered', '/reset', { method: 'GET', effect: 'destructive' }, 'connection-lost'],
  ] as const)('%s', async (_, path, request, reason) => {
    expect((await ask(path, { method: 'POST', ...request })).answer).toMatchObject({ status: 'unknown', reason });
  });

  test.each([
    ['there is no answer in time', '/hang'],
    ['the answer never ends', '/drip'],
  ])('%s', async (_, path) => {
    expect((await askInVain(path, { method: 'POST' })).answer).toMatchObject({ status: 'unknown', reason: 'connection-lost' });
  });

  test.each(['/hang', '/drip'])('but a question to %s that is not answered in time has just failed', async (path) => {
    expect((await askInVain(path)).answer).toMatchObject({
      status: 'failed',
      says: expect.stringContaining('no answer in time'),
    });
  });

  test('Rollbot is stopped while it waits', async () => {
    const controller = new AbortController();
    const before = web.requests.length;
    const asked = ask('/hang', { method: 'POST', signal: controller.signal });
    await until(() => web.requests.length > before);
    controller.abort('bot-stopped');
    expect((await asked).answer).toMatchObject({ status: 'unknown', reason: 'bot-stopped' });
  });
});

test('a server that takes the connection and never speaks is not waited for beyond the limit', async () => {
  const mute = createServer().listen(0, '127.0.0.1');
  await once(mute, 'listening');
  const url = `https://127.0.0.1:${(mute.address() as AddressInfo).port}/`;
  const asked = ask('', { method: 'POST', url });
  await once(mute, 'connection');
  stage.clock.leap(LIMIT_MS);
  expect((await asked).answer).toMatchObject({
    status: 'failed',
    says: expect.stringContaining('was not sent, so nothing was done: there was no answer in time'),
  });
  mute.close();
});
