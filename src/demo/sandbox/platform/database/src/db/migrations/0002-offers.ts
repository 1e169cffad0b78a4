import type { Migration } from '../migration.ts';

/** What the shop reads of a product. */
export const migration: Migration = {
  up: 'create view offers as select id, name, price_cents, stock from products;',
  down: 'drop view offers;',
  reversible: true,
  loses: [],
};
