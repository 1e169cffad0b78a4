import type { AddressInfo } from 'node:net';
import Database from 'better-sqlite3';
import fastify from 'fastify';
import { z } from 'zod';
import type { Clock } from '../../../core/ports.ts';
import { CATALOGUE } from '../catalogue.ts';
import { createConnections } from './connections.ts';
import { createTimes } from './times.ts';

/** The shop's database as a Worker reaches it: few connections, over HTTP, and with a name for each way to it. */
export type DatabaseServer = {
  readonly directUrl: string;
  readonly hyperdriveUrl: string;
  /** How the way that the Worker uses is doing, in the last few seconds. */
  readonly figures: () => DatabaseFigures;
  readonly close: () => Promise<void>;
};

export type DatabaseFigures = {
  readonly connection_pool: { readonly used: number; readonly max: number; readonly waiting: number; readonly utilization: number };
  /** What the Worker waits for an answer, or in vain for a connection; null while nobody has asked. */
  readonly query_ms_average: number | null;
  readonly connection_ms_average: number | null;
  readonly failed: number;
};

const QUERY_MS = 5;
const DIRECT = { max: 20, waitMs: 1000, idleMs: 2500 };
const HYPERDRIVE = { max: 2, waitMs: 800, idleMs: 2500 };
/** Hyperdrive is not well: each connection through it takes this long to begin. */
const HYPERDRIVE_MS = 450;
const Query = z.object({ query: z.string(), params: z.array(z.union([z.string(), z.number(), z.null()])).default([]) });

export async function startDatabaseServer({ clock, windowMs }: { clock: Clock; windowMs: number }): Promise<DatabaseServer> {
  const database = fill(new Database(':memory:'));
  const ways = { shop: createConnections({ clock, ...DIRECT }), hyperdrive: createConnections({ clock, ...HYPERDRIVE }) };
  const times = createTimes({ clock, windowMs });
  let last: keyof typeof ways = 'shop';
  const Way = z.object({ way: z.enum(['shop', 'hyperdrive']), id: z.string().optional() });
  const pause = async (ms: number): Promise<void> => await new Promise((resolve) => void clock.after(ms, resolve));

  async function connect(way: keyof typeof ways): Promise<string> {
    last = way;
    const startedMs = clock.monotonicMs();
    try {
      const id = await ways[way].take();
      if (way === 'hyperdrive') await pause(HYPERDRIVE_MS);
      times.connected(clock.monotonicMs() - startedMs);
      return id;
    } catch (error) {
      times.failed(clock.monotonicMs() - startedMs);
      throw error;
    }
  }

  async function answer(body: unknown): Promise<object> {
    const { query, params } = Query.parse(body);
    await pause(QUERY_MS);
    const statement = database.prepare(query);
    const values = Object.fromEntries(params.map((value, index) => [String(index + 1), value]));
    return { rows: statement.reader ? statement.all(values) : [statement.run(values)].slice(1) };
  }

  const app = fastify({ logger: false, forceCloseConnections: true });
  app.setErrorHandler(async (error: Error, _request, reply) => await reply.code(503).send({ message: error.message }));
  app.post('/:way/sql', async (request) => {
    const { way } = Way.parse(request.params);
    const startedMs = clock.monotonicMs();
    const id = await connect(way);
    try {
      const rows = await answer(request.body);
      times.answered(clock.monotonicMs() - startedMs);
      return rows;
    } finally {
      ways[way].give(id);
    }
  });
  app.post('/:way/connections', async (request) => ({ id: await connect(Way.parse(request.params).way) }));
  app.post('/:way/connections/:id/sql', async (request) => {
    const { way, id = '' } = Way.parse(request.params);
    const startedMs = clock.monotonicMs();
    ways[way].use(id);
    const rows = await answer(request.body);
    times.answered(clock.monotonicMs() - startedMs);
    return rows;
  });
  app.delete('/:way/connections/:id', async (request) => {
    const { way, id = '' } = Way.parse(request.params);
    ways[way].give(id);
    return await Promise.resolve({});
  });
  await app.listen({ port: 0, host: '127.0.0.1' });
  const { port } = app.server.address() as AddressInfo;

  return {
    directUrl: `postgres://shop:in-the-sandbox@127.0.0.1:${port}/shop`,
    hyperdriveUrl: `postgres://shop:in-the-sandbox@127.0.0.1:${port}/hyperdrive`,
    figures() {
      const pool = ways[last].figures();
      return { connection_pool: { ...pool, utilization: Math.round((pool.used / pool.max) * 100) / 100 }, ...times.figures() };
    },
    async close() {
      for (const way of Object.values(ways)) way.close();
      await app.close();
      database.close();
    },
  };
}

function fill(database: Database.Database): Database.Database {
  database.exec(`create table products (id integer primary key, name text, price_cents integer, stock integer);
    create table probes (id integer primary key autoincrement, note text not null)`);
  const insert = database.prepare('insert into products values (@id, @name, @price_cents, @stock)');
  for (const product of CATALOGUE) insert.run(product);
  return database;
}
