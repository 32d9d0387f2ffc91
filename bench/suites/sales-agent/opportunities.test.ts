import { randomFor } from '../../../seed/random.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { withConnection } from '../../database/connection.ts';
import { applySqlFile, applySqlFiles } from '../../database/migrate.ts';
import { readSqlFile } from '../../database/sql-file.ts';
import { freshDatabase } from '../../../tests/fixtures/test-server.fixture.ts';
import type { FileLocation } from '../../model/file-location.ts';
import { salesAgent } from './suite.ts';

const never = new AbortController().signal;
let database: Awaited<ReturnType<typeof freshDatabase>>;
beforeAll(async () => {
  database = await freshDatabase();
  const files = [...salesAgent.migrations, salesAgent.candidate.up];
  await withConnection(database.login, never, async (connection) =>
    applySqlFiles(connection, await Promise.all(files.map(readSqlFile))),
  );
});
afterAll(() => database.drop());

/** Applies a file and takes it back; PostgreSQL's words where it refuses it. */
const wordsOn = (file: FileLocation): Promise<string> =>
  withConnection(database.login, never, async (connection) => {
    const apply = async () => applySqlFile(connection, await readSqlFile(file));
    return apply().then(
      () => 'created',
      (error: unknown) => (error as Error).message,
    );
  });

const [partial, json, search, brin] = salesAgent.opportunities;

describe('as the document writes them', () => {
  test.each([
    [partial, 'column "status" does not exist'],
    [json, 'data type json has no default operator class for access method "gin"'],
  ])('%o cannot be created', async (opportunity, words) => {
    expect(await wordsOn(opportunity?.asWritten ?? '')).toContain(words);
  });
});

test.each([partial, json, search, brin])('the nearest form of %o can be created', async (opportunity) => {
  expect(await wordsOn(opportunity?.nearest ?? '')).toBe('created');
});

test('their queries are accepted', async () => {
  await withConnection(database.login, never, async (connection) => {
    for (const { sql } of salesAgent.opportunities.flatMap(({ reads }) => reads))
      expect((await connection.query(`EXPLAIN ${sql}`)).rows.length).toBeGreaterThan(0);
  });
});

test('their writes are accepted', async () => {
  const context = { random: randomFor(1, 'write'), rowsOf: () => 10, ordinal: 0, target: null };
  await withConnection(database.login, never, async (connection) => {
    for (const { sql, draw } of salesAgent.opportunities.flatMap(({ writes }) => writes))
      expect((await connection.query(sql, [...draw(context)])).rowCount).toBe(1);
  });
});
