type Product = { readonly id: number; readonly name: string; readonly price_cents: number };

/** What a customer sees of a product. */
export function viewOf({ id, name, price_cents }: Product): object {
  return { id, name, price_cents, currency: 'EUR' };
}
