/** Offers are products with their discount. */
export const migration = {
  up: `
    create table discounts (product_id integer primary key references products, percent integer not null);
    alter table orders add column discount_cents bigint;
    create or replace view offers as
      select p.id, p.name, p.price_cents * (100 - d.percent) / 100 as price_cents, p.stock
      from products p join discounts d on d.product_id = p.id;
  `,
  down: `
    create or replace view offers as select id, name, price_cents, stock from products;
    alter table orders drop column discount_cents;
    drop table discounts;
  `,
  reversible: true,
  loses: [{ table: 'discounts' }, { table: 'orders', column: 'discount_cents', key: 'id' }],
};
