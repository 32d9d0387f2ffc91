import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import stringWidth from 'string-width';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { withConnection, type Connection } from '../../bench/database/connection.ts';
import { applySqlFile } from '../../bench/database/migrate.ts';
import { readSqlFile, statementsOf, type SqlFile } from '../../bench/database/sql-file.ts';
import { freshDatabase } from '../fixtures/test-server.fixture.ts';
import { RunError } from '../../bench/model/errors.ts';
import { drawing, PATIENCE_MS } from './seed.fixture.ts';
import { sqlBytes, sqlText } from './sql-texts.fixture.ts';

vi.setConfig({ testTimeout: PATIENCE_MS });

let database: Awaited<ReturnType<typeof freshDatabase>>;
let directory: string;
beforeAll(async () => {
  database = await freshDatabase();
  directory = await mkdtemp(join(tmpdir(), 'sql-'));
});
afterAll(async () => {
  await database.drop();
  await rm(directory, { recursive: true });
});

const connected = <T>(use: (connection: Connection) => Promise<T>): Promise<T> =>
  withConnection(database.login, new AbortController().signal, async (connection) => {
    await connection.query("SET statement_timeout = '20s'; SET client_min_messages = error");
    return use(connection);
  });

const isMarked = async (connection: Connection): Promise<boolean> => {
  const { rows } = await connection.query<{ marker: string | null }>(
    "SELECT to_regclass('marker') AS marker",
  );
  return rows[0]?.marker !== null;
};

/**
 * Applied, or refused with the place of the error. Of a file without a statement that decides itself about transactions
 * nothing is left then.
 */
async function expectAllOrNothing(
  connection: Connection,
  path: string,
  read: () => Promise<SqlFile>,
): Promise<void> {
  const file = await read().catch(() => undefined);
  const error = await failureOf(read().then((one) => applySqlFile(connection, one)));
  if (!file || (await isWhole(file))) expect(await isMarked(connection)).toBe(error === undefined);
  expect(connection.getTransactionStatus()).toBe('I');
  await connection.query('DROP SCHEMA public CASCADE; CREATE SCHEMA public');
  if (error !== undefined) expectPlace(error, path);
}

const failureOf = (applying: Promise<void>): Promise<unknown> =>
  applying.then(
    () => undefined,
    (caught: unknown) => caught,
  );

const isWhole = async (file: SqlFile): Promise<boolean> =>
  !(await statementsOf(file).catch(() => [])).some(({ standsAlone }) => standsAlone);

function expectPlace(error: unknown, path: string): void {
  expect(error).toBeInstanceOf(RunError);
  const { message, detail = '' } = error as RunError;
  expect(message.startsWith(`${path}:`)).toBe(true);
  if (detail.startsWith('  when the transaction of the file was committed')) return;
  const [source = '', caret = ''] = detail.split('\n');
  expect(source).toMatch(/^ {2}\d+ \| /);
  expect(caret).toMatch(/^ {3,}\| *\^$/);
  expect(stringWidth(caret)).toBeLessThanOrEqual(stringWidth(source) + 1);
}

test('any SQL text is applied, or refused with its place; as a whole where it does not begin transactions itself', () =>
  connected(async (connection) => {
    const applied = async (text: string): Promise<void> => {
      const file: SqlFile = { path: 'm/001.sql', text };
      await expectAllOrNothing(connection, file.path, () => Promise.resolve(file));
    };
    await fc.assert(fc.asyncProperty(sqlText, applied), drawing(4_000));
  }));

test('a file of any bytes is applied, or refused with its place', () =>
  connected(async (connection) => {
    const path = join(directory, '001.sql');
    const applied = async (bytes: Buffer): Promise<void> => {
      await writeFile(path, bytes);
      await expectAllOrNothing(connection, path, () => readSqlFile(path));
    };
    await fc.assert(fc.asyncProperty(sqlBytes, applied), drawing(1_000));
  }));
