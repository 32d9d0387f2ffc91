import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { UsageError } from '../../model/errors.ts';
import { SNAPSHOT_VERSION, type Snapshot } from '../../model/snapshot.ts';
import { parseSnapshot, readSnapshot, serializeSnapshot } from './read-snapshot.ts';

const column = (name: string): Snapshot['tables'][number]['columns'][number] => ({
  ...{ name, type: 'integer', isNotNull: true },
  statistics: {
    nullShare: 0,
    averageBytes: 4,
    distinct: -1,
    mostCommon: [],
    bounds: ['1', '9'],
    correlation: 1,
  },
});

const table = (name: string, columns: readonly string[]): Snapshot['tables'][number] => ({
  ...{ name, rows: 9, pages: 1, columns: columns.map(column), extended: [] },
  activity: { inserts: 9, updates: 0, hotUpdates: 0, deletes: 0, deadRows: 0 },
});

const SNAPSHOT: Snapshot = {
  snapshotVersion: SNAPSHOT_VERSION,
  ...{ readAt: '2026-01-01T00:00:00.000Z', database: 'shop', postgresVersion: '18.4' },
  locale: { encoding: 'UTF8', provider: 'libc', collate: 'C', ctype: 'C' },
  searchPath: { schemas: ['public'], of: 'role app', others: [] },
  redacted: { kept: [] },
  schema: {
    ...{ way: 'catalog', afterRows: '', materializedViews: [], leftOut: [] },
    beforeRows: `
      CREATE TABLE public.orders (id integer, "By whom" integer);
      CREATE TABLE sales.later (extra integer) INHERITS (public.orders);`,
  },
  ...{
    settings: [],
    uniqueKeys: [],
    checks: [],
    fanOuts: [],
    sequences: [],
    indexes: [],
    statements: [],
    unknown: [],
  },
  tables: [table('orders', ['id', 'By whom']), table('sales.later', ['id', 'extra'])],
};

/** The first table, with other statistics of its first column. */
const editedStatistics = (change: object): string => {
  const [orders] = SNAPSHOT.tables;
  const columns = orders?.columns.map((one) => ({ ...one, statistics: { ...one.statistics, ...change } }));
  return edited({ tables: [{ ...orders, columns: columns?.slice(0, 1) }] });
};

const STATEMENT = { sql: 'SELECT 1', calls: 1, totalMs: 1, rows: 1, origin: '1' };

const problemsOf = (text: string): Promise<readonly string[]> =>
  parseSnapshot(text, 'shop.json').then(
    () => [],
    (error: unknown) => {
      if (error instanceof UsageError) return error.problems;
      throw error;
    },
  );

const edited = (change: object): string => JSON.stringify({ ...SNAPSHOT, ...change });

test('what was written is read again', async () => {
  expect(await parseSnapshot(serializeSnapshot(SNAPSHOT), 'shop.json')).toEqual(SNAPSHOT);
});

