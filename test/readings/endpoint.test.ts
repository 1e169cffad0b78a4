import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { realClock } from '../../src/clock.ts';
import type { MetricSource } from '../../src/core/reading/metric.ts';
import type { Reading } from '../../src/core/reading/reading.ts';
import { createSourceReader } from '../../src/readings/index.ts';
import { createManualClock } from '../slack/manual-clock.ts';
import { json, startJsonServer } from './json-server.ts';
import type { Answer, JsonServer } from './json-server.ts';

type Endpoint = Extract<MetricSource, { kind: 'endpoint' }>;

let server: JsonServer;

beforeEach(async () => {
  server = await startJsonServer(json({ error_rate: 0.031, requests: 420, text: '0.5', up: true, none: null, at: '2026-11-24T14:00:00Z' }));
});
afterEach(async () => await server.close());

const read = async (more: Partial<Endpoint> = {}, clock = realClock, signal = new AbortController().signal): Promise<Reading> => {
  const source = { kind: 'endpoint', url: `${server.url}/api/metrics`, pointer: '/error_rate', headers: {}, ...more } as const;
  return await createSourceReader(clock)({ source, staleMs: 45_000 }, signal);
};
const why = async (more: Partial<Endpoint> = {}): Promise<unknown> => {
  const reading = await read(more);
  return 'why' in reading ? reading.why.replaceAll(server.url, '<server>') : reading;
};

test('a number is read where the pointer says, with the requests behind it, and was true when it was asked for', async () => {
  const clock = createManualClock();
  expect(await read({ samples: '/requests' }, clock)).toEqual({ at: clock.now(), value: 0.031, n: 420 });
});

test.each<[pointer: string, value: number]>([
  ['/text', 0.5],
  ['/up', 1],
])('%s is the number %d', async (pointer, value) => {
  expect(await read({ pointer })).toMatchObject({ value });
});

test('the answer may say since when it is true, and then it may be too old or of a time to come', async () => {
  const clock = createManualClock();
  expect(await read({ at: '/at' }, clock)).toEqual({ at: clock.now(), value: 0.031 });
  await clock.pass(45_001);
  expect(await read({ at: '/at' }, clock)).toEqual({ at: clock.now(), why: 'Its newest number is 45 s old, and counts for 45 s.' });
  server.answer(json({ error_rate: 0.031, at: (clock.now() + 90_000) / 1000 }));
  expect(await read({ at: '/at' }, clock)).toMatchObject({
    why: "Its newest number is of a time 1 min 30 s ahead of Rollbot's clock: one of the two is wrong.",
  });
  server.answer(json({ error_rate: 0.031, at: '2026-11-24 14:00' }));
  expect(await read({ at: '/at' }, clock)).toMatchObject({ why: 'The time at /at is 2026-11-24 14:00, which is no number.' });
});

test.each<[what: string, more: Partial<Endpoint>, why: string]>([
  ['nothing stands there', { pointer: '/error_rat' }, 'There is nothing at /error_rat in the answer.'],
  ['null stands there', { pointer: '/none' }, 'What stands at /none is null, which is no number.'],
  ['a map stands there', { pointer: '' }, 'The answer is {'],
  ['nobody knows how many requests', { samples: '/none' }, 'What stands at /none is null, which is no number.'],
  [
    'the address is none',
    { url: 'file:///etc/passwd' },
    'Its address is no http or https URL without a user or password in it: correct it in rollbot.yml.',
  ],
  ['a password is in the address', { url: 'http://dana:secret@127.0.0.1/' }, 'Its address is no http or https URL without'],
  ['nobody answers', { url: 'http://127.0.0.1:1/' }, "http://127.0.0.1:1/ can't be read: connect ECONNREFUSED 127.0.0.1:1."],
])('there is no reading where %s', async (_, more, expected) => {
  expect(String(await why(more)).slice(0, expected.length)).toBe(expected);
});

test.each<[what: string, answer: Answer, why: string]>([
  ['fails', json({ error_rate: 0.031 }, 503), '<server>/api/metrics answered 503 Service Unavailable.'],
  [
    'sends elsewhere',
    (_, response) => response.writeHead(302, { location: '/elsewhere' }).end('{}'),
    '<server>/api/metrics answered 302 Found.',
  ],
  ['speaks no JSON', (_, response) => response.end('<html>'), '<server>/api/metrics answered 200 OK, and not with JSON that can be read.'],
  [
    'is nested absurdly deep',
    (_, response) => response.end('['.repeat(100_000) + ']'.repeat(100_000)),
    '<server>/api/metrics answered 200 OK, and not with JSON that can be read.',
  ],
  [
    'says too much',
    (_, response) => response.end(`"${'x'.repeat(1024 * 1024)}"`),
    'The answer of <server>/api/metrics is larger than 1 MiB, which is too much to be read.',
  ],
  ['breaks off', (request) => request.socket.destroy(), "<server>/api/metrics can't be read: other side closed."],
])('there is no reading where the server %s', async (_, answer, expected) => {
  server.answer(answer);
  expect(await why()).toBe(expected);
  expect(server.asked).toHaveLength(1);
});

test('a server that does not answer is not waited for, and neither is one whose answer does not end', async () => {
  const hanging: readonly Answer[] = [() => {}, (_, response) => void response.writeHead(200).write('{')];
  for (const answer of hanging) {
    const clock = createManualClock();
    server.answer(answer);
    const before = server.asked.length;
    const reading = read({}, clock);
    await vi.waitFor(() => expect(server.asked).toHaveLength(before + 1));
    await clock.pass(10_000);
    expect(await reading).toMatchObject({ why: `${server.url}/api/metrics has not answered in 10 s.` });
  }
});

test('who ends it is not kept waiting', async () => {
  const ending = new AbortController();
  server.answer(() => ending.abort());
  expect(await read({}, realClock, ending.signal)).toHaveProperty('why');
});

test('a proxy of the environment is not used', async () => {
  vi.stubEnv('http_proxy', 'http://127.0.0.1:1/');
  vi.stubEnv('NODE_USE_ENV_PROXY', '1');
  expect(await read()).toMatchObject({ value: 0.031 });
  vi.unstubAllEnvs();
});
