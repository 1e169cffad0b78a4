import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { request } from 'node:http';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { realClock } from '../../../src/clock.ts';
import { readDirectory } from '../../../src/demo/directory.ts';
import { startPage } from '../../../src/demo/page/page.ts';
import type { Page, PageParts } from '../../../src/demo/page/page.ts';
import { startSlack } from '../../../src/demo/slack/index.ts';
import type { SlackEmulator } from '../../../src/demo/slack/index.ts';

const CLIENT = 'src/demo/page/client';

let slack: SlackEmulator;
let page: Page;
const began: string[] = [];

/** A shop of which only the names are real, because nothing here asks how it is. */
const sandbox: PageParts['sandbox'] = {
  procedures: ['cache'],
  serviceUrl: 'http://127.0.0.1:9',
  commits: { good: 'a', bad: 'b', newest: 'c' },
  health: async () => ({ status: 'healthy', reasons: [] }),
  break: async () => {},
  sabotage: async (name) => void began.push(name),
  relent: async () => {},
  sabotaged: () => [],
};

beforeAll(async () => {
  slack = await startSlack();
  const installed = slack.install(parse(await readFile('manifest.yml', 'utf8')));
  page = await startPage({
    slack,
    directory: readDirectory(slack, installed),
    sandbox,
    clock: realClock,
    port: 0,
    reports: 'incidents',
    story: null,
  });
});
afterAll(async () => {
  await page.close();
  await slack.close();
});

type Sent = { readonly method?: 'GET' | 'POST'; readonly headers?: Readonly<Record<string, string>>; readonly body?: string };

/** A request as no browser would let a page send it: with any host and origin. */
async function send(address: string, { method = 'GET', headers = {}, body = '' }: Sent = {}) {
  const asked = request({ host: '127.0.0.1', port: page.port, path: address, method, headers, agent: false });
  asked.end(body);
  const [answer] = await once(asked, 'response');
  return {
    status: answer.statusCode,
    type: answer.headers['content-type'],
    policy: answer.headers['content-security-policy'],
    body: await text(answer),
  };
}

async function deed(body: object, headers: Readonly<Record<string, string>> = {}) {
  const own = { host: `127.0.0.1:${page.port}`, origin: page.url, 'content-type': 'application/json' };
  return await send('/deeds', { method: 'POST', headers: { ...own, ...headers }, body: JSON.stringify(body) });
}

const SABOTAGE = { kind: 'sabotage', name: 'deploy-fails', on: true };

test('every file that the page names is served, with its type, and nothing else is', async () => {
  const html = await send('/');
  expect(html).toMatchObject({ status: 200, type: 'text/html; charset=utf-8' });
  const styles = (await readdir(CLIENT)).filter((name) => name.endsWith('.css'));
  const linked = [...html.body.matchAll(/href="\/([\w-]+\.css)"/g)].map(([, name]) => name);
  expect(new Set(linked)).toEqual(new Set(styles));
  for (const name of styles) {
    const own = await readFile(path.join(CLIENT, name), 'utf8');
    expect(await send(`/${name}`)).toMatchObject({ status: 200, type: 'text/css; charset=utf-8', body: own });
  }
  const scripts = (await readdir(CLIENT)).filter((name) => name.endsWith('.js'));
  for (const name of scripts) {
    const script = await send(`/${name}`);
    expect(script).toMatchObject({ status: 200, type: 'text/javascript; charset=utf-8' });
    for (const [, imported] of script.body.matchAll(/ from '\.\/([\w-]+\.js)'/g)) expect(scripts).toContain(imported);
  }
  for (const address of ['/page.ts', '/../page.ts', '/%2e%2e/page.ts', '/client/main.js', '/rollbot.yml'])
    expect((await send(address)).status).toBe(404);
});

test('a name of somebody else’s that points here gets nothing', async () => {
  for (const address of ['/', '/main.js', '/scene', '/news?as=dana'])
    expect(await send(address, { headers: { host: `rebound.example:${page.port}` } })).toMatchObject({
      status: 403,
      body: expect.stringContaining(`This page is only at ${page.url}`),
    });
  expect((await send('/scene', { headers: { host: '127.0.0.1:1' } })).status).toBe(403);
  expect((await send('/scene', { headers: { host: `localhost:${page.port}` } })).status).toBe(200);
});

test('a deed comes from the page itself or not at all', async () => {
  for (const origin of ['http://rebound.example', `http://localhost:${page.port}`, `https://127.0.0.1:${page.port}`, 'null'])
    expect(await deed(SABOTAGE, { origin })).toMatchObject({ status: 403, body: expect.stringContaining('Another site') });
  expect((await deed(SABOTAGE, { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
  expect((await deed(SABOTAGE, { 'sec-fetch-site': 'same-site' })).status).toBe(403);
  expect((await deed(SABOTAGE, { 'content-type': 'text/plain' })).status).toBe(403);
  const { host, body } = { host: `127.0.0.1:${page.port}`, body: JSON.stringify(SABOTAGE) };
  const withoutOrigin = await send('/deeds', { method: 'POST', headers: { host, 'content-type': 'application/json' }, body });
  expect(withoutOrigin).toMatchObject({ status: 403, body: expect.stringContaining('has to say its origin') });
  expect(began).toEqual([]);
  expect((await deed(SABOTAGE, { 'sec-fetch-site': 'same-origin' })).status).toBe(200);
  expect(began).toEqual(['deploy-fails']);
});

test('what one can’t do here is answered with a sentence', async () => {
  const news = await send('/news?as=nobody');
  expect(news).toMatchObject({ status: 400, body: expect.stringContaining('There is nobody of that name') });
  for (const body of [{ kind: 'fly' }, { ...SABOTAGE, name: 'meteor' }, { ...SABOTAGE, more: 1 }, []])
    expect(await deed(body)).toMatchObject({ status: 400, body: expect.stringContaining('This is nothing that one can do here') });
  const away = await deed({ kind: 'say', as: 'dana', channel: '#nowhere', text: 'hello' });
  expect(away).toMatchObject({ status: 409, body: expect.stringContaining('#nowhere') });
});

test('the page may load nothing from elsewhere and be framed by nobody', async () => {
  for (const address of ['/', '/scene', '/main.js', '/nothing']) {
    const { policy } = await send(address);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/unsafe|\*|https?:/);
  }
});

test('a port that is in use is passed over', async () => {
  const parts = {
    slack,
    directory: { people: [], groups: {}, bot: { id: 'B', name: 'rollbot' }, announce: '' },
    sandbox,
    clock: realClock,
    reports: '',
    story: null,
  };
  const second = await startPage({ ...parts, port: page.port });
  expect(second.port).toBeGreaterThan(page.port);
  await second.close();
});
