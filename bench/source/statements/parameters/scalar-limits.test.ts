import { loadModule } from 'libpg-query';
import { beforeAll, expect, test } from 'vitest';
import { SourceCatalog } from '../catalog.ts';
import { levelsOf } from './levels.ts';
import { onlyStatement } from './tree.ts';

beforeAll(() => loadModule());

/** What the constants of a statement are, by number. */
function constantsOf(sql: string): Record<number, string> {
  const statement = onlyStatement(sql);
  const uses = statement ? levelsOf(statement, new SourceCatalog([], [])).uses : [];
  return Object.fromEntries(uses.flatMap((use) => (use.kind === 'constant' ? [[use.number, use.sql]] : [])));
}

test('a subquery that stands for a value has a LIMIT of one row', () => {
  expect(
    constantsOf('SELECT a FROM t WHERE a = (SELECT b FROM u ORDER BY b LIMIT $1 OFFSET $2) LIMIT $3'),
  ).toEqual({ 1: '1', 2: '0', 3: '20' });
});

test('another subquery has as many rows as any statement', () => {
  expect(constantsOf('SELECT a FROM t WHERE a IN (SELECT b FROM u LIMIT $1)')).toEqual({ 1: '20' });
});
