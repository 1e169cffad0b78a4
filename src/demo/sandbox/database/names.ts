import type { PostgresServer } from '../postgres.ts';

/** Under which names the shop's database is known, and who may do what with it. */
export type DatabaseNames = { readonly host: string; readonly port: string; readonly adminPassword: string; readonly appPassword: string };

export const LIVE = 'shop';
/** As it is before anything happens to it; every break starts from a copy of this. */
export const UNTOUCHED = 'untouched';
/** Owns it, makes databases and ends sessions, and is no superuser, as where a database is hosted. */
export const ADMIN = 'shop_admin';
/** What the deployed code is to the database. */
export const APP = 'shop_app';
/** Says in the comment of the database which one it is. */
export const DATABASE_MARKER = 'sandbox-production-database';

/** The address of a server as programs of PostgreSQL look for it in their environment. */
export function addressOf({ url }: Pick<PostgresServer, 'url'>): Pick<DatabaseNames, 'host' | 'port'> {
  const { hostname, port } = new URL(url);
  return { host: hostname, port };
}

/** The environment in which a program of PostgreSQL is the owner of the database. */
export function asAdmin({ host, port, adminPassword }: DatabaseNames, database: string): Readonly<Record<string, string>> {
  return { PGHOST: host, PGPORT: port, PGUSER: ADMIN, PGPASSWORD: adminPassword, PGDATABASE: database };
}
