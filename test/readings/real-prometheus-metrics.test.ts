import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { startPrometheus } from '../../src/demo/sandbox/monitoring/prometheus.ts';
import { startJsonServer } from './json-server.ts';

const run = promisify(execFile);
const RULES = path.resolve('monitoring/rollbot-alerts.yml');

test('a real Prometheus loads the example rules, reads the metrics, and fires where Slack is away', async () => {
  const text = await readFile('test/golden/metrics.txt', 'utf8');
  const folder = await mkdtemp(path.join(tmpdir(), 'rollbot-metrics-'));
  const service = await startJsonServer((_, response) =>
    response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4' }).end(text),
  );
  const config = path.join(folder, 'prometheus.yml');
  const scrape = `scrape_configs: [{ job_name: rollbot, static_configs: [{ targets: ['${new URL(service.url).host}'] }] }]\n`;
  await writeFile(config, `global: { scrape_interval: 1s, evaluation_interval: 1s }\nrule_files: ['${RULES}']\n${scrape}`);
  expect((await run('promtool', ['check', 'rules', RULES])).stdout).toContain('SUCCESS: 7 rules found');
  const prometheus = await startPrometheus({ hostPath: process.env['PATH'] ?? '', config });
  try {
    const rules = async (): Promise<unknown> => await (await fetch(`${prometheus.url}/api/v1/rules`)).json();
    const state = async (name: string): Promise<string> => {
      const all = JSON.stringify(await rules());
      return new RegExp(`"state":"(\\w+)","name":"${name}"`).exec(all)?.[1] ?? 'missing';
    };
    await expect.poll(async () => await state('RollbotWithoutSlack')).toBe('pending');
    expect(await state('RollbotStepUnknown')).toBe('inactive');
  } finally {
    await Promise.all([prometheus.close(), service.close()]);
    await rm(folder, { recursive: true });
  }
});
