import { describe, expect, test } from 'vitest';
import { execute, found, inDatabase, useFreshDatabase } from './audited-database.fixture.ts';

useFreshDatabase();

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

  test('are not those that are being built now', async () => {
    await execute('CREATE TABLE t (a int)');
    await inDatabase((writer) =>
      inDatabase(async (builder) => {
        await writer.query('BEGIN; INSERT INTO t VALUES (1)');
        const build = builder.query('CREATE INDEX CONCURRENTLY slow ON t (a)');
        const building = `SELECT indisvalid AS valid FROM pg_stat_progress_create_index JOIN pg_index ON index_relid = indexrelid WHERE datname = current_database()`;
        await expect
          .poll(() => inDatabase(async (other) => (await other.query<{ valid: string }>(building)).rows), {
            timeout: 10_000,
          })
          .toEqual([{ valid: 'f' }]);
        expect(await found('invalid indexes')).toEqual([]);
        await writer.query('COMMIT');
        await build;
      }),
    );
  });
});
