import { withRetry } from './retry-logic.ts';
import type { Database } from './retry-logic.ts';

export type Product = { readonly id: number; readonly name: string; readonly price_cents: number };

const SHELF_SIZE = 20;

export async function productOf(database: Database, id: number): Promise<Product | null> {
  const [row] = await withRetry(() => database.query('select id, name, price_cents from products where id = $1', [id]));
  return (row as Product | undefined) ?? null;
}

/** How many there are right now, which no cache can know. */
export async function stockOf(database: Database, id: number): Promise<number> {
  const [row] = await withRetry(() => database.query('select stock from products where id = $1', [id]));
  return Number(row?.['stock'] ?? 0);
}

export async function shelfOf(database: Database, shelf: number): Promise<readonly object[]> {
  const text = 'select id, name from products where id > $1 order by id limit $2';
  return await withRetry(() => database.query(text, [(shelf - 1) * SHELF_SIZE, SHELF_SIZE]));
}
