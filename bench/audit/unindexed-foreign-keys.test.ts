import { describe, expect, test } from 'vitest';
import { execute, findingsOf, found, useFreshDatabase } from './audited-database.fixture.ts';

useFreshDatabase();

describe('foreign keys without an index', () => {
  const PARENT = 'CREATE TABLE parent (a int, b int, PRIMARY KEY (a, b))';
  const CHILD =
    'CREATE TABLE "Child" (x int, "A" int, b int, CONSTRAINT "to parent" FOREIGN KEY ("A", b) REFERENCES parent)';
  const CREATE = 'public."Child" ("A", b): CREATE INDEX CONCURRENTLY ON public."Child" ("A", b);';

  test.each([
    ['no index at all', 'SELECT 1'],
    ['an index of its first column only', 'CREATE INDEX ON "Child" ("A")'],
    ['an index that begins with another column', 'CREATE INDEX ON "Child" (x, "A", b)'],
    ['a partial index', 'CREATE INDEX ON "Child" ("A", b) WHERE x > 0'],
    ['an index that only includes a column', 'CREATE INDEX ON "Child" ("A") INCLUDE (b)'],
    ['a block range index', 'CREATE INDEX ON "Child" USING brin ("A", b)'],
  ])('are those with %s', async (_, index) => {
    await execute(PARENT, CHILD, index);
    expect(await found('unindexed foreign keys')).toEqual([CREATE]);
  });

  test.each(['("A", b)', '(b, "A")', '(b, "A", x)', '("A", b) INCLUDE (x)'])(
    'are not those with an index on %s',
    async (columns) => {
      await execute(PARENT, CHILD, `CREATE INDEX ON "Child" ${columns}`);
      expect(await found('unindexed foreign keys')).toEqual([]);
    },
  );

  test('name their constraint, and are reported once for a partitioned table', async () => {
    await execute(
      'CREATE TABLE parent (a int PRIMARY KEY)',
      'CREATE TABLE child (a int CONSTRAINT to_parent REFERENCES parent) PARTITION BY LIST (a)',
      'CREATE TABLE child_1 PARTITION OF child FOR VALUES IN (1)',
    );
    expect(await findingsOf('unindexed foreign keys')).toMatchObject([
      {
        statement: 'CREATE INDEX ON public.child (a);',
        why: expect.stringMatching(
          /^to_parent: DELETE or a new key in public\.parent reads this whole table for every row; .*blocks writes to all partitions.*ON ONLY.*ATTACH PARTITION/,
        ) as string,
      },
    ]);
  });
});
