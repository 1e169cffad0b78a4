import { readProduct } from './cache/policy.ts';
import type { Shop } from './cache/policy.ts';
import { viewOf } from './product-view.ts';

export default {
  async fetch(request: Request, shop: Shop): Promise<Response> {
    const id = Number(/\/api\/products\/(\d+)$/.exec(new URL(request.url).pathname)?.[1]);
    try {
      const { product, hit } = await readProduct(id, shop);
      const headers = { 'x-cache': hit ? 'hit' : 'miss' };
      if (!product) return Response.json({ error: 'There is no such product.' }, { status: 404, headers });
      return Response.json(viewOf(product), { headers });
    } catch (error) {
      shop.logError(`[cache] product ${id} could not be read: ${error instanceof Error ? error.message : String(error)}`);
      return Response.json({ error: 'The product could not be read.' }, { status: 502, headers: { 'x-cache': 'miss' } });
    }
  },
};
