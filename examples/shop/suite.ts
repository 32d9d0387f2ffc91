import { defineSuite } from 'index-impact';

export default defineSuite({
  name: 'shop',
  migrations: ['schema.sql'],
  candidate: { up: 'index.sql' },
  dataset: {
    tables: [
      {
        name: 'orders',
        serial: 'id',
        columns: ['id', 'customer', 'total', 'placed_at'],
        rowsAtScaleOne: 100_000,
        row: ({ random }, ordinal) => [
          ordinal + 1,
          Math.floor(random() * 2_000),
          (random() * 200).toFixed(2),
          new Date(Date.UTC(2025, 0, 1) + ordinal * 60_000).toISOString(),
        ],
      },
    ],
  },
  reads: [
    {
      id: 'orders-of-a-customer',
      sql: 'SELECT * FROM orders WHERE customer = $1 ORDER BY placed_at DESC LIMIT 20',
      key: { sql: 'SELECT customer FROM orders ORDER BY id LIMIT 1' },
    },
  ],
  writes: [
    {
      id: 'insert-order',
      operation: 'INSERT',
      table: 'orders',
      sql: 'INSERT INTO orders (customer, total) VALUES ($1, $2)',
      draw: ({ random }) => [Math.floor(random() * 2_000), (random() * 200).toFixed(2)],
    },
    {
      id: 'update-total',
      operation: 'UPDATE',
      table: 'orders',
      sql: 'UPDATE orders SET total = total + 1 WHERE id = $1',
      targets: 'SELECT id FROM orders ORDER BY id LIMIT 500',
    },
  ],
});
