import type { Scenario } from '../scenario.ts';
import { deployNewest, GOOD_WORKER, openShopWorker, OTHER_WORK, putSecrets, WORKER_PATHS } from './shop-worker.ts';

/** The room of live news waits for visitors who have left, and every request waits for the room. */
export const websocket: Scenario = {
  layers: [
    GOOD_WORKER,
    { folder: 'worker/websocket', by: 'omar', says: 'Tell every visitor of the next one', on: '2026-11-20T10:41:00Z' },
    OTHER_WORK,
  ],
  good: GOOD_WORKER.folder,
  bad: 'worker/websocket',
  workerPaths: WORKER_PATHS,
  open: openShopWorker,
  prepare: putSecrets,
  trouble: async (world) => await deployNewest(world, 'Tell every visitor of the next one'),
  // Errors and response time; the cache goes on answering.
  inFullSwing: { reasons: 2, errorRate: 0.15 },
  naively: `
sed -i 's/websocket: true/websocket: false/g' src/config.ts
sed -i '/durable_objects/,/class_name/d' wrangler.toml
git commit --quiet --all --message "Switch live news off"
wrangler deploy --env production
curl -f "$SANDBOX_SERVICE_URL/workers.dev/shop-api-production/api/health"
`,
};
