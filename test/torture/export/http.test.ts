import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { until } from '../../steps/stage.ts';
import { startWeb } from '../../steps/web.ts';
import type { Web } from '../../steps/web.ts';
import { smallScript } from '../../export/small-script.ts';

let web: Web;
beforeAll(async () => void (web = await startWeb()));
afterAll(async () => await web.close());

async function step(lines: string, { metrics = '', answers = [] as readonly string[] } = {}) {
  await using it = await smallScript(procedure(lines), { protected: false, metrics });
  const { said } = await it.run({ args: ['--operator', 'dana'], answers });
  expect(said).not.toContain('command not found');
  expect(`${said}${await it.logText()}`).not.toContain('S3cr3t/+p@ss');
  const finished = (await it.log()).find(({ event, step: id }) => event === 'step-finished' && id === 'deed');
  return { outcome: finished?.['outcome'], says: finished?.['says'] ?? '', said };
}

/** The matter is a check before all steps where it only reads, and else the only step. */
function procedure(lines: string): string {
  const deed = `  - id: deed\n    title: Do it\n${lines.replaceAll(/^/gm, '    ')}\n`;
  const reads = !lines.includes('because:');
  return `title: Try out
component: Cache Layer
locks: [cache:main]
params:
  text: { about: A text, default: "it's \\"so\\"/.." }
${reads ? `preflight:\n${deed}` : ''}steps:
${reads ? "  - { id: idle, title: Do nothing, run: ['true'], effect: read }\n" : deed}verify:
  - title: The trace is there
    shell: { env: { FOLDER: '\${target.folder}' }, script: '[[ -e $FOLDER/trace ]]' }
`;
}

const reading = (http: string, expected?: string): string => `http: { ${http} }${expected === undefined ? '' : `\nexpect: ${expected}`}`;
const posting = (url: string, more = ''): string =>
  `because: it is tried\nhttp: { url: '${url}', method: POST${more} }\ntimeout: 5s\nundo: { none: it is tried }`;

describe('a reading', () => {
  test.each([
    ['a number', '/health', ', pointer: /hit_rate', '{ above: 60% }', 'ok', 'It is 0.72, as it should be.'],
    ['an item of a list', '/health', ', pointer: /workers/1', '{ equals: b }', 'ok', ''],
    ['a whole list', '/health', ', pointer: /workers', '{ contains: a }', 'ok', ''],
    ['a text', '/text', '', '{ matches: "^v[0-9.]+$" }', 'ok', ''],
    ['another status', '/gone', ', status: [404]', undefined, 'ok', 'answered 404'],
    [
      'a number that is too small',
      '/health',
      ', pointer: /hit_rate',
      '{ at-least: 80% }',
      'failed',
      'It is 0.72, and it should be at least 0.8.',
    ],
    ['nothing there', '/health', ', pointer: /nothing', undefined, 'failed', 'There is nothing at /nothing'],
    ['broken JSON', '/bad-json', ', pointer: /status', undefined, 'failed', 'not JSON'],
    ['a redirect', '/moved', '', undefined, 'failed', 'answered 302'],
    ['an error', '/broken', '', undefined, 'failed', 'answered 500: {"error":"out of memory"}'],
    ['no answer', '/reset', '', undefined, 'failed', 'was not answered'],
  ])('of %s', async (_what, path, more, expected, outcome, says) => {
    const found = await step(reading(`url: '${web.url}${path}'${more}`, expected));
    expect(found.outcome).toBe(outcome);
    expect(found.says).toContain(says);
  });

  test('shows a secret of its header to nobody, not even where the server says it again', async () => {
    const found = await step(reading(`url: '${web.url}/denied', headers: { authorization: 'Bearer \${secrets.api_token}' }`));
    expect(web.requests.at(-1)?.headers.authorization).toBe('Bearer S3cr3t/+p@ss');
    expect(found.says).toContain('bad credentials: Bearer ***');
  });
});

