CREATE INDEX orders_customer_placed ON orders (customer, placed_at DESC);
