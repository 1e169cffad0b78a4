import type { Scenario } from '../scenario.ts';
import { deployNewest, GOOD_WORKER, openShopWorker, OTHER_WORK, putSecrets, WORKER_PATHS } from './shop-worker.ts';

/** The database is reached through Hyperdrive, which is slow and has far too few connections. */
export const hyperdrive: Scenario = {
  layers: [
    GOOD_WORKER,
    {
      folder: 'worker/hyperdrive',
      edits: [{ file: 'src/worker-production-db.ts', find: 'env.DATABASE_URL', with: 'env.HYPERDRIVE.connectionString' }],
      by: 'omar',
      says: 'Reach the database through Hyperdrive',
      on: '2026-11-20T10:41:00Z',
    },
    OTHER_WORK,
  ],
  good: GOOD_WORKER.folder,
  bad: 'worker/hyperdrive',
  workerPaths: WORKER_PATHS,
  open: openShopWorker,
  prepare: putSecrets,
  trouble: async (world) => await deployNewest(world, 'Reach the database through Hyperdrive'),
  // Errors, hits of the cache, response time, the pool, and questions that found no connection.
  inFullSwing: { reasons: 5, errorRate: 0.15 },
  naively: `
cp wrangler.toml wrangler.toml.backup
sed -i '/\\[\\[env.production.hyperdrive\\]\\]/,/id = /d' wrangler.toml
sed -i 's/env\\.HYPERDRIVE\\.connectionString/env\\.DATABASE_URL/g' src/worker-production-db.ts
rm wrangler.toml.backup
git commit --quiet --all --message "Return to a direct connection"
wrangler deploy --env production
curl -f "$SANDBOX_SERVICE_URL/api/health/database"
`,
};
