import type { Scenario } from '../scenario.ts';
import { deployNewest, GOOD_WORKER, openShopWorker, OTHER_WORK, putSecrets, WORKER_PATHS } from './shop-worker.ts';

/** A pool that asks a second connection where the first is slow, never gives the first one back, and tries again when there is none. */
export const connectionPooling: Scenario = {
  layers: [
    GOOD_WORKER,
    { folder: 'worker/pooling', by: 'omar', says: 'Keep connections to the database, and try again', on: '2026-11-20T10:41:00Z' },
    OTHER_WORK,
  ],
  good: GOOD_WORKER.folder,
  bad: 'worker/pooling',
  workerPaths: WORKER_PATHS,
  open: openShopWorker,
  prepare: putSecrets,
  trouble: async (world) => await deployNewest(world, 'Keep connections to the database, and try again'),
  // Errors, hits of the cache, response time, the pool, and questions that found no connection.
  inFullSwing: { reasons: 5, errorRate: 0.15 },
  naively: `
cat > src/db/connection-simple.ts << 'END'
import { neon } from '@neondatabase/serverless';

export function getDatabaseConnection(url: string) {
  return neon(url);
}
END
sed -i 's/connection-manager/connection-simple/g' src/worker-production-db.ts
git checkout $GOOD -- src/db/retry-logic.ts
git add src && git commit --quiet --message "Return to simple connections"
wrangler deploy --env production
curl -f "$SANDBOX_SERVICE_URL/api/health/database"
`,
};
