import { createHmac } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { afterEach, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { Alerts } from '../../src/core/alert/schema.ts';
import { createIntake } from '../../src/intake/index.ts';
import type { Intake } from '../../src/intake/index.ts';
import type { AlertIntakeParts } from '../../src/intake/alerts/index.ts';
import { NO_RELEASES } from '../slack/release-samples.ts';
import { alertmanagerBody, alertParts, grafanaBody, secretOf } from './alert-samples.ts';
import type { Heard } from './alert-samples.ts';
import { NO_LINKS } from './link-samples.ts';

const log = { debug() {}, info() {}, warn() {}, error() {} };
const started: Intake[] = [];

afterEach(async () => {
  for (const intake of started.splice(0)) await intake.stop();
});

describe('what is understood', () => {
  test('a group of Alertmanager, with nanoseconds and a year that is none', async () => {
    const { url, heard } = await start();
    expect(await post(`${url}/alerts/prometheus`, alertmanagerBody(), bearer('prometheus'))).toEqual([202, { taken: true }]);
    const { at, ...notice } = heard.notices[0]!;
    expect(at).toBeGreaterThan(0);
    expect(notice).toEqual({
      source: 'prometheus',
      group: '{}:{alertname="ErrorRateHigh"}',
      title: 'ErrorRateHigh',
      left: 0,
      alerts: [
        {
          key: '791cec13fcba0368',
          status: 'firing',
          startsAt: Date.UTC(2026, 10, 24, 2, 58, 8, 326),
          endsAt: null,
          title: 'ErrorRateHigh',
          summary: 'More than 10 % of the requests fail',
          labels: { alertname: 'ErrorRateHigh', service: 'api', severity: 'critical' },
          target: null,
          value: null,
          link: 'http://prometheus.example:9090/graph?g0.expr=up',
        },
      ],
    });
  });

  test('the secret may be the password of somebody', async () => {
    const { url } = await start();
    const authorization = `Basic ${Buffer.from(`alertmanager:${secretOf('prometheus')}`).toString('base64')}`;
    expect(await post(`${url}/alerts/prometheus`, alertmanagerBody(), { authorization })).toMatchObject([202, {}]);
  });

  test('a group of Grafana, signed', async () => {
    const { url, heard } = await start();
    const body = JSON.stringify(grafanaBody());
    const headers = { 'x-grafana-alerting-signature': hmac('grafana', body) };
    expect(await post(`${url}/alerts/grafana`, body, headers)).toMatchObject([202, {}]);
    expect(heard.notices[0]?.alerts[0]).toMatchObject({ value: 0.17, link: 'https://grafana.example/d/1?viewPanel=2' });
  });

  test('a group of Grafana, signed with its time', async () => {
    const { url } = await start();
    const body = JSON.stringify(grafanaBody());
    const at = (secondsAgo: number): Record<string, string> => {
      const time = String(Math.floor(Date.now() / 1000) - secondsAgo);
      return { 'x-grafana-timestamp': time, 'x-grafana-alerting-signature': hmac('grafana-timed', `${time}:${body}`) };
    };
    expect(await post(`${url}/alerts/grafana-timed`, body, at(10))).toMatchObject([202, {}]);
    expect(await post(`${url}/alerts/grafana-timed`, body, at(400))).toMatchObject([401, {}]);
    expect(await post(`${url}/alerts/grafana-timed`, body, { ...at(10), 'x-grafana-timestamp': '1' })).toMatchObject([401, {}]);
    const untimed = { 'x-grafana-alerting-signature': hmac('grafana-timed', body) };
    expect(await post(`${url}/alerts/grafana-timed`, body, untimed)).toMatchObject([401, {}]);
  });

  test('the JSON of docs/alerts.md: one alert, or several by their groups', async () => {
    const { url, heard } = await start();
    const one = { key: 'checkout', status: 'firing', title: 'Checkout fails', target: 'staging', value: 0.12 };
    expect(await post(`${url}/alerts/shop`, one, bearer('shop'))).toMatchObject([202, {}]);
    const several = {
      alerts: [
        { ...one, key: 'a', group: 'web' },
        { ...one, key: 'b', group: 'web' },
        { ...one, key: 'c' },
      ],
    };
    const body = JSON.stringify(several);
    expect(await post(`${url}/alerts/shop`, body, { 'x-rollbot-signature': `sha256=${hmac('shop', body)}` })).toMatchObject([202, {}]);
    expect(heard.notices.map(({ group, title, alerts }) => [group, title, alerts.length])).toEqual([
      ['checkout', 'Checkout fails', 1],
      ['web', 'web', 2],
      ['c', 'Checkout fails', 1],
    ]);
    expect(heard.notices[0]?.alerts[0]?.startsAt).toBe(heard.notices[0]?.at);
  });

  test('what is longer than anybody reads is cut, and long names stay different', async () => {
    const { url, heard } = await start();
    const labels = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`label_${index}`, 'v'.repeat(1000)]));
    const alert = {
      status: 'firing',
      title: 't'.repeat(5000),
      labels: { ...labels, alertname: 'A' },
      link: `https://x.example/${'l'.repeat(900)}`,
    };
    const alerts = ['a', 'b'].map((end) => ({ ...alert, key: `${'k'.repeat(999)}${end}`, group: 'g' }));
    expect(await post(`${url}/alerts/shop`, { alerts }, bearer('shop'))).toMatchObject([202, {}]);
    const [first, second] = heard.notices[0]!.alerts;
    expect(JSON.stringify(first).length).toBeLessThan(4000);
    expect(first?.labels['alertname']).toBe('A');
    expect(first?.link).toBeNull();
    expect(first?.key).not.toBe(second?.key);
  });
});

