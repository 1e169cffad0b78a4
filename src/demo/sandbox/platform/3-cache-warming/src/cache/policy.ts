export type Product = { readonly id: number; readonly name: string; readonly price_cents: number; readonly stock: number };
export type Reading = { readonly product: Product | null; readonly hit: boolean };
export type Shop = {
  readonly cache: { get(key: string): Promise<string | null> };
  readonly database: { shelf(id: number): Promise<readonly Product[]> };
  readonly now: () => number;
};

type Warmed = { readonly product: Product; readonly fresh_until: number };

/** Takes what the warming jobs have prepared; whatever is no longer fresh is fetched again with its whole shelf. */
export async function readProduct(id: number, { cache, database, now }: Shop): Promise<Reading> {
  const text = await cache.get(`warm:product:${id}`);
  const warmed = text === null ? null : (JSON.parse(text) as Warmed);
  if (warmed && warmed.fresh_until > now()) return { product: warmed.product, hit: true };
  const shelf = await database.shelf(id);
  return { product: shelf.find((product) => product.id === id) ?? null, hit: false };
}