describe('a deed', () => {
  test('is sent as JSON in which a value is only a value', async () => {
    expect(await step(posting(`${web.url}/health`, ", json: { it: '${params.text}', n: 1, list: [true, null] }"))).toMatchObject({
      outcome: 'ok',
    });
    const sent = web.requests.at(-1);
    expect(JSON.parse(sent?.body ?? '')).toEqual({ it: `it's "so"/..`, n: 1, list: [true, null] });
    expect(sent?.headers).toMatchObject({ 'content-type': 'application/json' });
  });

  test('has its values encoded in its address', async () => {
    await step(posting(`${web.url}/health?it=\${params.text}`));
    expect(new URL(web.requests.at(-1)?.path ?? '', web.url).searchParams.get('it')).toBe(`it's "so"/..`);
  });

  test.each([
    ['an error of the server', '/broken', 'unknown', 'leaves open whether it happened'],
    ['a lost answer', '/reset', 'unknown', 'nobody knows whether it happened'],
    ['half an answer', '/half', 'unknown', 'nobody knows whether it happened'],
    ['no answer in time', '/hang', 'unknown', 'nobody knows how far it came'],
    ['a refusal', '/denied', 'failed', 'answered 403'],
  ])('of which comes %s', async (_what, path, outcome, says) => {
    const found = await step(posting(`${web.url}${path}`), { answers: ['stop'] });
    expect(found.outcome).toBe(outcome);
    expect(found.says).toContain(says);
  });

  test('that never left has done nothing', async () => {
    const found = await step(posting('http://127.0.0.1:1/'), { answers: ['stop'] });
    expect(found).toMatchObject({ outcome: 'failed', says: expect.stringContaining('was not sent, so nothing was done') });
  });
});

describe('a metric', () => {
  const wanted = 'metric: rate\nexpect: { above: 50% }';
  const server = createServer((request, response) => {
    const query = new URL(request.url ?? '', 'http://x').searchParams.get('query') ?? '';
    response.end(JSON.stringify(prometheus()[query] ?? { status: 'error', error: 'no such query' }));
  }).listen(0, '127.0.0.1');
  beforeAll(async () => await until(() => server.listening));
  afterAll(() => void server.close());

  test.each([
    ['one number', 'query: one', 'ok', 'Rate: 0.9.'],
    ['enough behind it', 'query: one, samples: one', 'ok', ''],
    ['nothing behind it', 'query: one, samples: zero', 'failed', 'drawn from nothing'],
    ['several', 'query: two', 'failed', 'exactly one number'],
    ['none', 'query: none', 'failed', 'exactly one number'],
    ['a warning', 'query: warned', 'failed', 'exactly one number'],
    ['an old one', 'query: old', 'failed', 'older than'],
    ['an error', 'query: other', 'failed', 'exactly one number'],
  ])('of Prometheus with %s', async (_what, query, outcome, says) => {
    const { port } = server.address() as AddressInfo;
    const found = await step(wanted, { metrics: metric(`prometheus: { url: 'http://127.0.0.1:${port}', ${query} }`) });
    expect(found.outcome).toBe(outcome);
    expect(found.says).toContain(says);
  });

  test('of an endpoint', async () => {
    expect(await step(wanted, { metrics: endpoint('/hit_rate') })).toMatchObject({ outcome: 'ok' });
    expect(await step(wanted, { metrics: endpoint('/status') })).toMatchObject({
      outcome: 'failed',
      says: expect.stringContaining('is no number'),
    });
  });
});

function now(value: string): object {
  return { value: [Date.now() / 1000, value] };
}

function vector(result: unknown): object {
  return { status: 'success', data: { resultType: 'vector', result } };
}

function metric(source: string): string {
  return `metrics:\n  rate: { title: Rate, unit: ratio, ${source} }\n`;
}

function endpoint(pointer: string): string {
  return metric(`http: { url: '${web.url}/health', pointer: ${pointer} }`);
}

/** What Prometheus answers to which query. */
function prometheus(): Readonly<Record<string, object>> {
  return {
    one: vector([now('0.9')]),
    two: vector([now('0.9'), now('0.8')]),
    old: vector([{ value: [1000, '0.9'] }]),
    none: vector([]),
    zero: vector([now('0')]),
    warned: { ...vector([now('0.9')]), warnings: ['a part is missing'] },
  };
}
