import { expect, test } from 'vitest';
import type { SourceFacts } from '../../model/source.ts';
import { sampleResult } from '../sample-result.fixture.ts';
import { sourceSections } from './source.ts';

const source: SourceFacts = {
  postgresVersion: '15.14',
  readAt: '2026-11-27T10:00:00.000Z',
  schemaBy: 'pg_dump',
  tables: [
    { table: 'orders', rows: 1_000_000, copiedRows: 250_000 },
    { table: 'customers', rows: 500, copiedRows: 500 },
    { table: 'nothing', rows: 0, copiedRows: 0 },
    { table: 'estimated', rows: 90, copiedRows: 100 },
  ],
  leftOut: [{ object: 'extension postgis', reason: 'the server has no files of it' }],
  statements: {
    observed: 33,
    replayed: 31,
    share: 0.97,
    leftOut: [{ sql: 'MERGE INTO orders', reason: 'it is a MERGE', share: 0.03 }],
  },
};

test('a report says what share of each table is there, and what is not', () => {
  const [copied, leftOut] = sourceSections({ ...sampleResult(), source });
  expect(copied?.tables[0]?.rows).toEqual([
    ['orders', '1,000,000', '250,000', '25.0 %'],
    ['customers', '500', '500', '100.0 %'],
    ['nothing', '0', '0', '100.0 %'],
    ['estimated', '90', '100', '100.0 %'],
  ]);
  expect(copied?.remarks).toContain('31 of 33 statements are measured, 97.0 % of the execution time');
  expect(leftOut?.tables[0]?.rows).toEqual([
    ['MERGE INTO orders', 'it is a MERGE', '3.0 %'],
    ['extension postgis', 'the server has no files of it', ''],
  ]);
});

test('without times, the shares of statements are those of their weights', () => {
  const weighed = { ...source.statements, sharesOf: 'weight' as const };
  const [copied, leftOut] = sourceSections({ ...sampleResult(), source: { ...source, statements: weighed } });
  expect(copied?.remarks).toContain('31 of 33 statements are measured, 97.0 % of the weight');
  expect(leftOut?.tables[0]?.columns.at(-1)).toMatchObject({ heading: 'share of the weight' });
});

test('what a statement takes is shown beside what it took there', () => {
  const hereMs = { point: 2, low: 1.9, high: 2.1, confidence: 0.95, n: 10, method: 'mean' };
  const sourceTimes = [
    { sql: 'SELECT 1', meanMs: 40, hereMs, isUnlike: true },
    { sql: 'SELECT 2', meanMs: 2.5, hereMs, isUnlike: false },
  ];
  const [, times] = sourceSections({ ...sampleResult(), source, sourceTimes });
  expect(times?.tables[0]?.rows).toEqual([
    ['SELECT 1', '40.0 ms', '2.00 ms [1.90, 2.10]', 'other work'],
    ['SELECT 2', '2.50 ms', '2.00 ms [1.90, 2.10]', ''],
  ]);
});

test('a suite that was not read from a database has no such section', () => {
  expect(sourceSections(sampleResult())).toEqual([]);
});
