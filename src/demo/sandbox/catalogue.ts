export type Product = { readonly id: number; readonly name: string; readonly price_cents: number; readonly stock: number };

const THINGS = ['Kettle', 'Lamp', 'Notebook', 'Umbrella', 'Backpack', 'Mug', 'Blanket', 'Clock', 'Chair', 'Vase'];
const KINDS = ['small', 'large', 'blue', 'green', 'oak', 'steel', 'folding', 'striped', 'plain', 'round', 'tall', 'soft'];

/** Everything that the shop sells, best sellers first; the same in every sandbox. */
export const CATALOGUE: readonly Product[] = KINDS.flatMap((kind, row) =>
  THINGS.map((thing, column) => {
    const id = row * THINGS.length + column + 1;
    return { id, name: `${thing}, ${kind}`, price_cents: 490 + ((id * 370) % 9000), stock: (id * 13) % 40 };
  }),
);

const SHELF_SIZE = 20;

/** The products that stand on the same shelf as this one, itself included. */
export function shelfOf(id: number): readonly Product[] {
  const first = Math.floor((id - 1) / SHELF_SIZE) * SHELF_SIZE;
  return CATALOGUE.slice(first, first + SHELF_SIZE);
}
