import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { auditDatabase } from './audit.ts';
import { execute, findingsOf, inDatabase, partOf, useFreshDatabase } from './audited-database.fixture.ts';
import { bloatedIndexes } from './bloated-indexes.ts';

useFreshDatabase();

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

  test('are reported as not checked without the extension or the right to it', async () => {
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
