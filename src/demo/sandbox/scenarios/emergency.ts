import { execa } from 'execa';
import type { Scenario } from '../scenario.ts';
import { cache } from './cache.ts';

/**
 * Two things are wrong at once, so that what mends the one leaves the other: the trouble of the cache, and a recommendation
 * beside each product that there is not for every one of them. The newest tag stands on it.
 */
export const emergency: Scenario = {
  layers: [
    ...cache.layers,
    {
      folder: 'emergency-recommendations',
      by: 'lee',
      says: 'Recommend a product beside each product',
      on: '2026-11-20T16:10:00Z',
    },
  ],
  good: cache.good,
  bad: 'emergency-recommendations',
  async prepare({ checkout: { repo, commits }, env }) {
    const run = { cwd: repo, env, extendEnv: false };
    await execa('git', ['tag', 'v1.4.2', commits.good], run);
    await execa('git', ['tag', 'v1.5.0', commits.newest], run);
    await execa('git', ['push', '--quiet', '--tags', 'origin'], run);
  },
  trouble: cache.trouble,
  inFullSwing: { reasons: 4, errorRate: 0.25 },
  naively: `
LAST_GOOD_VERSION=$(git tag --sort=-version:refname | head -1)
git checkout --quiet $LAST_GOOD_VERSION
wrangler deploy --env production --name shop-api-emergency
for i in {1..10}; do
  if curl -f "$SANDBOX_SERVICE_URL/workers.dev/shop-api-emergency/api/health"; then
    break
  fi
  sleep 1
done
`,
  parts: ['cache'],
};
