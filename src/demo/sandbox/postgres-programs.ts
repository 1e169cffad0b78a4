import { readdir } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { findTool } from './tools.ts';

export type PostgresPrograms = { readonly initdb: string; readonly postgres: string };

/** Debian keeps the programs of each version here, and not on PATH. */
const DEBIAN = '/usr/lib/postgresql';

/** Finds the programs of one and the same PostgreSQL: Debian's newest, or else one on PATH. */
export async function findPostgres(hostPath: string, debian = DEBIAN): Promise<PostgresPrograms | null> {
  const versions = await readdir(debian).catch(() => []);
  const folders = versions.toSorted((a, b) => Number(b) - Number(a)).map((version) => join(debian, version, 'bin'));
  for (const folder of [...folders, ...hostPath.split(delimiter)].filter(Boolean)) {
    const [initdb, postgres] = await Promise.all([findTool('initdb', folder), findTool('postgres', folder)]);
    if (initdb !== null && postgres !== null) return { initdb, postgres };
  }
  return null;
}
