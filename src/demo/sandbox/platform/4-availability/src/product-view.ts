type Product = { readonly id: number; readonly name: string; readonly price_cents: number; readonly stock: number };

/** What a customer sees of a product. */
export function viewOf({ id, name, price_cents, stock }: Product): object {
  return { id, name, price_cents, currency: 'EUR', available: stock > 0 };
}
