import { join } from 'node:path';
import { execa } from 'execa';
import { createDurableObjects } from '../durable-objects.ts';
import { startDatabaseServer } from '../neon/database-server.ts';
import type { DatabaseFigures, DatabaseServer } from '../neon/database-server.ts';
import { installDriver } from '../neon/install-driver.ts';
import type { Extras, Layer, Place } from '../scenario.ts';
import type { World } from '../world.ts';

/** What the Worker of these scenarios answers beside products. */
export const WORKER_PATHS = ['/api/shelves/', '/api/probes', '/api/health/websocket', '/api/live'];

/** The Worker as it was when all was well; it is the first layer of each of these scenarios. */
export const GOOD_WORKER: Layer = {
  folder: 'worker/1-shop',
  by: 'dana',
  says: 'Serve products, shelves and live news',
  on: '2026-11-16T09:12:00Z',
};

/** What somebody else has done since, in the file that a rollback has to change as well. */
export const OTHER_WORK: Layer = {
  by: 'mina',
  says: 'Say how many are in stock under a name that says it',
  on: '2026-11-21T08:30:00Z',
  folder: 'worker/stock-name',
  edits: [{ file: 'src/worker-production-db.ts', find: 'in_stock: stock', with: 'pieces_in_stock: stock' }],
};

const LIMITS = { queryMs: 500, utilization: 0.8 } as const;

const PROBE_TOKEN = 'a-token-of-the-sandbox';
const VARS = {
  endpoints: '/api/products/1 /api/products/120 /api/shelves/1 /api/version',
  middleware_mentions: '3',
  pooling_mentions: '1',
  hyperdrive_mentions: '3',
  durable_object_blocks: '1',
};

/** The database of the Worker, its Durable Objects, and what the service says about both. */
export async function openShopWorker({ clock, folders, windowMs }: Place): Promise<Extras & { readonly database: DatabaseServer }> {
  await installDriver(folders.deployments);
  const database = await startDatabaseServer({ clock, windowMs });
  const durableObjects = createDurableObjects();
  return {
    database,
    close: database.close,
    vars: VARS,
    secrets: { probe_token: PROBE_TOKEN },
    bind(served) {
      const has = (name: string): boolean => served.bindings.some((binding) => binding.name === name);
      return {
        PROBE_TOKEN,
        ...(has('DATABASE_URL') && { DATABASE_URL: database.directUrl }),
        ...(has('HYPERDRIVE') && { HYPERDRIVE: { connectionString: database.hyperdriveUrl } }),
        ...durableObjects(served),
      };
    },
    answer({ url }) {
      if (new URL(url).pathname !== '/api/health/database') return null;
      const reasons = reasonsOf(database.figures());
      return Response.json({ status: reasons.length === 0 ? 'healthy' : 'degraded', ...database.figures(), reasons });
    },
    reasons: () => reasonsOf(database.figures()),
  };
}

/** Gives the Worker its secrets, as `wrangler secret put` does. */
export async function putSecrets({ cloudflare, env }: World): Promise<void> {
  const { CLOUDFLARE_ACCOUNT_ID: account = '', CLOUDFLARE_API_TOKEN: token = '' } = env;
  const answer = await fetch(`${cloudflare.url}/accounts/${account}/workers/scripts/shop-api-production/secrets`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'DATABASE_URL', text: 'postgres://…', type: 'secret_text' }),
  });
  if (!answer.ok) throw new Error(`The secret could not be set: ${await answer.text()}`);
}

/** Deploys what is newest, which is what the trouble comes from. */
export async function deployNewest({ checkout, folders, env }: World, message: string): Promise<void> {
  const run = { cwd: checkout.repo, env, extendEnv: false };
  await execa(join(folders.path, 'wrangler'), ['deploy', '--env', 'production', '--message', message], run);
}

function reasonsOf({ connection_pool: pool, query_ms_average: queryMs, failed }: DatabaseFigures): readonly string[] {
  const reasons: string[] = [];
  if (pool.utilization > LIMITS.utilization) reasons.push(`${pool.used} of ${pool.max} database connections are in use.`);
  if (queryMs !== null && queryMs > LIMITS.queryMs) reasons.push(`A query takes ${queryMs} ms on average.`);
  if (failed > 0) reasons.push(`${failed} questions to the database have found no connection lately.`);
  return reasons;
}
