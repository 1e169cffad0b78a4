import type { Database } from '../db/retry-logic.ts';
import { productOf } from '../db/products.ts';
import type { Product } from '../db/products.ts';

export type Cache = { get(key: string): Promise<string | null>; set(key: string, value: string, seconds: number): Promise<void> };

const KEEP_SECONDS = 15;

/** Looks in the cache first; what has to be fetched from the database is kept for a while. */
export async function readProduct(id: number, cache: Cache, database: Database): Promise<{ found: Product | null; hit: boolean }> {
  const key = `page:product:${id}`;
  const kept = await cache.get(key);
  if (kept !== null) return { found: JSON.parse(kept) as Product, hit: true };
  const found = await productOf(database, id);
  // Each product has its own time, so that they don't all have to be fetched again at the same moment.
  if (found) await cache.set(key, JSON.stringify(found), KEEP_SECONDS + ((id * 7) % 31));
  return { found, hit: false };
}
