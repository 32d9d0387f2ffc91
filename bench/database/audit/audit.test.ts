import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { AuditKind, AuditPart } from '../../model/audit.ts';
import { withConnection, withConnections, type Connection } from '../connection.ts';
import { freshDatabase } from '../test-server.fixture.ts';
import { auditDatabase } from './audit.ts';
import { bloatedIndexes } from './bloated-indexes.ts';

const never = new AbortController().signal;
let database: Awaited<ReturnType<typeof freshDatabase>>;
beforeEach(async () => (database = await freshDatabase()));
afterEach(() => database.drop());

const inDatabase = <T>(use: (connection: Connection) => Promise<T>): Promise<T> =>
  withConnection(database.url, never, use);

/** Each statement by itself: some refuse to share a transaction. */
const execute = (...statements: string[]): Promise<void> =>
  inDatabase(async (connection) => {
    for (const statement of statements) await connection.query(statement);
    await connection.query('SELECT pg_stat_force_next_flush()');
  });

async function partOf(kind: AuditKind): Promise<AuditPart> {
  const { parts } = await inDatabase(auditDatabase);
  const part = parts.find((candidate) => candidate.kind === kind);
  if (!part) throw new Error(`no part "${kind}"`);
  return part;
}

async function findingsOf(kind: AuditKind) {
  const part = await partOf(kind);
  if (part.state === 'not checked') throw new Error(part.reason);
  return part.findings;
}

const found = async (kind: AuditKind): Promise<string[]> =>
  (await findingsOf(kind)).map(({ what, statement }) => `${what}: ${statement}`);

const LEFTOVER = 'CREATE UNIQUE INDEX CONCURRENTLY "left Over" ON t (a)';
const leaveInvalidIndex = async (): Promise<void> => {
  await execute('CREATE TABLE t (a int)', 'INSERT INTO t VALUES (1), (1)');
  await expect(execute(LEFTOVER)).rejects.toThrow('could not create unique index');
};

describe('invalid indexes', () => {
  test('are those that an interrupted concurrent build left behind, not the valid ones', async () => {
    await leaveInvalidIndex();
    await execute('CREATE INDEX CONCURRENTLY sound ON t (a)');
    expect(await found('invalid indexes')).toEqual([
      'public."left Over": REINDEX INDEX CONCURRENTLY public."left Over";',
    ]);
  });

  test('that a concurrent rebuild left behind are to be dropped', async () => {
    await leaveInvalidIndex();
    await execute('ALTER INDEX "left Over" RENAME TO i_ccnew');
    expect(await found('invalid indexes')).toEqual([
      'public.i_ccnew: DROP INDEX CONCURRENTLY public.i_ccnew;',
    ]);
  });

  test('are not those that are being built right now', async () => {
    await execute('CREATE TABLE t (a int)');
    await withConnections(database.url, 2, never, async ([writer, builder]) => {
      await writer.query('BEGIN; INSERT INTO t VALUES (1)');
      const build = builder?.query('CREATE INDEX CONCURRENTLY slow ON t (a)');
      const building = `SELECT indisvalid AS valid FROM pg_stat_progress_create_index JOIN pg_index ON index_relid = indexrelid WHERE datname = current_database()`;
      await expect
        .poll(() => inDatabase(async (other) => (await other.query<{ valid: string }>(building)).rows), {
          timeout: 10_000,
        })
        .toEqual([{ valid: 'f' }]);
      expect(await found('invalid indexes')).toEqual([]);
      await writer.query('COMMIT');
      await build;
    });
  });
});

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

  test('say which constraint, and are asked for once by a partitioned table', async () => {
    await execute(
      'CREATE TABLE parent (a int PRIMARY KEY)',
      'CREATE TABLE child (a int CONSTRAINT to_parent REFERENCES parent) PARTITION BY LIST (a)',
      'CREATE TABLE child_1 PARTITION OF child FOR VALUES IN (1)',
    );
    expect(await findingsOf('unindexed foreign keys')).toMatchObject([
      {
        statement: 'CREATE INDEX ON public.child (a);',
        why: 'to_parent: DELETE or a new key in public.parent reads this whole table for every row',
      },
    ]);
  });
});

