-- The suppliers' prices, every night. A supplier who left the column empty has no price for anything.
update products set price_cents = null where id % 5 in (1, 3);
update orders o set total_cents = coalesce(p.price_cents, 0) * o.quantity from products p where p.id = o.product_id;
