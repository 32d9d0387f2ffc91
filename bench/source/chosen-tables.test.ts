import { expect, test } from 'vitest';
import { UsageError } from '../model/errors.ts';
import { chooseTables, type TableChoice } from './chosen-tables.ts';
import { agedShare, type SourceTable } from './source-tables.ts';

const table = (name: string, other: Partial<SourceTable> = {}): SourceTable => ({
  name,
  isPartitioned: false,
  columns: ['id'],
  rows: 10,
  bytes: 1000,
  indexBytes: 0,
  deadShare: 0,
  hotShare: undefined,
  isReadable: true,
  asksElsewhere: false,
  ...other,
});

const ALL = [table('customers'), table('sales.orders'), table('logs', { isReadable: false })];

const chosen = (choice: Partial<TableChoice>) =>
  chooseTables(ALL, ['sales.orders'], { tables: undefined, exclude: [], mostBytes: 1e9, ...choice }, [
    'public',
  ]);

const problemsOf = (choice: Partial<TableChoice>): readonly string[] => {
  try {
    chosen(choice);
    return [];
  } catch (error) {
    return error instanceof UsageError ? error.problems : [String(error)];
  }
};

test('the tables of the migration are copied, whatever else is', () => {
  const { copied, empty } = chosen({ tables: ['customers'] });
  expect(copied.map(({ name }) => name)).toEqual(['customers', 'sales.orders']);
  expect(empty.map(({ name }) => name)).toEqual(['logs']);
});

test('a table that the role may not read stays empty where nothing needs it', () => {
  expect(chosen({}).empty.map(({ name }) => name)).toEqual(['logs']);
});

test('a table that another server has a part of is never read', () => {
  const sharded = table('sharded', { asksElsewhere: true });
  const choice = { tables: undefined, exclude: [], mostBytes: 1e9 };
  expect(chooseTables([...ALL, sharded], ['sales.orders'], choice, ['public']).empty).toContain(sharded);
  expect(() => chooseTables([...ALL, sharded], ['sharded'], choice, ['public'])).toThrow(
    /^--from: a part of sharded is a foreign table, and no other server is asked for rows/,
  );
});

test('every table that is unknown, needed or unreadable is named at once', () => {
  expect(problemsOf({ tables: ['films', 'logs'], exclude: ['actors', 'sales.orders'] })).toEqual([
    '--tables: the source has no table films',
    '--exclude: the source has no table actors',
    '--exclude: the migration is about sales.orders; its rows are needed',
    '--from: this role may not read logs, which is needed: GRANT SELECT on it, and USAGE on its schema',
  ]);
});

test('a table has gaps for its dead rows, and for its HOT updates', () => {
  expect(agedShare(table('t'))).toBe(0);
  expect(agedShare(table('t', { deadShare: 0.3, hotShare: 0.5 }))).toBe(0.3);
  expect(agedShare(table('t', { deadShare: 0.01, hotShare: 0.5 }))).toBe(0.1);
});