test.each<[what: string, text: string, problem: RegExp]>([
  [
    'another version',
    edited({ snapshotVersion: 99 }),
    /snapshotVersion is 99, and this version reads 1: take it again/,
  ],
  ['no snapshot', '{"schemaVersion": 1}', /not a snapshot: it has no snapshotVersion/],
  ['null', 'null', /not a snapshot/],
  ['a part', serializeSnapshot(SNAPSHOT).slice(0, 900), /not JSON: /],
  ['an edited share', edited({ tables: [{ ...SNAPSHOT.tables[0], rows: -1 }] }), /tables\.0\.rows: .*>=0/],
  [
    'a column that the schema lacks',
    edited({ tables: [table('orders', ['id', 'gone'])] }),
    /statistics of orders\.gone: the schema has no such column/,
  ],
  [
    'a table that the schema lacks',
    edited({ tables: [table('gone', ['id'])] }),
    /statistics of gone: the schema has no such table/,
  ],
  [
    'a fan-out of a column that the schema lacks',
    edited({
      fanOuts: [
        {
          ...{ table: 'orders', columns: ['gone'], refersTo: 'orders', referredColumns: ['id'] },
          ...{ childlessShare: 0, children: [] },
        },
      ],
    }),
    /fan-out of orders\.gone: the schema has no such column/,
  ],
  [
    'a table that is there twice',
    edited({ tables: [...SNAPSHOT.tables, table('orders', ['id'])] }),
    /table orders: .*twice/,
  ],
  [
    'a column that is there twice',
    edited({ tables: [table('orders', ['id', 'id'])] }),
    /column orders\.id: it is there twice/,
  ],
  [
    'a fan-out that no file of its size has',
    edited({
      fanOuts: [
        {
          ...{ table: 'orders', columns: ['id'], refersTo: 'orders', referredColumns: ['id'] },
          ...{ childlessShare: 0, children: [1, 1e9] },
        },
      ],
    }),
    /fan-out of orders \(id\): 1 pages have no room for 1000000000 rows that refer to one/,
  ],
  ['a value larger than a page', editedStatistics({ averageBytes: 32_769 }), /averageBytes: .*<=32768/],
  [
    'an amount that overflows',
    edited({ statements: [{ ...STATEMENT, calls: 1e308 }] }),
    /statements\.0\.calls: /,
  ],
  [
    'an hour of no time',
    edited({ statements: [{ ...STATEMENT, countedHours: 1e-300 }] }),
    /\.countedHours: /,
  ],
  ['a ratio that no ANALYZE finds', editedStatistics({ distinct: -2 }), /\.distinct: .*>=-1/],
  [
    'more values than ANALYZE keeps',
    editedStatistics({
      mostCommon: Array.from({ length: 10_001 }, (_, at) => ({ value: String(at), share: 0 })),
    }),
    /mostCommon: .*<=10000 items/,
  ],
  [
    'a sequence beyond a bigint',
    edited({ sequences: [{ name: 's', last: '9'.repeat(400) }] }),
    /sequences\.0\.last: /,
  ],
  [
    'a schema that is no SQL',
    edited({ schema: { ...SNAPSHOT.schema, beforeRows: 'CREATE' } }),
    /schema\.beforeRows: not SQL/,
  ],
])('%s is refused in one line', async (_what, text, problem) => {
  const problems = await problemsOf(text);
  expect(problems).toHaveLength(1);
  expect(problems[0]).toMatch(/^shop\.json: [^\n]+$/);
  expect(problems[0]).toMatch(problem);
});

test('what no ANALYZE finds is refused, with its place', async () => {
  const [orders] = SNAPSHOT.tables;
  const half = [1, 2].map((value) => ({ value: String(value), share: 0.55 }));
  const columns = orders?.columns.map((one) => ({
    ...one,
    statistics: { ...one.statistics, mostCommon: half },
  }));
  const tables = [{ ...orders, rows: 1e12, columns: columns?.slice(0, 1) }];
  expect(await problemsOf(edited({ tables }))).toEqual([
    'shop.json: rows of orders: 1 pages have no room for 1000000000000',
    'shop.json: statistics of orders.id: its shares are 1.10 together, and 1 is all',
  ]);
});

describe('a file', () => {
  let path: string;
  beforeEach(async () => (path = join(await mkdtemp(join(tmpdir(), 'snapshot-')), 'shop.json')));
  afterEach(() => rm(dirname(path), { recursive: true }));

  test('with a byte order mark is read', async () => {
    await writeFile(path, `\ufeff${serializeSnapshot(SNAPSHOT)}`);
    expect(await readSnapshot(path)).toEqual(SNAPSHOT);
  });

  test.each([
    ['UTF-16', Buffer.from(`\ufeff${serializeSnapshot(SNAPSHOT)}`, 'utf16le')],
    ['UTF-16', Buffer.from(serializeSnapshot(SNAPSHOT), 'utf16le')],
    ['UTF-16', Buffer.from(`\ufeff${serializeSnapshot(SNAPSHOT)}`, 'utf16le').swap16()],
    ['not UTF-8', Buffer.from(edited({ database: 'b\u00fccher' }), 'latin1')],
  ])('in another encoding is refused: %s', async (encoding, bytes) => {
    await writeFile(path, bytes);
    await expect(readSnapshot(path)).rejects.toThrow(
      `${path}: the file cannot be read: it is ${encoding}: write it as UTF-8`,
    );
  });
});

test('a file that is not there is named', async () => {
  await expect(readSnapshot('no/such.json')).rejects.toThrow(
    /^no\/such\.json: the file cannot be read: ENOENT/,
  );
});
