import { setTimeout as pause } from 'node:timers/promises';
import { ApiError } from './wrangler-api.ts';
import type { Api } from './wrangler-api.ts';
import { formOf, readBundle } from './wrangler-bundle.ts';
import type { Migrations, Said } from './wrangler-bundle.ts';
import { readConfig } from './wrangler-config.ts';
import type { WorkerConfig } from './wrangler-config.ts';

export type DeployFault = 'deploy-fails' | 'deploy-hangs' | 'deployed-but-exit-1' | null;
type Order = Said & {
  readonly api: Api;
  readonly checkout: string;
  readonly environment: string;
  readonly name: string | undefined;
  readonly dryRun: boolean;
  readonly fault: DeployFault;
};
type Service = { readonly default_environment: { readonly script: { readonly migration_tag?: string } } };

/** Puts the commit of a clean checkout into production. Throws a sentence when that can't be done. */
export async function deploy(order: Order): Promise<void> {
  const { api, fault } = order;
  const { config, bundle } = prepare(order);
  if (order.dryRun) return console.log('--dry-run: exiting now.');
  if (fault === 'deploy-fails') throw new Error('A request to the Cloudflare API failed: internal error. [code: 10013]');
  if (fault === 'deploy-hangs') return await hang(api);
  const service = await serviceOf(api, config.name);
  const migrations = migrationsAfter(config, service?.default_environment.script.migration_tag);
  const form = formOf(bundle, config, { ...order, migrations });
  const script = `/accounts/${api.account}/workers/scripts/${config.name}`;
  const id = service && !migrations ? await uploadAndServe(api, script, form, order.message) : await put(api, script, form);
  const { subdomain } = await api.ask<{ subdomain: string }>('GET', `/accounts/${api.account}/workers/subdomain`);
  console.log(`Uploaded ${config.name}\nDeployed ${config.name} triggers\n  https://${config.name}.${subdomain}.workers.dev`);
  console.log(`Current Version ID: ${id}`);
  if (fault === 'deployed-but-exit-1') throw new Error('The connection was reset while the answer was awaited.');
}

/** Adds a version that nobody is served yet. */
export async function upload(order: Order): Promise<void> {
  const { api } = order;
  const { config, bundle } = prepare(order);
  if (order.dryRun) return console.log('--dry-run: exiting now.');
  const service = await serviceOf(api, config.name);
  const migrations = migrationsAfter(config, service?.default_environment.script.migration_tag);
  if (migrations)
    throw new Error(
      'This Worker has a pending Durable Object migration, which cannot be applied by `wrangler versions upload`. Durable Object migrations must be applied with `wrangler deploy`.',
    );
  const form = formOf(bundle, config, order);
  const version = await api.ask<{ id: string }>('POST', `/accounts/${api.account}/workers/scripts/${config.name}/versions`, form);
  console.log(`Uploaded ${config.name}\nWorker Version ID: ${version.id}`);
  console.log('\nTo deploy this version to production traffic use the command wrangler versions deploy');
}

function prepare({ checkout, environment, name }: Order) {
  const found = readConfig(checkout, environment);
  const config: WorkerConfig = { ...found, name: name ?? found.name };
  const bundle = readBundle(checkout, config);
  console.log(`Total Upload: ${(bundle.bytes / 1024).toFixed(2)} KiB`);
  return { config, bundle };
}

async function serviceOf(api: Api, name: string): Promise<Service | null> {
  try {
    return await api.ask<Service>('GET', `/accounts/${api.account}/workers/services/${name}`);
  } catch (error) {
    if (error instanceof ApiError && (error.code === 10_007 || error.code === 10_090)) return null;
    throw error;
  }
}

/** The migrations that the Worker has not seen yet; none when it has seen all of them. */
function migrationsAfter({ migrations }: WorkerConfig, seen: string | undefined): Migrations | undefined {
  const last = migrations.at(-1);
  const left = migrations.slice(migrations.findIndex(({ tag }) => tag === seen) + 1);
  if (!last || left.length === 0) return undefined;
  return { ...(seen !== undefined && { old_tag: seen }), new_tag: last.tag, steps: left.map(({ tag: _tag, ...step }) => step) };
}

async function uploadAndServe(api: Api, script: string, form: FormData, message: string | undefined): Promise<string> {
  const { id } = await api.ask<{ id: string }>('POST', `${script}/versions?bindings_inherit=strict`, form);
  const versions = [{ version_id: id, percentage: 100 }];
  await api.ask('POST', `${script}/deployments`, { strategy: 'percentage', versions, annotations: { 'workers/message': message } });
  return id;
}

async function put(api: Api, script: string, form: FormData): Promise<string> {
  const { deployment_id } = await api.ask<{ deployment_id: string }>('PUT', `${script}?excludeScript=true&bindings_inherit=strict`, form);
  return deployment_id.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

/** Waits for an answer that never comes; only the end of the sandbox ends it. */
async function hang(api: Api): Promise<void> {
  console.log('Uploading…');
  for (;;) {
    await pause(500);
    await api.ask('GET', '/user/tokens/verify');
  }
}
