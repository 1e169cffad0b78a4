import { createHmac } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect } from 'vitest';
import type { Sighting } from '../../src/demo/slack/index.ts';
import type { LightWorld } from './light-world.ts';

export const MINUTE = 60_000;
export const CHANNEL = '#general';

/** Two monitoring systems may speak of production, and their alerts are shown in #general. */
export async function openAlerts(world: LightWorld, more = ''): Promise<void> {
  const { dana, folder, clock } = world;
  const channel = dana.screen().channels.find(({ name }) => name === CHANNEL)?.id ?? '';
  for (const source of ['prometheus', 'grafana']) await writeFile(path.join(folder, source), `secret-of-${source}\n`);
  await world.edit(
    'rollbot.yml',
    (text) => `${text}
alerts:
  channel: ${channel}
  sources:
    prometheus: { kind: alertmanager, secret: { file: ${path.join(folder, 'prometheus')} }, targets: [production] }
    grafana: { kind: grafana, secret: { file: ${path.join(folder, 'grafana')} }, targets: [production] }
  routes:
    - { match: { alertname: BannerBroken }, target: production, procedures: [banner] }
    - { match: { alertname: ShopBroken }, target: production, procedures: [stock, banner] }
${more}`,
  );
  clock.advance(30_000);
  await expect.poll(async () => (await send(world, {}, {}))[0], { timeout: 60_000 }).toBe(401);
}

/** A group as Alertmanager sends it; each alert by its service, resolved where it says so. */
export function group(name: string, alerts: Readonly<Record<string, 'firing' | 'resolved'>>, startsAt = '2026-11-24T02:59:00Z'): object {
  return {
    version: '4',
    status: Object.values(alerts).includes('firing') ? 'firing' : 'resolved',
    groupKey: `{}:{alertname="${name}"}`,
    commonLabels: { alertname: name },
    alerts: Object.entries(alerts).map(([service, status]) => ({
      status,
      labels: { alertname: name, service },
      annotations: { summary: `${service} is not well` },
      startsAt,
      endsAt: status === 'firing' ? '0001-01-01T00:00:00Z' : '2026-11-24T03:10:00Z',
      generatorURL: 'http://prometheus.example/graph',
      fingerprint: `${name}-${service}`,
    })),
  };
}

/** Sends it over HTTP as Alertmanager does; answers with the status and the body. */
export async function send(
  { app }: LightWorld,
  body: object,
  headers: Readonly<Record<string, string>> = { authorization: 'Bearer secret-of-prometheus' },
  source = 'prometheus',
): Promise<readonly [number, unknown]> {
  const init = { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) };
  const answer = await fetch(`http://127.0.0.1:${app.port}/alerts/${source}`, init);
  return [answer.status, await answer.json()];
}

/** Sends it signed, as Grafana does. */
export async function sendSigned(world: LightWorld, body: object): Promise<readonly [number, unknown]> {
  const signature = createHmac('sha256', 'secret-of-grafana').update(JSON.stringify(body)).digest('hex');
  return await send(world, body, { 'x-grafana-alerting-signature': signature }, 'grafana');
}

/** The bot's messages in the channel of alerts that match, as they stand there now. */
export function standing({ dana }: LightWorld, pattern: RegExp): readonly Sighting[] {
  return dana.messages(CHANNEL).filter(({ byApp, kind, text }) => byApp && kind === 'message' && pattern.test(text));
}
