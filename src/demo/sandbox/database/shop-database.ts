import { randomBytes } from 'node:crypto';
import { cp, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from 'pg';
import type { Database } from '../database.ts';
import { startPostgres } from '../postgres.ts';
import type { PostgresServer } from '../postgres.ts';
import type { Extras, Place } from '../scenario.ts';
import { connectApp } from './app.ts';
import type { App } from './app.ts';
import { IDENTITY_SQL, backUp, fill, rolesSql } from './contents.ts';
import { ADMIN, APP, DATABASE_MARKER, LIVE, UNTOUCHED, addressOf } from './names.ts';
import type { DatabaseNames } from './names.ts';

/** Keeps the shop's data in a real PostgreSQL, with backups of it, for scenarios that are about them. */
export async function openShopDatabase({ folders, hostPath }: Pick<Place, 'folders' | 'hostPath'>): Promise<Extras> {
  const server = await startPostgres({ hostPath });
  try {
    return await layOut(server, folders.dir, hostPath);
  } catch (error) {
    await server.close();
    throw error;
  }
}

async function layOut(server: PostgresServer, dir: string, path: string): Promise<Extras> {
  const names = { ...addressOf(server), adminPassword: randomBytes(12).toString('hex'), appPassword: randomBytes(12).toString('hex') };
  const [backups, kept] = [join(dir, 'backups'), join(dir, 'backups-kept')];
  await mkdir(kept);
  await asSuperuser(server, [...rolesSql(names), `create database ${LIVE} owner ${ADMIN}`, ...IDENTITY_SQL]);
  await fill(names, path);
  await backUp(names, path, kept);
  await asSuperuser(server, [`alter database ${LIVE} rename to ${UNTOUCHED}`]);
  const app = connectApp(names);

  return {
    ...extrasOf(names, backups, app),
    async rewind() {
      const found = await asSuperuser(server, [
        "select datname from pg_database where datname not in ('postgres', 'untouched') and not datistemplate",
      ]);
      const drops = found.map((name) => `drop database "${name}" with (force)`);
      await asSuperuser(server, [...drops, `create database ${LIVE} owner ${ADMIN} template ${UNTOUCHED}`, ...IDENTITY_SQL]);
      await rm(backups, { recursive: true, force: true });
      await cp(kept, backups, { recursive: true, verbatimSymlinks: true, preserveTimestamps: true });
    },
    async close() {
      await app.close();
      await server.close();
    },
  };
}

function extrasOf({ host, port, adminPassword, appPassword }: DatabaseNames, backups: string, app: App): Extras {
  const database: Pick<Database, 'product' | 'shelf'> = {
    product: async (id) => await app.product(id),
    shelf: async (id) => await app.shelf(id),
  };
  return {
    vars: {
      database: LIVE,
      database_marker: DATABASE_MARKER,
      database_host: host,
      database_port: port,
      database_admin: ADMIN,
      database_app: APP,
      database_cache_seconds: '1',
      database_capacity_gb: '10',
      backups_dir: backups,
      backup_max_age_hours: '24',
    },
    secrets: { database_admin_password: adminPassword, database_app_password: appPassword },
    bind: () => ({ database }),
    answer: ({ url }) => (new URL(url).pathname === '/api/health/database' ? app.health() : null),
    reasons: async () => await app.reasons(),
  };
}

/** Sends statements one by one, as the only one who may do anything, and answers the first column of the last. */
async function asSuperuser({ url }: PostgresServer, statements: readonly string[]): Promise<readonly string[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    let rows: readonly { readonly [column: string]: unknown }[] = [];
    for (const statement of statements) ({ rows } = await client.query(statement));
    return rows.map((row) => String(Object.values(row)[0]));
  } finally {
    await client.end();
  }
}
