import { Pool } from 'pg';
import type { Product } from '../catalogue.ts';
import { APP, LIVE } from './names.ts';
import type { DatabaseNames } from './names.ts';

/** The deployed code's way to its database, and what it knows about it. */
export type App = {
  product(id: number): Promise<Product>;
  shelf(id: number): Promise<readonly Product[]>;
  health(): Promise<Response>;
  /** What is wrong, as sentences. */
  reasons(): Promise<readonly string[]>;
  close(): Promise<void>;
};

const CONNECTIONS = 6;
const WAIT_MS = 2000;
const LAST_QUERIES = 100;
const STATE = `select (select count(*) from products where price_cents is null)::int as unpriced,
  (select count(*) from orders where total_cents <= 0)::int as unpaid,
  (select count(*) from products)::int - (select count(*) from offers)::int as unoffered,
  current_setting('transaction_read_only') = 'on' as read_only`;
type State = { readonly unpriced: number; readonly unpaid: number; readonly unoffered: number; readonly read_only: boolean };

export function connectApp({ host, port, appPassword }: DatabaseNames): App {
  const pool = new Pool({
    host,
    port: Number(port),
    user: APP,
    password: appPassword,
    database: LIVE,
    max: CONNECTIONS,
    connectionTimeoutMillis: WAIT_MS,
  });
  // A session that somebody ends on the server is replaced by the next that is needed.
  pool.on('error', () => undefined);
  const lastMs: number[] = [];

  async function query<Row extends object>(text: string, values: readonly number[] = []): Promise<readonly Row[]> {
    const startedMs = performance.now();
    const { rows } = await pool.query<Row>(text, [...values]);
    lastMs.push(performance.now() - startedMs);
    if (lastMs.length > LAST_QUERIES) lastMs.shift();
    return rows;
  }

  return {
    async product(id) {
      const [found] = await query<Product>('select id, name, price_cents, stock from offers where id = $1', [id]);
      if (!found) throw new Error(`the database offers no product ${id}`);
      if (found.price_cents === null) throw new Error(`product ${id} has no price`);
      return found;
    },
    shelf: async (id) => await query<Product>('select id, name, price_cents, stock from offers where (id - 1) / 20 = ($1 - 1) / 20', [id]),
    async health() {
      const average = lastMs.length === 0 ? null : Math.round((lastMs.reduce((sum, ms) => sum + ms, 0) / lastMs.length) * 10) / 10;
      const pooled = { total: pool.totalCount, idle: pool.idleCount, waiting: pool.waitingCount, limit: CONNECTIONS };
      const says = await query('select 1').then(
        () => null,
        (error: Error) => error.message,
      );
      const status = says === null ? 'healthy' : 'unreachable';
      return Response.json(
        { status, query_ms_average: average, connection_pool: pooled, ...(says !== null && { reason: says }) },
        { status: says === null ? 200 : 503 },
      );
    },
    async reasons() {
      const state = await query<State>(STATE).catch((error: Error) => error);
      if (state instanceof Error) return [`The database does not answer: ${state.message}.`];
      const [{ unpriced, unpaid, unoffered, read_only: isReadOnly } = { unpriced: 0, unpaid: 0, unoffered: 0, read_only: false }] = state;
      return [
        ...(unpriced > 0 ? [`${unpriced} products have no price.`] : []),
        ...(unpaid > 0 ? [`${unpaid} orders have a total of nothing.`] : []),
        ...(unoffered > 0 ? [`${unoffered} products are not offered.`] : []),
        ...(isReadOnly ? ['Nobody can order: the database can only be read.'] : []),
      ];
    },
    async close() {
      await pool.end();
    },
  };
}
