import { join } from 'node:path';
import { execa } from 'execa';
import { crontabOf, warmingCommand } from '../contents.ts';
import type { Scenario } from '../scenario.ts';
import type { World } from '../world.ts';

/** Jobs that warm the cache fill it with things that nobody can use, and the deployed code has come to rely on them. */
export const cache: Scenario = {
  layers: [
    { folder: '1-basic-cache', by: 'omar', says: 'Serve products through a read-through cache', on: '2026-11-16T09:12:00Z' },
    { folder: '2-currency', by: 'dana', says: 'Say which currency a price is in', on: '2026-11-18T14:03:00Z' },
    { folder: '3-cache-warming', by: 'omar', says: 'Warm the whole catalogue ahead of time', on: '2026-11-20T10:41:00Z' },
    { folder: '4-availability', by: 'mina', says: 'Say whether a product is available', on: '2026-11-20T15:27:00Z' },
  ],
  good: '1-basic-cache',
  bad: '3-cache-warming',
  async trouble({ checkout, folders, env }: World) {
    const run = { cwd: checkout.repo, env, extendEnv: false };
    await execa(join(folders.path, 'crontab'), ['-'], { ...run, input: crontabOf(checkout.jobs) });
    await execa('/bin/sh', ['-c', warmingCommand(checkout.jobs, 'best-sellers')], run);
    await execa('/bin/sh', ['-c', warmingCommand(checkout.jobs, 'catalogue')], run);
    await execa(join(folders.path, 'wrangler'), ['deploy', '--env', 'production', '--message', 'Warm the whole catalogue'], run);
  },
  // Errors, hit rate, response time and memory: each has its reason.
  inFullSwing: { reasons: 4, errorRate: 0.15 },
  naively: `
crontab -l | grep -v cache-warming | crontab -
redis-cli -h $REDIS_HOST -p $REDIS_PORT FLUSHDB
git checkout $GOOD -- src/cache/
git checkout $GOOD -- scripts/cache-warming.sh
git commit --quiet --message "Return to the basic cache"
wrangler deploy --env production
curl -f "$SANDBOX_SERVICE_URL/api/health/cache"
`,
};
