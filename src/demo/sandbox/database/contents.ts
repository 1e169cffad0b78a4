import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { CATALOGUE } from '../catalogue.ts';
import { ADMIN, APP, DATABASE_MARKER, LIVE, asAdmin } from './names.ts';
import type { DatabaseNames } from './names.ts';

const ORDERS = 2000;

/** Roles as a hosted database has them. Passwords are letters and digits. */
export function rolesSql({ adminPassword, appPassword }: DatabaseNames): readonly string[] {
  return [
    `create role ${ADMIN} login createdb password '${adminPassword}'`,
    `grant pg_signal_backend to ${ADMIN}`,
    `create role ${APP} login password '${appPassword}'`,
  ];
}

/** What belongs to a database and is copied with no other: its marker, settings and rights. */
export const IDENTITY_SQL: readonly string[] = [
  `comment on database ${LIVE} is '${DATABASE_MARKER}'`,
  `alter database ${LIVE} set statement_timeout = '1min'`,
  `revoke all on database ${LIVE} from public`,
  `grant connect on database ${LIVE} to ${APP}`,
];

/** The repository's own tools and the shop's rows, put into an empty database. */
export async function fill(names: DatabaseNames, path: string): Promise<void> {
  const env = { ...asAdmin(names, LIVE), PATH: path };
  const run = { env, extendEnv: false };
  const platform = fileURLToPath(new URL('../platform/database/', import.meta.url));
  await execa(process.execPath, [`${platform}src/db/migrate.ts`, 'up'], run);
  await execa('psql', ['-Xq', '-v', 'ON_ERROR_STOP=1', '--single-transaction', '--file', '-'], { ...run, input: rowsSql() });
}

/** Makes a backup with the script that the shop's own job runs every night, and a link to it as careless jobs have one. */
export async function backUp(names: DatabaseNames, path: string, folder: string): Promise<void> {
  const env = { ...asAdmin(names, LIVE), PATH: path };
  const script = fileURLToPath(new URL('../platform/database/scripts/backup-database.sh', import.meta.url));
  const { stdout } = await execa('bash', [script, folder], { env, extendEnv: false });
  await execa('ln', ['-s', stdout, `${folder}/latest.dump`]);
}

function rowsSql(): string {
  const products = JSON.stringify(CATALOGUE).replaceAll("'", "''");
  return `
    insert into products select * from json_populate_recordset(null::products, '${products}');
    insert into orders (product_id, quantity, total_cents, ordered_at)
      select p.id, 1 + each % 3, (1 + each % 3) * p.price_cents, now() - interval '30 days' + each * interval '20 minutes'
      from generate_series(1, ${ORDERS}) each join products p on p.id = 1 + each % ${CATALOGUE.length};
    grant select on all tables in schema public to ${APP};
    grant insert, update on orders to ${APP};
    alter default privileges in schema public grant select on tables to ${APP};
  `;
}
