import { expect, test } from 'vitest';
import type { ColumnStatistics, SnapshotColumn, SnapshotTable } from '../../model/snapshot.ts';
import type { MadeColumn } from '../migrations/made-schema.ts';
import { onMadeTable } from './on-made-table.ts';

const STATISTICS: ColumnStatistics = {
  ...{ nullShare: 0.25, averageBytes: 4, distinct: 2, bounds: [], correlation: 1 },
  mostCommon: [{ value: 'open', share: 0.5 }],
};

const known = (name: string, type: string): SnapshotColumn => ({
  ...{ name, type, isNotNull: false, statistics: STATISTICS },
});

const table: SnapshotTable = {
  ...{ name: 'orders', rows: 10, pages: 1 },
  columns: [known('state', 'text'), known('note', 'character varying(10)')],
  extended: [
    { name: 'both', columns: ['state', 'note'], distinct: [], dependencies: [], mostCommon: [] },
    { name: 'an expression', columns: ['lower(state)'], distinct: [], dependencies: [], mostCommon: [] },
  ],
  activity: { inserts: 0, updates: 0, hotUpdates: 0, deletes: 0, deadRows: 0 },
};

const made = (
  name: string,
  column: Partial<SnapshotColumn> = {},
  otherwise: MadeColumn['otherwise'] = 'NULL',
): MadeColumn => ({ column: { name, type: 'text', isNotNull: false, ...column }, otherwise });

const onto = (columns: readonly MadeColumn[], unique: readonly string[] = []) => {
  const uniqueKeys = [{ table: 'orders', columns: [...unique] }];
  const found = onMadeTable(table, { columns, uniqueKeys });
  return {
    columns: found.table.columns,
    extended: found.table.extended.map(({ name }) => name),
    notes: found.leftOut.map(({ object, reason }) => `${object}: ${reason}`),
  };
};

test('columns that both have keep their statistics, also in a wider type', () => {
  const { columns, extended, notes } = onto([made('note'), made('state')]);
  expect(columns.map(({ name, type, statistics }) => [name, type, statistics])).toEqual([
    ['note', 'text', STATISTICS],
    ['state', 'text', STATISTICS],
  ]);
  expect(extended).toEqual(['both', 'an expression']);
  expect(notes).toEqual([]);
});

test.each([
  [
    made('state', { type: 'integer' }),
    undefined,
    /^orders\.state: it is text in the snapshot, and integer here: /,
  ],
  [
    made('state', { labels: ['paid'] }),
    undefined,
    /^orders\.state: the snapshot has values that its type does not /,
  ],
  [
    made('state', { isNotNull: true }),
    0,
    /^orders\.state: it is NULL in rows of the snapshot, and NOT NULL here$/,
  ],
])('a column that its statistics do not fit is named: %o', (column, nullShare, note) => {
  const { columns, notes } = onto([made('note'), column]);
  expect(columns[1]?.statistics?.nullShare).toBe(nullShare);
  expect(notes).toEqual([expect.stringMatching(note)]);
});

test('statistics of a column that is gone are not used', () => {
  const { columns, extended, notes } = onto([made('state')]);
  expect(columns.map(({ name }) => name)).toEqual(['state']);
  expect(extended).toEqual(['an expression']);
  expect(notes).toEqual([expect.stringMatching(/^orders\.note: .*: its statistics are not used$/)]);
});

test.each([
  [made('new'), [], 'rows have NULL'],
  [made('new', { isNotNull: true }, 'its default'), [], 'rows have its default'],
  [made('new', { isNotNull: true }, 'a new value'), ['new'], 'rows have a new value'],
  [made('new', { isNotNull: true }, 'its default'), ['new'], 'its values are made up'],
  [made('new', { isNotNull: true }, 'nothing'), [], 'its values are made up'],
])('a column that is new is filled: %o, unique %o: %s', (column, unique, filled) => {
  const { columns, notes } = onto([made('state'), made('note'), column], unique);
  expect(columns.some(({ name }) => name === 'new')).toBe(filled === 'its values are made up');
  expect(notes).toEqual([`orders.new: the migrations make it, and the snapshot does not have it: ${filled}`]);
});
