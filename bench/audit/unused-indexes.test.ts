import { describe, expect, test } from 'vitest';
import { execute, found, partOf, useFreshDatabase } from './audited-database.fixture.ts';

useFreshDatabase();

describe('unused indexes', () => {
  test('are those that no scan used, without unique ones and constraints', async () => {
    await execute(
      'CREATE TABLE t (a int PRIMARY KEY, b int, c int UNIQUE, d int, e int4range, EXCLUDE USING gist (e WITH &&))',
      'CREATE UNIQUE INDEX ON t (d)',
      'CREATE INDEX used ON t (b)',
      'CREATE INDEX "not used" ON t (d, b)',
      'SET enable_seqscan = off',
      'SELECT b FROM t WHERE b = 1',
    );
    expect(await found('unused indexes')).toEqual([
      'public."not used": DROP INDEX CONCURRENTLY public."not used";',
    ]);
  });

  test('are reported as new when they are: they cannot have been used', async () => {
    await execute('CREATE TABLE t (a int, b int)', 'CREATE INDEX ON t (a)');
    expect(await partOf('unused indexes')).toMatchObject({
      findings: [{ why: expect.stringMatching(/created or changed \d+ transactions? ago/) as string }],
      notes: [expect.not.stringContaining('document')],
    });
  });

  test('say since when they are unused, and what they serve', async () => {
    await execute(
      'CREATE TABLE parent (a int PRIMARY KEY)',
      'CREATE TABLE child (a int CONSTRAINT to_parent REFERENCES parent)',
      'CREATE INDEX ON child (a)',
    );
    expect(await partOf('unused indexes')).toMatchObject({
      findings: [{ why: expect.stringContaining('foreign key to_parent') as string }],
      notes: [expect.stringMatching(/which is unknown.*3 months/)],
    });
    await execute('SELECT pg_stat_reset()');
    expect(await partOf('unused indexes')).toMatchObject({
      notes: [expect.stringMatching(/since \d{4}-\d\d-\d\d, when these statistics began, 0 days ago/)],
    });
  });
});
