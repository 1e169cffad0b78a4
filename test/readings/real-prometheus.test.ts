import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { realClock } from '../../src/clock.ts';
import { isGap } from '../../src/core/reading/reading.ts';
import type { Reading } from '../../src/core/reading/reading.ts';
import { startPrometheus } from '../../src/demo/sandbox/monitoring/prometheus.ts';
import type { Prometheus } from '../../src/demo/sandbox/monitoring/prometheus.ts';
import { createSourceReader } from '../../src/readings/index.ts';
import { startJsonServer } from './json-server.ts';
import type { JsonServer } from './json-server.ts';
import { prometheusContract } from './prometheus-contract.ts';

let folder: string;
let service: JsonServer;
let prometheus: Prometheus;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rollbot-readings-'));
  service = await startJsonServer((_, response) =>
    response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4' }).end('# TYPE error_rate gauge\nerror_rate 0.031\n'),
  );
  const target = new URL(service.url).host;
  const config = join(folder, 'prometheus.yml');
  const job = `scrape_configs: [{ job_name: shop, static_configs: [{ targets: ['${target}'] }] }]\n`;
  await writeFile(config, `global: { scrape_interval: 1s }\n${job}`);
  prometheus = await startPrometheus({ hostPath: process.env['PATH'] ?? '', config });
});
afterAll(async () => {
  await Promise.all([prometheus?.close(), service?.close()]);
  await rm(folder, { recursive: true });
});

prometheusContract(() => prometheus.url);

/** What was scraped last. */
async function read(): Promise<Reading> {
  const source = { kind: 'prometheus', url: prometheus.url, query: 'max(error_rate)', headers: {} } as const;
  return await createSourceReader(realClock)({ source, staleMs: 30_000 }, new AbortController().signal);
}

test('what is scraped can be read, and is gone when its service is', async () => {
  await expect.poll(read).toMatchObject({ value: 0.031 });
  await service.close();
  await expect.poll(async () => isGap(await read())).toBe(true);
});
