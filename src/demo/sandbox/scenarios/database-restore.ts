import { join } from 'node:path';
import { execa } from 'execa';
import { clearRedis, seedRedis } from '../contents.ts';
import { tellDatabase } from '../database/owner.ts';
import { openShopDatabase } from '../database/shop-database.ts';
import type { Scenario } from '../scenario.ts';

/** An import has taken the prices of many products and the totals of their orders, and nothing but a backup has them still. */
export const databaseRestore: Scenario = {
  layers: [
    { folder: '1-basic-cache', by: 'omar', says: 'Serve products through a read-through cache', on: '2026-11-16T09:12:00Z' },
    { folder: 'database', by: 'mina', says: 'Keep products and orders in PostgreSQL', on: '2026-11-17T10:20:00Z' },
    { folder: 'database-import', by: 'lee', says: "Import the suppliers' prices every night", on: '2026-11-20T11:55:00Z' },
  ],
  good: 'database',
  bad: 'database-import',
  open: openShopDatabase,
  async trouble({ checkout, extras, folders, env, redis }) {
    const run = { cwd: checkout.repo, env, extendEnv: false };
    await execa(join(folders.path, 'wrangler'), ['deploy', '--env', 'production', '--message', 'Import prices'], run);
    // Customers have ordered since the backup was taken.
    await tellDatabase(
      extras,
      'insert into orders (product_id, quantity, total_cents) select 1 + each % 100, 1, 990 from generate_series(1, 25) each;',
    );
    await tellDatabase(extras, `\\i '${checkout.repo}/scripts/import-prices.sql'`);
    await clearRedis(redis);
    await seedRedis(redis);
  },
  // Prices, totals and the failing requests: each has its reason.
  inFullSwing: { reasons: 3, errorRate: 0.15 },
};
