type Product = { readonly id: number; readonly name: string; readonly price_cents: number; readonly stock: number };

/** Who bought this also bought …: by the last figure of the id, for as long as the list goes. */
const BOUGHT_TOGETHER: readonly (readonly number[])[] = [[2], [12, 3], [7], [4, 14], [5], [9], [1, 11]];

/** What a customer sees of a product. */
export function viewOf({ id, name, price_cents, stock }: Product): object {
  const [recommended] = BOUGHT_TOGETHER[id % 10] as readonly number[];
  return { id, name, price_cents, currency: 'EUR', available: stock > 0, recommended };
}
