import { join } from 'node:path';
import { execa } from 'execa';
import { clearRedis, seedRedis } from '../contents.ts';
import { ownerOf } from '../database/owner.ts';
import { openShopDatabase } from '../database/shop-database.ts';
import type { Scenario } from '../scenario.ts';

/** A migration joins what is offered with a table that nobody has filled yet, so nothing is offered any more. */
export const databaseSchema: Scenario = {
  layers: [
    { folder: '1-basic-cache', by: 'omar', says: 'Serve products through a read-through cache', on: '2026-11-16T09:12:00Z' },
    { folder: 'database', by: 'mina', says: 'Keep products and orders in PostgreSQL', on: '2026-11-17T10:20:00Z' },
    { folder: 'database-discounts', by: 'lee', says: 'Give products discounts', on: '2026-11-20T11:55:00Z' },
  ],
  good: 'database',
  bad: 'database-discounts',
  open: openShopDatabase,
  async trouble({ checkout, extras, folders, env, redis }) {
    const run = { cwd: checkout.repo, env, extendEnv: false };
    await execa(join(folders.path, 'wrangler'), ['deploy', '--env', 'production', '--message', 'Discounts'], run);
    const migrate = ['run', '--allow-all', 'src/db/migrate.ts', 'up'];
    await execa('deno', migrate, { ...run, env: { ...env, ...ownerOf(extras) } });
    await clearRedis(redis);
    await seedRedis(redis);
  },
  // Nothing is offered, and what customers ask for fails.
  inFullSwing: { reasons: 3, errorRate: 0.5 },
};
