import { describe, expect, test } from 'vitest';
import { execute, findingsOf, found, useFreshDatabase } from './audited-database.fixture.ts';

useFreshDatabase();

describe('redundant indexes', () => {
  const TABLE = 'CREATE TABLE t (a int, b int, c text)';

  test.each([
    ['the second of two equal indexes', '(a, b)', '(a, b)'],
    ['the beginning of a longer one', '(a)', '(a, b)'],
    ['a prefix of a longer one with the same expression', '(lower(c))', '(lower(c), a)'],
    ['one with the same predicate', '(a) WHERE b > 0', '(a, b) WHERE b > 0'],
    ['one whose included columns the other has', '(a) INCLUDE (b)', '(a, b)'],
  ])('are %s', async (_, short, long) => {
    await execute(TABLE, `CREATE INDEX z ON t ${short}`, `CREATE INDEX k ON t ${long}`);
    expect(await found('redundant indexes')).toEqual(['public.z: DROP INDEX CONCURRENTLY public.z;']);
  });

  test.each([
    ['ending a longer one', '(b)', '(a, b)'],
    ['in another direction', '(a DESC)', '(a, b)'],
    ['of another predicate', '(a) WHERE b > 1', '(a, b) WHERE b > 0'],
    ['of a full index beside a partial one', '(a)', '(a, b) WHERE b > 0'],
    ['of another operator class', '(c text_pattern_ops)', '(c, a)'],
    ['of another collation', '(c COLLATE "C")', '(c COLLATE "POSIX", a)'],
    ['of another expression', '(lower(c))', '(upper(c), a)'],
    ['with an included column that the other lacks', '(a) INCLUDE (c)', '(a, b)'],
    ['of another access method', 'USING hash (a)', '(a, b)'],
    [
      'beginning an index that is searched by all its columns only',
      'USING gist (point(a, b))',
      'USING gist (point(a, b), box(point(a, b), point(a, b)))',
    ],
  ])('are not those %s', async (_, short, long) => {
    await execute(TABLE, `CREATE INDEX z ON t ${short}`, `CREATE INDEX k ON t ${long}`);
    expect(await found('redundant indexes')).toEqual([]);
  });

  test('are never unique ones, but a unique one may make them redundant', async () => {
    await execute(
      'CREATE TABLE t (a int PRIMARY KEY, b int)',
      'CREATE UNIQUE INDEX a_unique ON t (b)',
      'CREATE INDEX a_plain ON t (b)',
      'CREATE INDEX longer ON t (a, b)',
    );
    expect(await findingsOf('redundant indexes')).toMatchObject([
      { what: 'public.a_plain', why: 'the same as public.a_unique' },
    ]);
  });

  test.each([
    [
      'constraint',
      'ALTER TABLE t ADD CONSTRAINT again UNIQUE (a)',
      'ALTER TABLE public.t DROP CONSTRAINT again;',
    ],
    ['index', 'CREATE UNIQUE INDEX again ON t (a)', 'DROP INDEX CONCURRENTLY public.again;'],
  ])('are unique ones when the primary key guarantees the same: a %s', async (_, repeat, statement) => {
    await execute('CREATE TABLE t (a int PRIMARY KEY, b int)', repeat);
    expect(await found('redundant indexes')).toEqual([`public.again: ${statement}`]);
  });

  test.each([
    [
      'a foreign key refers to',
      'ALTER TABLE t ADD CONSTRAINT again UNIQUE (b); CREATE TABLE c (b int REFERENCES t (b)); CREATE UNIQUE INDEX aaa ON t (b)',
    ],
    [
      'guarantee it for other rows',
      'CREATE UNIQUE INDEX again ON t (b) WHERE b > 0; CREATE UNIQUE INDEX aaa ON t (b)',
    ],
    [
      'allow one NULL where the other allows many',
      'CREATE UNIQUE INDEX again ON t (b) NULLS NOT DISTINCT; CREATE UNIQUE INDEX aaa ON t (b)',
    ],
    [
      'are checked at once where the other is deferred',
      'CREATE UNIQUE INDEX again ON t (b); ALTER TABLE t ADD CONSTRAINT aaa UNIQUE (b) DEFERRABLE',
    ],
  ])('are not unique ones that %s', async (_, statements) => {
    await execute('CREATE TABLE t (a int PRIMARY KEY, b int)', ...statements.split('; '));
    expect((await findingsOf('redundant indexes')).map(({ what }) => what)).not.toContain('public.again');
  });

  test('of a chain all name the index that stays', async () => {
    await execute(
      TABLE,
      'CREATE INDEX i1 ON t (a)',
      'CREATE INDEX i2 ON t (a, b)',
      'CREATE INDEX i3 ON t (a, b, c)',
    );
    const findings = await findingsOf('redundant indexes');
    expect(findings.map(({ what, why }) => [what, why.split(' ')[0]])).toEqual([
      ['public.i1', 'public.i3'],
      ['public.i2', 'public.i3'],
    ]);
  });

  test('are not partitions of an index, which cannot be dropped alone', async () => {
    await execute(
      'CREATE TABLE t (a int, b int) PARTITION BY LIST (a)',
      'CREATE TABLE t_1 PARTITION OF t FOR VALUES IN (1)',
      'CREATE INDEX short ON t (b)',
      'CREATE INDEX long ON t (b, a)',
    );
    expect(await found('redundant indexes')).toEqual(['public.short: DROP INDEX public.short;']);
    expect((await findingsOf('redundant indexes'))[0]?.why).toContain('ACCESS EXCLUSIVE');
  });

  test('are never used ones in favour of an unused one, which is reported as unused', async () => {
    await execute(
      TABLE,
      'CREATE INDEX short ON t (a)',
      'SET enable_seqscan = off',
      'SELECT a FROM t WHERE a = 1',
      'CREATE INDEX long ON t (a, b)',
      'CREATE INDEX again ON t (a)',
    );
    expect(await findingsOf('redundant indexes')).toMatchObject([
      { what: 'public.again', why: expect.stringMatching(/public\.(short|long)/) as string },
    ]);
    expect((await findingsOf('unused indexes')).map(({ what }) => what)).toEqual(['public.long']);
  });
});
