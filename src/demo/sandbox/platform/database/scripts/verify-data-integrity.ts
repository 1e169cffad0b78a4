import process from 'node:process';
import { sql } from '../src/db/connection.ts';

// What has to be true of the data, whatever the code does; each question counts the rows that break it.
const QUESTIONS: Readonly<Record<string, string>> = {
  'products have no price': 'select count(*) from products where price_cents is null or price_cents <= 0',
  'orders have a total of nothing': 'select count(*) from orders where total_cents <= 0',
  'orders are from the future': "select count(*) from orders where ordered_at > now() + interval '1 hour'",
  'orders are of a product that does not exist':
    'select count(*) from orders o left join products p on p.id = o.product_id where p.id is null',
};

let broken = 0;
for (const [what, question] of Object.entries(QUESTIONS)) {
  const rows = Number(sql(question)[0]?.[0]);
  if (rows === 0) continue;
  console.error(`${rows} ${what}.`);
  broken += rows;
}
const [products, orders] = sql('select (select count(*) from products), (select count(*) from orders)')[0] ?? [];
if (products === '0' || orders === '0') {
  console.error('There are no products or no orders at all.');
  broken += 1;
}
if (broken > 0) process.exit(1);
console.log(`${products} products and ${orders} orders are as they have to be.`);
