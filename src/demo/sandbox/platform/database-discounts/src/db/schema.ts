/** What the code counts on: tables and views with their columns. The database may have more. */
export const schema: Readonly<Record<string, readonly string[]>> = {
  products: ['id', 'name', 'price_cents', 'stock'],
  orders: ['id', 'product_id', 'quantity', 'total_cents', 'ordered_at', 'discount_cents'],
  discounts: ['product_id', 'percent'],
  offers: ['id', 'name', 'price_cents', 'stock'],
};
