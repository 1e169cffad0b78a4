import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { Redis } from 'ioredis';
import type { Clock } from '../../core/ports.ts';
import { createCheckout } from './checkout.ts';
import type { Checkout } from './checkout.ts';
import { ACCOUNT } from './cloudflare/account.ts';
import { startCloudflare } from './cloudflare/cloudflare.ts';
import type { Cloudflare } from './cloudflare/cloudflare.ts';
import { clearRedis, seedRedis, warmingCommand, writeExport } from './contents.ts';
import { startCron } from './cron.ts';
import type { Cron } from './cron.ts';
import { createErrorLog } from './error-log.ts';
import { createFolders, isolatedEnv } from './folders.ts';
import type { Folders } from './folders.ts';
import { openGate } from './redis-gate.ts';
import type { Address, RedisGate } from './redis-gate.ts';
import { takeRedis } from './redis-source.ts';
import type { RedisChoice } from './redis-source.ts';
import { createSaboteur } from './sabotage.ts';
import type { Saboteur } from './sabotage.ts';
import type { SandboxOptions } from './sandbox-options.ts';
import type { Extras, Scenario } from './scenario.ts';
import { scenarioOf } from './scenarios.ts';
import { startService } from './service.ts';
import type { Service, ServiceOptions } from './service.ts';
import { installTools } from './tools.ts';
import type { ToolSettings } from './tools/sandbox-folder.ts';

const HOST_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/opt/homebrew/bin';

/** The parts of a running sandbox. */
export type World = {
  readonly clock: Clock;
  readonly folders: Folders;
  readonly env: Readonly<Record<string, string>> & { readonly SANDBOX_REDIS_URL: string };
  /** Past the gate, so that an outage does not concern it. */
  readonly redis: Redis;
  readonly service: Service;
  readonly cloudflare: Cloudflare;
  readonly checkout: Checkout;
  readonly cron: Cron;
  readonly saboteur: Saboteur;
  readonly scenario: Scenario;
  readonly extras: Extras;
  readonly close: () => Promise<void>;
};

type CloseLater = (close: () => unknown) => void;

/** Starts everything that a sandbox consists of; what was started is ended again when a part fails. */
export async function buildWorld(options: SandboxOptions): Promise<World> {
  const closers: (() => unknown)[] = [];
  async function close(): Promise<void> {
    for (let next = closers.pop(); next; next = closers.pop()) await next();
  }
  try {
    const world = { ...(await build(options, (closer) => closers.push(closer))), close };
    await world.scenario.prepare?.(world);
    return world;
  } catch (error) {
    await close();
    throw error;
  }
}

async function build(options: SandboxOptions, closeLater: CloseLater): Promise<Omit<World, 'close'>> {
  const { dir, clock, hostPath = HOST_PATH, cronEveryMs = 1000, wranglerLatencyMs = 0, perSecond = 100, windowMs = 2000 } = options;
  const scenario = scenarioOf(options.scenario ?? 'cache');
  if ((await readdir(dir)).length > 0) throw new Error(`The folder ${dir} is not empty: give the sandbox one of its own.`);
  const folders = await createFolders(dir);
  const { redis, gate } = await openRedis({ ...options, hostPath, dir: folders.redis }, closeLater);
  const saboteur = createSaboteur({ folder: folders.faults, gate, redis });
  const isSick = () => saboteur.isOn('service-stays-sick');
  const cloudflare = await startCloudflare({ clock, folder: folders.deployments, faults: saboteur });
  closeLater(cloudflare.close);
  const errors = createErrorLog({ clock, windowMs });
  const extras = (await scenario.open?.({ clock, folders, hostPath, perSecond, windowMs, errors, cloudflare })) ?? {};
  closeLater(() => extras.close?.());
  const { traffic, site, emergencySite } = cloudflare;
  const service = await startProduction(
    { clock, perSecond, windowMs, traffic, site, emergencySite, gate, isSick, errors, scenario, extras },
    closeLater,
  );
  const env = {
    ...isolatedEnv(folders, hostPath),
    SANDBOX_SERVICE_URL: service.url,
    SANDBOX_REDIS_URL: `redis://${gate.host}:${gate.port}`,
    REDIS_HOST: gate.host,
    REDIS_PORT: String(gate.port),
    CLOUDFLARE_API_BASE_URL: cloudflare.url,
    CLOUDFLARE_API_TOKEN: cloudflare.token,
    CLOUDFLARE_ACCOUNT_ID: ACCOUNT.id,
    ...extras.env,
  };
  const settings: ToolSettings = { latencyMs: wranglerLatencyMs };
  await writeFile(join(dir, 'sandbox.json'), JSON.stringify(settings));
  await installTools({ dir, path: folders.path, hostPath });
  await writeExport(folders);
  const checkout = await createCheckout({ dir, home: folders.home, env, history: scenario });
  await deployGood({ checkout, folders, env });
  const forgotten = [warmingCommand(checkout.jobs, 'catalogue'), warmingCommand(checkout.jobs, 'best-sellers')];
  const others = () => (saboteur.isOn('warming-returns') ? forgotten : []);
  const cron = startCron({ clock, table: folders.crontab, home: folders.home, env, everyMs: cronEveryMs, others });
  closeLater(cron.stop);
  return { clock, folders, env, redis, service, cloudflare, checkout, cron, saboteur, scenario, extras };
}

/** Deploys the commit that is known to be good, so that there is a version to go back to. */
async function deployGood({ checkout, folders, env }: Pick<World, 'checkout' | 'folders' | 'env'>): Promise<void> {
  const run = { cwd: checkout.repo, env, extendEnv: false };
  await execa('git', ['checkout', '--quiet', '--detach', checkout.commits.good], run);
  await execa(join(folders.path, 'wrangler'), ['deploy', '--env', 'production', '--message', 'Known to be good'], run);
  await execa('git', ['checkout', '--quiet', 'main'], run);
}

type RedisPlace = { readonly redis?: RedisChoice; readonly dir: string; readonly hostPath: string; readonly clock: Clock };

async function openRedis(
  { redis: choice = 'server', ...place }: RedisPlace,
  closeLater: CloseLater,
): Promise<{ redis: Redis; gate: RedisGate }> {
  const server = await takeRedis({ choice, ...place });
  closeLater(server.close);
  const redis = connectTo(server, closeLater);
  if (typeof choice === 'object') closeLater(() => clearRedis(redis));
  await redis.connect();
  await seedRedis(redis);
  const gate = await openGate(server);
  closeLater(gate.shut);
  return { redis, gate };
}

type Production = Omit<ServiceOptions, 'redis'> & { readonly gate: Address };

async function startProduction({ gate, ...options }: Production, closeLater: CloseLater): Promise<Service> {
  const redis = connectTo(gate, closeLater);
  await redis.connect();
  const service = await startService({ ...options, redis });
  closeLater(service.close);
  return service;
}

/** A client that says at once when the server can't be reached, and keeps trying to reach it. */
function connectTo({ host, port }: Address, closeLater: CloseLater): Redis {
  const redis = new Redis({
    host,
    port,
    lazyConnect: true,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    commandTimeout: 5000,
    retryStrategy: () => 100,
  });
  redis.on('error', () => {});
  closeLater(() => redis.disconnect());
  return redis;
}
