import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { RunError } from '../model/errors.ts';
import { withConnection } from './connection.ts';
import { applySqlFile } from './migrate.ts';
import { freshDatabase } from './test-server.fixture.ts';

const never = new AbortController().signal;
let database: Awaited<ReturnType<typeof freshDatabase>>;
beforeEach(async () => (database = await freshDatabase()));
afterEach(() => database.drop());

const apply = (text: string) =>
  withConnection(database.url, never, (connection) => applySqlFile(connection, { path: 'm/001.sql', text }));

const failureOf = async (text: string): Promise<RunError> => {
  const error: unknown = await apply(text).catch((caught: unknown) => caught);
  if (!(error instanceof RunError)) throw new Error(`expected a RunError, got ${String(error)}`);
  return error;
};

describe('a SQL file that fails', () => {
  test('names file, line and column of the mistake and puts a caret under it', async () => {
    const error = await failureOf('CREATE TABLE a (i int);\n\n-- then\nSELECT\n  nothing FROM a;\n');
    expect(error.message).toBe('m/001.sql:5:3: column "nothing" does not exist');
    expect(error.detail).toBe('  5 |   nothing FROM a;\n    |   ^');
  });

  test('counts characters, not bytes or UTF-16 units', async () => {
    const error = await failureOf("SELECT '😀é', missing;");
    expect(error.message).toBe('m/001.sql:1:14: column "missing" does not exist');
    expect(error.detail?.split('\n')[1]).toBe('    |              ^');
  });

  test('shows the place of a syntax error, which the parser cannot split', async () => {
    const error = await failureOf('CREATE TABLE a (i int);\nCREATE INDX a_i ON a (i);\n');
    expect(error.message).toBe('m/001.sql:2:8: syntax error at or near "INDX"');
  });

  test('points at the statement when the server gives no position', async () => {
    const error = await failureOf('CREATE TABLE a (i int);\n-- twice\nCREATE TABLE a (i int);\n');
    expect(error.message).toBe('m/001.sql:3:1: relation "a" already exists');
  });

  test('leaves nothing of itself behind', async () => {
    await failureOf('CREATE TABLE a (i int);\nSELECT missing;');
    await expect(apply('CREATE TABLE a (i int);')).resolves.toBeUndefined();
  });
});

test('statements with semicolons inside quotes and bodies are kept whole', async () => {
  await apply(
    `DO $$ BEGIN PERFORM 1; END $$;\nSELECT ';'; -- a ; comment\nCREATE TABLE b (t text DEFAULT ';')`,
  );
  await expect(apply('SELECT t FROM b')).resolves.toBeUndefined();
});
