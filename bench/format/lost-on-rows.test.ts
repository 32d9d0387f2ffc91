import { expect, test } from 'vitest';
import type { SourceFacts } from '../model/source.ts';
import { lostOnRows } from './lost-on-rows.ts';

type Statements = SourceFacts['statements'];

const facts = (replayed: number, leftOut: Statements['leftOut'], sharesOf?: 'weight'): SourceFacts => ({
  postgresVersion: '15.14',
  readAt: '2026-11-27T10:00:00.000Z',
  schemaBy: 'pg_dump',
  tables: [],
  leftOut: [],
  statements: { observed: 6, replayed, share: 1, leftOut, ...(sharesOf && { sharesOf }) },
});

const merge = { sql: 'MERGE INTO orders', reason: 'it is a MERGE', share: 0.5 };
const empty = { sql: 'SELECT 1 FROM orders WHERE id = $1', reason: 'it finds no row', share: 0.25 };
const small = { sql: 'DELETE FROM orders', reason: 'it changes no row', share: 0.125 };

test('what a preview has named already is not said again', () => {
  expect(lostOnRows(facts(5, [merge]), facts(5, [merge]))).toBe('');
});

test('the statement that finds no row is named with its share and the reason', () => {
  expect(lostOnRows(facts(5, [merge]), facts(4, [merge, empty], 'weight'))).toBe(
    ';\nleft out: 1 of 6 statements, 25.0 % of the weight;\nit finds no row: SELECT 1 FROM orders WHERE id = $1',
  );
});

test('of several the largest is named', () => {
  expect(lostOnRows(facts(5, [merge]), facts(3, [merge, small, empty]))).toBe(
    ';\nleft out: 2 of 6 statements, 37.5 % of the execution time;\nthe largest: it finds no row: SELECT 1 FROM orders WHERE id = $1',
  );
});
