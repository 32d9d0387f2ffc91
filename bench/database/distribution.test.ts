import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freshDatabase, type FreshDatabase } from '../../tests/fixtures/test-server.fixture.ts';
import { withConnection } from './connection.ts';
import { distribute } from './distribution.ts';
import { readSqlFile } from './sql-file.ts';

const never = new AbortController().signal;

describe('a distribution', () => {
  let database: FreshDatabase;
  let directory: string;
  beforeAll(async () => {
    database = await freshDatabase();
    directory = await mkdtemp(join(tmpdir(), 'distribution-'));
  });
  afterAll(async () => {
    await database.drop();
    await rm(directory, { recursive: true });
  });

  test('whose statement fails is refused with file, line and caret, and nothing of it stays', async () => {
    const path = join(directory, 'spread.sql');
    await writeFile(path, `CREATE TABLE kept (id int);\nSELECT create_distributed_table('kept', 'id');\n`);
    const file = await readSqlFile(path);
    const distributing = withConnection(database.login, never, (session) => distribute(session, file));
    await expect(distributing).rejects.toMatchObject({
      message: `${path}:2:8: function create_distributed_table(unknown, unknown) does not exist`,
      detail: expect.stringContaining(
        "  2 | SELECT create_distributed_table('kept', 'id');\n    |        ^\n",
      ) as string,
      remedy: `Correct ${path}, then run again.`,
    });
    const { rows } = await withConnection(database.login, never, (session) =>
      session.query("SELECT to_regclass('kept') IS NULL AS gone"),
    );
    expect(rows).toEqual([{ gone: 't' }]);
  });
});
