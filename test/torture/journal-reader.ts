import path from 'node:path';
import Sqlite from 'better-sqlite3';
import { KINDS } from '../../src/core/kinds.ts';
import { verifyFile } from '../../src/store/index.ts';

/** Looks into a journal from outside. */
export const Database = {
  /** Whether a run was started before the bot died. */
  hasRun(folder: string): boolean {
    const database = new Sqlite(path.join(folder, 'data', 'rollbot.db'), { readonly: true });
    try {
      return database.prepare("select count(*) from events where type = 'run-started'").pluck().get() === 1;
    } finally {
      database.close();
    }
  },
  /** The body of the last event of a type. */
  last(folder: string, type: string): Record<string, unknown> | null {
    const database = new Sqlite(path.join(folder, 'data', 'rollbot.db'), { readonly: true });
    try {
      const body: unknown = database.prepare('select body from events where type = ? order by rowid desc').pluck().get(type);
      return typeof body === 'string' ? (JSON.parse(body) as Record<string, unknown>) : null;
    } finally {
      database.close();
    }
  },
  /** What `rollbot verify` would find. */
  async findings(folder: string): Promise<readonly string[]> {
    return (await verifyFile(path.join(folder, 'data', 'rollbot.db'), KINDS)).map(({ says }) => says);
  },
};
