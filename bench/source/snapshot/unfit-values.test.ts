import { afterAll, beforeAll, expect, test } from 'vitest';
import { snapshotOf } from '../../../tests/fixtures/snapshot-of.ts';
import { freshDatabase, type FreshDatabase } from '../../../tests/fixtures/test-server.fixture.ts';
import { withConnection } from '../../database/connection.ts';
import type { ColumnStatistics, Snapshot } from '../../model/snapshot.ts';
import { unfitValues } from './unfit-values.ts';

const { signal } = new AbortController();

const SCHEMA = `
  CREATE TYPE mood AS ENUM ('sad', 'glad');
  CREATE TYPE pair AS (a text, b int);
  CREATE DOMAIN address AS text CHECK (VALUE LIKE '%@%');
  CREATE DOMAIN home AS address CHECK (length(VALUE) > 3);
  CREATE DOMAIN homes AS home[];
  CREATE SCHEMA "Odd";
  CREATE TABLE "Odd"."One" (id int, day date, mood mood, moods mood[], home home, homes homes, several home[], code char(3), bits bit(4),
    pair pair, pairs pair[], span int4range, spans int4multirange, at timestamptz, cost money, place oidvector, doc jsonb);
  INSERT INTO "Odd"."One" SELECT i, date '2024-01-01' + i, 'sad', '{sad,glad}', i || '@home', ARRAY[i || '@home'], ARRAY[i || '@home'], 'abc',
    (i % 16)::bit(4), (i, i)::pair, ARRAY[(i, i)::pair], int4range(i, i + 5), int4multirange(int4range(i, i + 5)), now(), i, '1 2', '{"a": "b"}'
  FROM generate_series(1, 300) AS i;
  ANALYZE "Odd"."One";`;

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
  await withConnection(database.login, signal, (connection) => connection.query(SCHEMA));
});
afterAll(() => database.drop());

/** With other statistics of some columns. */
const edited = (
  { tables, ...others }: Snapshot,
  changes: Record<string, Partial<ColumnStatistics>>,
): Snapshot => ({
  ...others,
  tables: tables.map((table) => ({
    ...table,
    columns: table.columns.map((column) => ({
      ...column,
      ...(column.statistics && { statistics: { ...column.statistics, ...changes[column.name] } }),
    })),
  })),
});

test.each([
  ['in clear', undefined],
  ['replaced', { keptTexts: [] }],
])('all values of statistics with texts %s are of their types, whatever a CHECK says', async (_, redact) => {
  await withConnection(database.login, signal, async (connection) => {
    expect(await unfitValues(connection, await snapshotOf(connection, { redact }))).toEqual([]);
  });
});

test('values that are none of the type are named with their column and what the server says', async () => {
  await withConnection(database.login, signal, async (connection) => {
    const snapshot = await snapshotOf(connection);
    const changed = edited(snapshot, {
      id: { bounds: ['1', 'abc'] },
      day: { mostCommon: [{ value: 'not a date', share: 0.1 }] },
      mood: { mostCommon: [{ value: 'other', share: 0.1 }] },
      moods: { elements: { mostCommon: [{ value: 'other', share: 0.1 }], nullShare: 0, counts: [1] } },
      spans: { ranges: { emptyShare: 0, lengths: ['1'], bounds: ['[1,x)'] } },
      home: { bounds: ['anything'] },
    });
    expect(await unfitValues(connection, changed)).toEqual([
      'statistics of "Odd"."One".id: invalid input syntax for type integer: "abc"',
      'statistics of "Odd"."One".day: invalid input syntax for type date: "not a date"',
      'statistics of "Odd"."One".mood: invalid input value for enum mood: "other"',
      'statistics of "Odd"."One".moods: invalid input value for enum mood: "other"',
      'statistics of "Odd"."One".spans: invalid input syntax for type integer: "x"',
    ]);
  });
});
