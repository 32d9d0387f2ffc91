import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { RunError } from '../model/errors.ts';
import { readSqlFile, statementsOf } from './sql-file.ts';

let directory: string;
beforeEach(async () => (directory = await mkdtemp(join(tmpdir(), 'sql-'))));
afterEach(() => rm(directory, { recursive: true }));

async function stored(bytes: Buffer): Promise<string> {
  const path = join(directory, '001.sql');
  await writeFile(path, bytes);
  return path;
}

test('a byte order mark is no part of the SQL', async () => {
  const file = await readSqlFile(await stored(Buffer.from('\ufeffSELECT 1')));
  expect(await statementsOf(file)).toEqual([{ text: 'SELECT 1', offset: 0 }]);
});

test('a file that is not UTF-8 is refused at its first invalid byte', async () => {
  const path = await stored(Buffer.from("-- ü\nSELECT 'é", 'latin1'));
  const error: unknown = await readSqlFile(path).catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(RunError);
  expect((error as RunError).message).toBe(`${path}:1:4: the file is not UTF-8`);
  expect((error as RunError).detail).toBe('  1 | -- \ufffd\n    |    ^');
});

test('the statements of a large file are found quickly', async () => {
  const text = "SELECT 'é';\n".repeat(50_000);
  const started = performance.now();
  const statements = await statementsOf({ path: '001.sql', text });
  expect(performance.now() - started).toBeLessThan(5_000);
  expect(statements.at(-1)).toEqual({ text: "SELECT 'é'", offset: text.length - 12 });
});