test('what docs/alerts.md shows is taken, and its settings are valid', async () => {
  const docs = await readFile('docs/alerts.md', 'utf8');
  const { url, heard } = await start();
  const shown = /-d '(\{[^']+\})'/.exec(docs)?.[1] ?? '';
  expect(await post(`${url}/alerts/shop`, shown, bearer('shop'))).toMatchObject([202, {}]);
  expect(heard.notices[0]).toMatchObject({ group: 'export', title: 'The nightly export failed', alerts: [{ target: 'staging' }] });
  const settings: unknown = parse(/```yaml settings\n(alerts:[^`]+)```/.exec(docs)?.[1] ?? '');
  expect(Alerts.safeParse((settings as { alerts: unknown }).alerts)).toMatchObject({ success: true });
});

describe('what is refused with a sentence, and kept for people to look at', () => {
  const valid = JSON.stringify(alertmanagerBody());
  const deep = `${'['.repeat(65)}${']'.repeat(65)}`;
  test.each<[string, string | Uint8Array, RegExp]>([
    ['no JSON', '{"version":', /not JSON/],
    ['nothing', '', /not JSON/],
    ['not UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]), /not UTF-8/],
    ['a byte order mark', `\uFEFF${valid}`, /not JSON/],
    ['a key twice', valid.replace('"version":"4"', '"version":"4","version":"4"'), /key "version" twice/],
    ['a key twice, once in disguise', valid.replace('"version":"4"', '"version":"4","v\\u0065rsion" : "4"'), /key "version" twice/],
    ['too deep', `{"version":"4","x":${deep}}`, /more than 64 levels deep/],
    [
      'another version',
      JSON.stringify(alertmanagerBody({ version: '5' })),
      /not what the webhook of Alertmanager sends, version "4" at version/,
    ],
    ['another shape', '{"hello":"world"}', /not what the webhook of Alertmanager sends/],
    [
      'a target that is not its own',
      valid.replace('"service":"api","severity"', '"rollbot_target":"staging","severity"'),
      /speaks of the target "staging", and may speak of production only/,
    ],
  ])('%s', async (_, body, says) => {
    const { url, heard } = await start();
    expect(await post(`${url}/alerts/prometheus`, body, bearer('prometheus'))).toEqual([422, { says: expect.stringMatching(says) }]);
    expect(heard).toMatchObject({ notices: [], unread: [{ source: 'prometheus', says: expect.stringMatching(says) }] });
  });

  test('the same word as a key of two objects, and as a value, is no key twice', async () => {
    const { url } = await start();
    const body = alertmanagerBody({ commonLabels: { status: 'status', alertname: '"version":{[' }, groupLabels: { status: 'a\\' } });
    expect(await post(`${url}/alerts/prometheus`, body, bearer('prometheus'))).toMatchObject([202, {}]);
  });
});

describe('from whom nothing is taken, nor kept', () => {
  test.each<[string, Record<string, string>]>([
    ['nobody', {}],
    ['somebody else', { authorization: 'Bearer wrong' }],
    ['another source', bearer('shop')],
    ['an empty secret', { authorization: 'Bearer ' }],
  ])('%s', async (_, headers) => {
    const { url, heard } = await start();
    const [status, body] = await post(`${url}/alerts/prometheus`, alertmanagerBody(), headers);
    expect([status, body]).toMatchObject([401, { says: expect.stringContaining('does not have the secret of prometheus') }]);
    expect(JSON.stringify(body)).not.toContain(secretOf('prometheus'));
    expect(heard).toEqual({ notices: [], unread: [] });
  });

  test('a body that was changed after it was signed', async () => {
    const { url, heard } = await start();
    const body = JSON.stringify(grafanaBody());
    const headers = { 'x-grafana-alerting-signature': hmac('grafana', body) };
    expect(await post(`${url}/alerts/grafana`, body.replace('0.17', '0.18'), headers)).toMatchObject([401, {}]);
    expect(heard).toEqual({ notices: [], unread: [] });
  });

  test('a source that is not there', async () => {
    const { url } = await start();
    const answer = await post(`${url}/alerts/promethus`, alertmanagerBody(), bearer('prometheus'));
    expect(answer).toMatchObject([404, { says: expect.stringContaining('Did you mean "prometheus"?') }]);
    const none = await start({ alertSettings: () => undefined });
    expect(await post(`${none.url}/alerts/prometheus`, {}, {})).toMatchObject([404, { says: expect.stringContaining('names none') }]);
  });

  test('a body that is too large', async () => {
    const { url, heard } = await start();
    const answer = await post(`${url}/alerts/prometheus`, { x: 'y'.repeat(1024 * 1024) }, bearer('prometheus'));
    expect(answer).toMatchObject([413, { says: expect.stringContaining('larger than 1 MiB') }]);
    expect(heard).toEqual({ notices: [], unread: [] });
  });
});

describe('what is to be sent again', () => {
  test.each<[string, Partial<AlertIntakeParts>]>([
    ['the secret can not be read', { alertSecret: async () => await Promise.reject(new Error('not set')) }],
    [
      'it can not be written down',
      { alerts: { take: async () => await Promise.reject(new Error('disk full')), quarantine: async () => {} } },
    ],
    ['too much waits', { alerts: { take: async () => await Promise.resolve('full'), quarantine: async () => {} } }],
  ])('because %s', async (_, over) => {
    const { url } = await start(over);
    const answer = await fetch(`${url}/alerts/prometheus`, request(alertmanagerBody(), bearer('prometheus')));
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '5']);
    expect(await answer.json()).toEqual({ says: expect.stringContaining('Send it again') });
  });

  test('because too much comes in at once; what is answered makes room', async () => {
    const gate = Promise.withResolvers<'taken'>();
    const { url } = await start({ alerts: { take: async () => await gate.promise, quarantine: async () => {} } });
    const send = async (): Promise<number> =>
      (await fetch(`${url}/alerts/shop`, request({ key: 'k', status: 'firing', title: 't' }, bearer('shop')))).status;
    const waiting = Array.from({ length: 64 }, send);
    await expect.poll(send).toBe(503);
    gate.resolve('taken');
    expect(new Set(await Promise.all(waiting))).toEqual(new Set([202]));
    await expect.poll(send).toBe(202);
  });
});

async function ciSecret(): Promise<null> {
  return await Promise.resolve(null);
}

async function start(over: Partial<AlertIntakeParts> = {}): Promise<{ url: string; heard: Heard }> {
  const { heard, ...alerts } = alertParts(over);
  const intake = createIntake({
    port: 0,
    host: '127.0.0.1',
    log,
    unready: async () => [],
    releases: NO_RELEASES,
    ciSecret,
    ...NO_LINKS,
    ...alerts,
  });
  started.push(intake);
  return { url: `http://127.0.0.1:${await intake.start()}`, heard };
}

async function post(url: string, body: unknown, headers: Record<string, string>): Promise<[number, unknown]> {
  const answer = await fetch(url, request(body, headers));
  return [answer.status, await answer.json()];
}

function request(body: unknown, headers: Record<string, string>): RequestInit {
  const bytes = typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body);
  return { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: bytes as NonNullable<RequestInit['body']> };
}

function bearer(source: string): Record<string, string> {
  return { authorization: `Bearer ${secretOf(source)}` };
}

function hmac(source: string, text: string): string {
  return createHmac('sha256', secretOf(source)).update(text).digest('hex');
}
