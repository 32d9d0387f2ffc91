import type { Inspection } from './inspection.ts';
import type { SourceTable } from './source-tables.ts';

export const sourceTable = (name: string, other: Partial<SourceTable> = {}): SourceTable => ({
  name,
  isPartitioned: false,
  columns: ['id', 'customer_id'],
  rows: 1_000,
  bytes: 1_000_000,
  indexBytes: 500_000,
  deadShare: 0,
  hotShare: 0.5,
  asksElsewhere: false,
  isReadable: true,
  ...other,
});

/** A shop, read for an index on its orders. */
export const inspection: Inspection = {
  source: { version: '15.14', major: 15, isStandby: false, database: 'shop' },
  locale: { encoding: 'UTF8', provider: 'libc', collate: 'en_US.UTF-8', ctype: 'en_US.UTF-8' },
  searchPath: { schemas: ['public'], of: 'role app', others: [] },
  touched: ['sales.orders'],
  indexedColumns: new Map([['sales.orders', ['customer_id']]]),
  schema: {
    way: 'catalog',
    beforeRows: '',
    afterRows: '',
    materializedViews: [],
    leftOut: [],
  },
  tables: [sourceTable('customers'), sourceTable('sales.orders', { rows: 20_000, bytes: 30_000_000 })],
  sample: { share: 1, drawings: new Map(), keys: [], leftOut: [] },
  distribution: undefined,
  emptyTables: [sourceTable('logs')],
  statements: {
    sharesOf: 'execution time',
    countedHours: 336,
    replayable: [
      {
        kind: 'read',
        id: 'orders-of-a-customer',
        title: 'orders by customer_id: a frequent value',
        sql: 'SELECT *\nFROM sales.orders\nWHERE customer_id = $1',
        key: { sql: 'SELECT customer_id FROM sales.orders GROUP BY 1 ORDER BY count(*) DESC LIMIT 1' },
        ...{ origin: 'queryid 1', weight: 1_200 },
        share: 0.75,
        choices: ['$1 is sales.orders.customer_id: the most frequent value'],
      },
      {
        kind: 'write',
        id: 'insert-orders',
        title: 'INSERT sales.orders (made up)',
        sql: 'INSERT INTO sales.orders (customer_id) VALUES ($1)',
        operation: 'INSERT',
        table: 'sales.orders',
        targets: 'SELECT json_build_array(customer_id::text)::text FROM sales.orders',
        eachTargetOnce: true,
        ...{ origin: 'made up', weight: 0 },
        share: 0,
        madeUp: true,
        choices: [],
      },
    ],
    leftOut: [{ sql: 'MERGE INTO sales.orders USING \u001b[31m news', reason: 'it is a MERGE', share: 0.25 }],
  },
  weightsAreCalls: true,
  settings: [],
  redaction: undefined,
};
