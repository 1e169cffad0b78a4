import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { untilCalm } from '../calm.ts';
import { startAlertmanager } from '../monitoring/alertmanager.ts';
import { startContainers } from '../monitoring/containers.ts';
import { startPrometheus } from '../monitoring/prometheus.ts';
import { whatIsWrong } from '../monitoring/what-is-wrong.ts';
import type { Extras, Place, Scenario } from '../scenario.ts';
import type { World } from '../world.ts';

const [GOOD, BAD, NEWEST] = ['monitoring-basic', 'monitoring-enhanced', 'monitoring-typo'] as const;
/** As many as `whatIsWrong` can find. */
const EVERY_REASON = 4;

/** A monitoring with a new configuration that shows nothing and calls nobody, and a newer one that Prometheus refuses. */
export const monitoring: Scenario = {
  layers: [
    { folder: '1-basic-cache', by: 'omar', says: 'Serve products through a read-through cache', on: '2026-11-16T09:12:00Z' },
    { folder: GOOD, by: 'mina', says: 'Watch the shop with Prometheus', on: '2026-11-17T08:30:00Z' },
    { folder: '2-currency', by: 'dana', says: 'Say which currency a price is in', on: '2026-11-18T14:03:00Z' },
    { folder: BAD, by: 'omar', says: 'Alert on custom metrics', on: '2026-11-20T10:41:00Z' },
    { folder: NEWEST, by: 'mina', says: 'Leave out hours without traffic', on: '2026-11-20T15:27:00Z' },
  ],
  good: GOOD,
  bad: BAD,
  open,
  trouble,
  inFullSwing: { reasons: EVERY_REASON, errorRate: 0 },
};

async function open({ clock, folders, hostPath }: Place): Promise<Extras> {
  const dir = join(folders.dir, 'monitoring');
  const config = join(dir, 'prometheus.yml');
  await layOut(dir, [GOOD]);
  const alertmanager = await startAlertmanager({ clock });
  const prometheus = await startPrometheus({ hostPath, config });
  const containers = await startContainers({ prometheus: prometheus.restart });
  return {
    env: { DOCKER_HOST: containers.url },
    vars: {
      prometheus_url: prometheus.url,
      prometheus_config: config,
      monitoring_dir: dir,
      monitoring_compose: join(dir, 'docker-compose.yml'),
      prometheus_service: 'prometheus',
      alertmanager_url: alertmanager.url,
    },
    reasons: async () => await whatIsWrong({ prometheus: prometheus.url, alertmanager: alertmanager.url }),
    rewind: alertmanager.forget,
    async close() {
      await containers.close();
      await prometheus.close();
      await alertmanager.close();
    },
  };
}

/** Puts one configuration after the other in place, as a deployment would, and has Prometheus read it; it refuses the last one. */
async function trouble(world: World): Promise<void> {
  const { folders, service, extras } = world;
  await untilCalm(world);
  const { prometheus_url: url = '', alertmanager_url: alertmanager = '' } = extras.vars ?? {};
  const dir = join(folders.dir, 'monitoring');
  await layOut(dir, [GOOD, BAD]);
  const hosts = { shop: service.url, alertmanager };
  for (const [name, host] of Object.entries(hosts))
    await writeFile(join(dir, 'hosts', `${name}.json`), JSON.stringify([{ targets: [new URL(host).host] }]));
  await fetch(`${url}/-/reload`, { method: 'POST' });
  await layOut(dir, [NEWEST], { over: true });
  await fetch(`${url}/-/reload`, { method: 'POST' });
}

async function layOut(dir: string, layers: readonly string[], { over = false } = {}): Promise<void> {
  // Never the folder of the hosts, which Prometheus keeps an eye on.
  if (!over) await rm(join(dir, 'alerts'), { recursive: true, force: true });
  await mkdir(join(dir, 'hosts'), { recursive: true });
  for (const layer of layers)
    await cp(fileURLToPath(new URL(`../platform/${layer}/monitoring`, import.meta.url)), dir, { recursive: true });
}
