import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { FileTransaction } from '../model/candidate.ts';
import { RunError } from '../model/errors.ts';
import { withConnection } from './connection.ts';
import { applySqlFile } from './migrate.ts';
import { freshDatabase } from '../../tests/fixtures/test-server.fixture.ts';

const never = new AbortController().signal;
let database: Awaited<ReturnType<typeof freshDatabase>>;
beforeEach(async () => (database = await freshDatabase()));
afterEach(() => database.drop());

const apply = (text: string, transaction?: FileTransaction) =>
  withConnection(database.login, never, (connection) =>
    applySqlFile(connection, { path: 'm/001.sql', text, ...(transaction && { transaction }) }),
  );

const failureOf = async (...asked: Parameters<typeof apply>): Promise<RunError> => {
  const error: unknown = await apply(...asked).catch((caught: unknown) => caught);
  if (!(error instanceof RunError)) throw new Error(`expected a RunError, got ${String(error)}`);
  return error;
};

describe('a SQL file that fails', () => {
  test('names file, line and column of the mistake and puts a caret under it', async () => {
    const error = await failureOf('CREATE TABLE a (i int);\n\n-- then\nSELECT\n  nothing FROM a;\n');
    expect(error.message).toBe('m/001.sql:5:3: column "nothing" does not exist');
    expect(error.detail).toBe('  5 |   nothing FROM a;\n    |   ^');
  });

  test('counts characters, not bytes or UTF-16 units, and puts the caret where a terminal shows the place', async () => {
    const error = await failureOf("SELECT '😀é', missing;");
    expect(error.message).toBe('m/001.sql:1:14: column "missing" does not exist');
    expect(error.detail?.split('\n')[1]).toBe('    |               ^');
  });

  test('puts the caret under the place behind tabs, and before the end of a Windows line', async () => {
    expect((await failureOf('SELECT\r\n\t\tmissing;\r\n')).detail).toBe('  2 |   missing;\n    |   ^');
  });

  test('shows the part of a long line that the place is in', async () => {
    const { message, detail } = await failureOf(
      `SELECT '${'x'.repeat(5000)}', missing, '${'y'.repeat(5000)}';`,
    );
    expect(message).toBe('m/001.sql:1:5012: column "missing" does not exist');
    const [source = '', caret = ''] = detail?.split('\n') ?? [];
    expect(source).toMatch(/^ {2}1 \| …x+', missing, 'y+…$/);
    expect(caret.indexOf('^')).toBe(source.indexOf('missing'));
  });

  test('says so when a deferred check fails at the end', async () => {
    const error = await failureOf(
      'CREATE TABLE a (i int UNIQUE DEFERRABLE INITIALLY DEFERRED);\nINSERT INTO a VALUES (1), (1);',
    );
    expect(error.message).toMatch(/^m\/001\.sql: duplicate key value/);
    expect(error.detail).toContain('when the transaction of the file was committed');
  });

  test('shows the place of a syntax error, which the parser cannot split', async () => {
    const error = await failureOf('CREATE TABLE a (i int);\nCREATE INDX a_i ON a (i);\n');
    expect(error.message).toBe('m/001.sql:2:8: syntax error at or near "INDX"');
  });

  test('points at the statement when the server gives no position', async () => {
    const error = await failureOf('CREATE TABLE a (i int);\n-- twice\nCREATE TABLE a (i int);\n');
    expect(error.message).toBe('m/001.sql:3:1: relation "a" already exists');
  });

  test('leaves no trace', async () => {
    await failureOf('CREATE TABLE a (i int);\nSELECT missing;');
    await expect(apply('CREATE TABLE a (i int);')).resolves.toBeUndefined();
  });
});

describe('a SQL file with a statement that no transaction can have', () => {
  test.each([
    ['CREATE INDEX CONCURRENTLY a_i ON a (i)'],
    ['CREATE INDEX a_i ON a (i);\nREINDEX INDEX CONCURRENTLY a_i'],
    ['CREATE INDEX a_i ON a (i);\nDROP INDEX CONCURRENTLY a_i'],
    ['VACUUM (ANALYZE) a'],
    ["CREATE TYPE mood AS ENUM ('sad');\nALTER TYPE mood ADD VALUE 'glad';\nSELECT 'glad'::mood"],
    [
      'CREATE TABLE p (i int) PARTITION BY LIST (i);\nCREATE TABLE p1 PARTITION OF p FOR VALUES IN (1);\nALTER TABLE p DETACH PARTITION p1 CONCURRENTLY',
    ],
    ['BEGIN;\nCREATE INDEX a_i ON a (i);\nCOMMIT'],
    ['START TRANSACTION;\nSELECT;\nROLLBACK'],
  ])('is applied statement by statement: %s', async (statements) => {
    await apply(`CREATE TABLE a (i int);\n${statements};`);
    await expect(apply('SELECT i FROM a')).resolves.toBeUndefined();
  });

  test('keeps what was done before its statement that fails', async () => {
    const error = await failureOf('CREATE TABLE a (i int);\nVACUUM a;\nSELECT missing;');
    expect(error.message).toBe('m/001.sql:3:8: column "missing" does not exist');
    await expect(apply('SELECT i FROM a')).resolves.toBeUndefined();
  });

  test('is refused where its transaction does not end, and leaves none open', async () => {
    const error = await failureOf('VACUUM;\n  BEGIN;\nCREATE TABLE a (i int);');
    expect(error.message).toBe('m/001.sql:2:3: the transaction that begins here does not end in the file');
    await expect(apply('CREATE TABLE a (i int);')).resolves.toBeUndefined();
  });
});

