import type { Scenario } from '../scenario.ts';
import { deployNewest, GOOD_WORKER, openShopWorker, OTHER_WORK, putSecrets, WORKER_PATHS } from './shop-worker.ts';

/** A middleware that looks into a cache at the edge, one request after another, and does not know every address. */
export const performanceMiddleware: Scenario = {
  layers: [
    GOOD_WORKER,
    {
      folder: 'worker/performance',
      edits: [{ file: 'src/worker-production-db.ts', find: 'BasicMiddleware', with: 'PerformanceMiddleware' }],
      by: 'omar',
      says: 'Keep whole answers at the edge',
      on: '2026-11-20T10:41:00Z',
    },
    OTHER_WORK,
  ],
  good: GOOD_WORKER.folder,
  bad: 'worker/performance',
  workerPaths: WORKER_PATHS,
  open: openShopWorker,
  prepare: putSecrets,
  trouble: async (world) => await deployNewest(world, 'Keep whole answers at the edge'),
  // Errors, hits of the cache, and response time.
  inFullSwing: { reasons: 3, errorRate: 0.15 },
  naively: `
git checkout $GOOD -- src/middleware/performance.ts
git checkout $GOOD -- src/utils/edge-cache.ts
sed -i 's/PerformanceMiddleware/BasicMiddleware/g' src/worker-production-db.ts
git commit --quiet --all --message "Return to the basic middleware"
wrangler deploy --env production
curl -f "$SANDBOX_SERVICE_URL/workers.dev/shop-api-production/api/health"
`,
};
