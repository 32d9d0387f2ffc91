import { expect, test } from 'vitest';
import type { Likeness } from '../../model/likeness.ts';
import { sampleResult } from '../sample-result.fixture.ts';
import { likenessDetails, likenessSection } from './likeness.ts';

const same = (value: number) => ({ source: value, made: value, isWithin: true });

const likeness: Likeness = {
  columns: [
    {
      ...{ table: 'orders', column: 'state', nullShare: same(0), distinct: same(4) },
      commonShare: { source: 0.5, made: 0.6, isWithin: false },
      isWithin: false,
    },
    {
      ...{ table: 'orders', column: 'id', nullShare: same(0), distinct: same(1000), commonShare: same(0) },
      ...{ correlation: same(1), histogramDistance: 0.01, isWithin: true },
    },
  ],
  fanOuts: [
    {
      ...{ table: 'orders', columns: ['customer_id'], refersTo: 'customers' },
      ...{ p50: same(2), p90: same(5), p99: same(40), childlessShare: { source: 0.1, made: 0.12 } },
      isWithin: true,
    },
  ],
  statements: [
    {
      ...{ sql: 'SELECT 1', origin: 'queryid 1', isSame: false },
      ...{ signatures: { source: 'Seq Scan', made: 'Index Scan' }, rows: { source: 9.6, made: 1 } },
    },
  ],
  unplanned: [{ sql: 'SELECT 2', origin: 'queryid 2', reason: 'the snapshot has no plan of it' }],
};

test('a report of made rows shows what is unlike the source, and then every figure', () => {
  const result = { ...sampleResult(), likeness };
  const { tables, remarks } = likenessSection(result);
  expect(tables.map(({ rows }) => rows)).toEqual([
    [['SELECT 1', 'Seq Scan', 'Index Scan', '10 -> 1']],
    [['orders.state', '0.0 % -> 0.0 %', '4 -> 4', '50.0 % -> 60.0 % !', '', '']],
  ]);
  expect(remarks[0]).toBe(
    '1 of 2 columns and 1 of 1 foreign key are alike; of 2 statements 0 are planned as in the source, and of 1 that is not known',
  );
  const [details] = likenessDetails(result);
  expect(details?.tables.map(({ rows }) => rows.length)).toEqual([2, 2, 1]);
});

test('a report of other rows says nothing of it', () => {
  expect(likenessSection(sampleResult()).tables).toEqual([]);
  expect(likenessDetails(sampleResult())).toEqual([]);
});
