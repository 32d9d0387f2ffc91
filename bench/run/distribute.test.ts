import { expect, test } from 'vitest';
import type { Distribution } from '../model/distribution.ts';
import { distributionWarnings } from './distribute.ts';

const file = new URL('file:///suite/citus.sql');
const table = (name: string, placement: Distribution['tables'][number]['placement']) => ({
  table: name,
  placement,
});
const local: Distribution = { tables: [table('orders', { state: 'local' })], changed: [] };

test('rows that all stay on the coordinator are noted, with a distribution or without one', () => {
  const cause = (distribution: URL | undefined): string | undefined =>
    distributionWarnings({ distribution, source: undefined }, local)[0]?.cause;
  expect(cause(undefined)).toBe('the suite has no distribution: all rows of orders stay on the coordinator');
  expect(cause(file)).toBe(
    'the distribution of the suite distributes no table: all rows of orders stay on the coordinator',
  );
});

test('a table that is on every node, or in shards, is enough for none', () => {
  const made = { ...local, tables: [...local.tables, table('leads', { state: 'reference' })] };
  expect(distributionWarnings({ distribution: file, source: undefined }, made)).toEqual([]);
});