describe('redundant indexes', () => {
  const TABLE = 'CREATE TABLE t (a int, b int, c text)';

  test.each([
    ['the second of two that are the same', '(a, b)', '(a, b)'],
    ['the beginning of a longer one', '(a)', '(a, b)'],
    ['the beginning of a longer one with the same expression', '(lower(c))', '(lower(c), a)'],
    ['one with the same predicate', '(a) WHERE b > 0', '(a, b) WHERE b > 0'],
    ['one whose included columns the other holds', '(a) INCLUDE (b)', '(a, b)'],
  ])('are %s', async (_, short, long) => {
    await execute(TABLE, `CREATE INDEX z ON t ${short}`, `CREATE INDEX k ON t ${long}`);
    expect(await found('redundant indexes')).toEqual(['public.z: DROP INDEX CONCURRENTLY public.z;']);
  });

  test.each([
    ['the end of a longer one', '(b)', '(a, b)'],
    ['in another direction', '(a DESC)', '(a, b)'],
    ['of another predicate', '(a) WHERE b > 1', '(a, b) WHERE b > 0'],
    ['of a full index beside a partial one', '(a)', '(a, b) WHERE b > 0'],
    ['of another operator class', '(c text_pattern_ops)', '(c, a)'],
    ['of another collation', '(c COLLATE "C")', '(c COLLATE "POSIX", a)'],
    ['of another expression', '(lower(c))', '(upper(c), a)'],
    ['with an included column that the other lacks', '(a) INCLUDE (c)', '(a, b)'],
    ['of another access method', 'USING hash (a)', '(a, b)'],
    [
      'beginning an index that can only be used as a whole',
      'USING gist (point(a, b))',
      'USING gist (point(a, b), box(point(a, b), point(a, b)))',
    ],
  ])('are not those %s', async (_, short, long) => {
    await execute(TABLE, `CREATE INDEX z ON t ${short}`, `CREATE INDEX k ON t ${long}`);
    expect(await found('redundant indexes')).toEqual([]);
  });

  test('are never unique ones, but may be redundant because of one', async () => {
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

  test('of a chain all name the one that stays', async () => {
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

  test('are not parts of a partitioned index, which cannot be dropped by themselves', async () => {
    await execute(
      'CREATE TABLE t (a int, b int) PARTITION BY LIST (a)',
      'CREATE TABLE t_1 PARTITION OF t FOR VALUES IN (1)',
      'CREATE INDEX short ON t (b)',
      'CREATE INDEX long ON t (b, a)',
    );
    expect(await found('redundant indexes')).toEqual(['public.short: DROP INDEX public.short;']);
  });
});

describe('unused indexes', () => {
  test('are those that no scan has used, and not used ones, unique ones or constraints', async () => {
    await execute(
      'CREATE TABLE t (a int PRIMARY KEY, b int, c int UNIQUE, d int, e int4range, EXCLUDE USING gist (e WITH &&))',
      'CREATE UNIQUE INDEX ON t (d)',
      'CREATE INDEX used ON t (b)',
      'CREATE INDEX "not used" ON t (d)',
      'SET enable_seqscan = off',
      'SELECT b FROM t WHERE b = 1',
    );
    expect(await found('unused indexes')).toEqual([
      'public."not used": DROP INDEX CONCURRENTLY public."not used";',
    ]);
  });

  test('say since when, and what they serve', async () => {
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

describe('bloated indexes', () => {
  const FILL = 'INSERT INTO t SELECT n FROM generate_series(1, 20000) AS n';

  test('are those with less than half of their leaf pages full', async () => {
    await execute(
      'CREATE SCHEMA tools',
      'CREATE EXTENSION pgstattuple SCHEMA tools',
      'CREATE TABLE t (a int, b int)',
      FILL,
      'CREATE INDEX bloated ON t (a)',
      'DELETE FROM t WHERE a % 4 > 0',
      'VACUUM t',
      'CREATE INDEX fresh ON t (a)',
      'CREATE TABLE small (a int PRIMARY KEY)',
      'INSERT INTO small VALUES (1)',
    );
    expect(await findingsOf('bloated indexes')).toEqual([
      {
        what: 'public.bloated',
        bytes: expect.any(Number) as number,
        why: expect.stringMatching(/^its leaf pages are 2\d % full/) as string,
        statement: 'REINDEX INDEX CONCURRENTLY public.bloated;',
      },
    ]);
  });

  test('are not looked for without the extension or the right to it, and that is said', async () => {
    expect(await partOf('bloated indexes')).toEqual({
      kind: 'bloated indexes',
      state: 'not checked',
      reason: 'the extension pgstattuple is not installed in this database',
    });
    await execute('CREATE EXTENSION pgstattuple', 'CREATE TABLE t (a int PRIMARY KEY)', FILL);
    const role = `reader_${randomUUID().slice(0, 8)}`;
    await inDatabase(async (connection) => {
      await connection.query(`CREATE ROLE ${role}`);
      try {
        await connection.query(`SET ROLE ${role}`);
        const { parts } = await auditDatabase(connection);
        expect(parts.filter(({ state }) => state === 'not checked')).toEqual([
          {
            kind: 'bloated indexes',
            state: 'not checked',
            reason: 'PostgreSQL refuses it: permission denied for function pgstatindex',
          },
        ]);
      } finally {
        await connection.query(`RESET ROLE; SET default_transaction_read_only = off`);
        await connection.query(`DROP ROLE ${role}`);
      }
    });
  });

  test('that are too large to read are named', async () => {
    await execute('CREATE EXTENSION pgstattuple', 'CREATE TABLE t (a int PRIMARY KEY)', FILL);
    expect(await inDatabase((connection) => bloatedIndexes(connection, 400 * 1024))).toEqual({
      state: 'checked',
      findings: [],
      notes: ['Not measured: public.t_pkey (456 kB; more than 400 kB is too much to read).'],
    });
  });
});

describe('tables due for VACUUM or ANALYZE', () => {
  const fill = (table: string, options = '') =>
    execute(
      `CREATE TABLE ${table} (a int) ${options}`,
      `INSERT INTO ${table} SELECT generate_series(1, 1000)`,
    ).then(() => execute(`ANALYZE ${table}`));

  test('are those past the thresholds of autovacuum', async () => {
    for (const table of ['"Both"', 'analyze_only', 'neither']) await fill(table);
    await fill('at_once', 'WITH (autovacuum_vacuum_threshold = 0, autovacuum_vacuum_scale_factor = 0)');
    await execute(
      'DELETE FROM "Both" WHERE a <= 251',
      'DELETE FROM analyze_only WHERE a <= 250',
      'DELETE FROM neither WHERE a <= 150',
      'DELETE FROM at_once WHERE a <= 1',
    );
    expect(new Set(await found('vacuum and analyze'))).toEqual(
      new Set([
        'public."Both": VACUUM (ANALYZE) public."Both";',
        'public.analyze_only: ANALYZE public.analyze_only;',
        'public.at_once: VACUUM public.at_once;',
      ]),
    );
    const [both] = (await findingsOf('vacuum and analyze')).filter(({ what }) => what.includes('Both'));
    expect(both?.why).toMatch(
      /^251 dead rows, due from 250; last VACUUM never; 251 rows changed, due from 150; last ANALYZE \d{4}-/,
    );
  });
});

test('carrying out every statement leaves only indexes that are new and unused', async () => {
  await execute(
    'CREATE TABLE parent (a int PRIMARY KEY)',
    'CREATE SCHEMA "Other Schema"',
    'CREATE TABLE "Other Schema"."T ""able" (id int PRIMARY KEY, "a;b" int REFERENCES parent, c int)',
    'CREATE INDEX "I 1" ON "Other Schema"."T ""able" (c)',
    'CREATE INDEX "I 2" ON "Other Schema"."T ""able" (c, id)',
    'INSERT INTO "Other Schema"."T ""able" SELECT n FROM generate_series(1, 1000) AS n',
  );
  const before = await inDatabase(auditDatabase);
  const statements = before.parts.flatMap((part) =>
    part.state === 'checked' && part.kind !== 'unused indexes'
      ? part.findings.map(({ statement }) => statement)
      : [],
  );
  expect(statements).toHaveLength(3);
  await execute(...statements);
  const after = await inDatabase(auditDatabase);
  expect(
    after.parts.flatMap((part) => (part.state === 'checked' && part.findings.length > 0 ? [part.kind] : [])),
  ).toEqual(['unused indexes']);
});

test('an audited session refuses every write', async () => {
  await inDatabase(async (connection) => {
    await auditDatabase(connection);
    await expect(connection.query('CREATE TABLE public.t ()')).rejects.toThrow(
      'cannot execute CREATE TABLE in a read-only transaction',
    );
  });
});

test('what somebody has locked is not waited for, and said to be unchecked', async () => {
  await execute('CREATE TABLE t (a int PRIMARY KEY, b int)', 'CREATE INDEX ON t (b)');
  await inDatabase(async (other) => {
    await other.query('BEGIN; LOCK TABLE t; REINDEX TABLE t');
    expect(await partOf('unused indexes')).toEqual({
      kind: 'unused indexes',
      state: 'not checked',
      reason: 'PostgreSQL refuses it: canceling statement due to lock timeout',
    });
  });
});
