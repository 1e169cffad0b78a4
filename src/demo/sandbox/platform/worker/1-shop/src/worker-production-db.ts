import { readProduct } from './cache/policy.ts';
import { getDatabaseConnection } from './db/connection-manager.ts';
import { shelfOf, stockOf } from './db/products.ts';
import { answerProbe } from './db/probes.ts';
import type { Env } from './env.ts';
import { answerLive, noteViewer, saysHealth } from './live/live.ts';
import { BasicMiddleware } from './middleware/performance.ts';

export { StockRoom } from './live/stock-room.ts';

/** Around every request; BasicMiddleware keeps nothing between two of them. */
const middleware = new BasicMiddleware();

export default {
  async fetch(request: Request, env: Env): Promise<Response> {
    try {
      return await middleware.handle(request, () => route(request, env));
    } catch (error) {
      env.logError(error instanceof Error ? error.message : String(error));
      return Response.json({ error: 'The request could not be answered.' }, { status: 500 });
    }
  },
};

async function route(request: Request, env: Env): Promise<Response> {
  const [, kind = '', id = ''] = /^\/api\/([a-z]+)(?:\/([\w-]+))?$/.exec(new URL(request.url).pathname) ?? [];
  switch (kind) {
    case 'products':
      return await product(Number(id), env);
    case 'shelves':
      return Response.json(await shelfOf(getDatabaseConnection(env.DATABASE_URL), Number(id)));
    case 'probes':
      return await answerProbe(getDatabaseConnection(env.DATABASE_URL), request, { id, token: env.PROBE_TOKEN });
    case 'health':
      return await saysHealth(env);
    case 'live':
      return await answerLive(request, env);
    default:
      return Response.json({ error: 'Not found.' }, { status: 404 });
  }
}

async function product(id: number, env: Env): Promise<Response> {
  const database = getDatabaseConnection(env.DATABASE_URL);
  const [{ found, hit }, stock] = await Promise.all([readProduct(id, env.cache, database), stockOf(database, id), noteViewer(id, env)]);
  const headers = { 'x-cache': hit ? 'hit' : 'miss' };
  if (!found) return Response.json({ error: 'There is no such product.' }, { status: 404, headers });
  return Response.json({ ...found, in_stock: stock }, { headers });
}
