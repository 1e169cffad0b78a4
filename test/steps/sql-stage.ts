import type { RowCount } from '../../src/core/procedure/action.ts';
import { startDatabase } from './postgres-server.ts';
import type { TestDatabase } from './postgres-server.ts';
import { createStage } from './stage.ts';
import type { LeapingClock } from './leaping-clock.ts';
import type { Options, Performed } from './stage.ts';

export type Asked = Options & {
  readonly url?: string;
  readonly values?: readonly string[];
  readonly rows?: RowCount;
  readonly lockTimeoutMs?: number;
};

/** The real executor before a real database of a shop, and short ways to have a statement performed. */
export type SqlStage = {
  readonly db: TestDatabase;
  readonly clock: LeapingClock;
  /** A statement that may write. */
  sql(query: string, asked?: Asked): Promise<Performed>;
  /** A statement as a check. */
  read(query: string, asked?: Asked): Promise<Performed>;
  /** How many orders there are. */
  count(where?: string): Promise<number>;
  /** Makes the tables as they were. */
  refill(): Promise<void>;
  close(): Promise<void>;
};

const TABLES = [
  'drop table if exists later, orders, shops',
  'create table shops (id int primary key, name text not null unique)',
  'create table orders (shop text not null, total numeric(12, 2) not null, paid boolean not null default false)',
  'create table later (shop int references shops deferrable initially deferred)',
  "insert into shops values (1, 'tea'), (2, 'coffee'), (3, 'bread')",
  "insert into orders values ('tea', 12.50), ('tea', 3), ('coffee', 7)",
];

export async function createSqlStage(): Promise<SqlStage> {
  const [stage, db] = await Promise.all([createStage(), startDatabase()]);

  async function sql(query: string, { url = db.url, values = [], rows, lockTimeoutMs = 5000, ...options }: Asked = {}): Promise<Performed> {
    return await stage.perform({ kind: 'sql', url, query, values, lockTimeoutMs, ...(rows && { rows }) }, options);
  }

  return {
    db,
    clock: stage.clock,
    sql,
    read: async (query, asked) => await sql(query, { effect: 'read', ...asked }),
    async count(where = 'true') {
      return Number((await db.client.query<{ n: string }>(`select count(*) as n from orders where ${where}`)).rows[0]?.n);
    },
    async refill() {
      for (const table of TABLES) await db.client.query(table);
    },
    async close() {
      await db.close();
      await stage.close();
    },
  };
}
