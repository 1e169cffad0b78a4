export type Product = { readonly id: number; readonly name: string; readonly price_cents: number; readonly stock: number };
export type Reading = { readonly product: Product | null; readonly hit: boolean };
export type Shop = {
  readonly cache: { get(key: string): Promise<string | null>; set(key: string, value: string, seconds: number): Promise<void> };
  readonly database: { product(id: number): Promise<Product | null> };
  readonly logError: (line: string) => void;
};

const KEEP_SECONDS = 15;

/** Each product has its own time, so that they don't all have to be fetched again at the same moment. */
function secondsFor(id: number): number {
  return KEEP_SECONDS + ((id * 7) % 31);
}

/** Looks in the cache first; what has to be fetched from the database is kept for a while. */
export async function readProduct(id: number, { cache, database, logError }: Shop): Promise<Reading> {
  const key = `page:product:${id}`;
  const kept = await cache.get(key);
  if (kept !== null) return { product: JSON.parse(kept) as Product, hit: true };
  const product = await database.product(id);
  if (product) {
    await cache.set(key, JSON.stringify(product), secondsFor(id)).catch((error: Error) => {
      logError(`[cache] ${key} could not be kept: ${error.message}`);
    });
  }
  return { product, hit: false };
}