describe('a SQL file whose transactions are said', () => {
  const concurrently = 'CREATE INDEX CONCURRENTLY a_i ON a (i);';

  test.each<[FileTransaction, string]>([
    ['whole', concurrently],
    ['whole', `SELECT 1;\n${concurrently}`],
    ['message', `SELECT 1;\n${concurrently}`],
  ])('is refused by the server where it is %s: %s', async (transaction, text) => {
    await apply('CREATE TABLE a (i int);');
    const { message } = await failureOf(text, transaction);
    expect(message).toMatch(
      /^m\/001\.sql:\d:1: CREATE INDEX CONCURRENTLY cannot run inside a transaction block/,
    );
  });

  test.each<[FileTransaction, string]>([
    ['none', `SELECT 1;\n${concurrently}`],
    ['message', concurrently],
    ['message', `BEGIN;\nSELECT 1;\nCOMMIT;\n${concurrently}`],
  ])('is applied where it is %s: %s', async (transaction, text) => {
    await apply('CREATE TABLE a (i int);');
    await apply(text, transaction);
    await expect(apply('DROP INDEX a_i;')).resolves.toBeUndefined();
  });

  test.each<[FileTransaction, boolean]>([
    ['whole', false],
    ['message', false],
    ['none', true],
  ])('that is %s and fails, keeps what was done before: %s', async (transaction, isKept) => {
    await failureOf('CREATE TABLE a (i int);\nSELECT missing;', transaction);
    const after = apply('SELECT i FROM a;').then(
      () => true,
      () => false,
    );
    expect(await after).toBe(isKept);
  });
});

describe('a SQL file that cannot be applied', () => {
  test.each(["PREPARE TRANSACTION 'p'", "COMMIT PREPARED 'p'", "ROLLBACK PREPARED 'p'"])(
    'is refused before it changes anything, because of %s',
    async (statement) => {
      const error = await failureOf(`CREATE TABLE a (i int);\n  ${statement};\nSELECT missing;`);
      expect(error.message).toBe(
        'm/001.sql:2:3: a prepared transaction outlives the run: write BEGIN and COMMIT, or neither',
      );
      expect(error.detail).toBe(`  2 |   ${statement};\n    |   ^`);
      await expect(apply('CREATE TABLE a (i int);')).resolves.toBeUndefined();
    },
  );

  test('is refused because of COPY FROM STDIN, which would wait for rows', async () => {
    const error = await failureOf('CREATE TABLE a (i int);\nCOPY a FROM STDIN;');
    expect(error.message).toBe(
      'm/001.sql:2:1: COPY FROM STDIN waits for rows, and a migration has no client that sends them',
    );
  });

  test('is refused because of a NUL, which would hide the rest of it', async () => {
    const error = await failureOf('CREATE TABLE a (i int);\n\0 SELECT missing;');
    expect(error.message).toBe('m/001.sql:2:1: the file has a NUL character');
  });

  test('is not executed in part where only the server can parse it', async () => {
    const deep = `SELECT 1${'+1'.repeat(20_000)}`;
    expect(await failureOf(`CREATE TABLE a (i int);\nCOMMIT;\n${deep};`)).toBeInstanceOf(RunError);
    await expect(apply('CREATE TABLE a (i int);')).resolves.toBeUndefined();
  });

  test('may set savepoints and go back to them', async () => {
    await apply('CREATE TABLE a (i int); SAVEPOINT s; DROP TABLE a; ROLLBACK TO s; RELEASE s;');
    await expect(apply('SELECT i FROM a')).resolves.toBeUndefined();
  });
});

test('statements with semicolons inside quotes and bodies are kept whole', async () => {
  await apply(
    `DO $$ BEGIN PERFORM 1; END $$;\nSELECT ';'; -- a ; comment\nCREATE TABLE b (t text DEFAULT ';')`,
  );
  await expect(apply('SELECT t FROM b')).resolves.toBeUndefined();
});
