import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { checkSuite } from './check-suite.ts';
import type { GeneratedTable } from '../model/dataset.ts';
import type { Suite } from './suite.ts';

export const notes: GeneratedTable = {
  name: 'notes',
  columns: ['id', 'author'],
  rowsAtScaleOne: 100,
  row: (_, ordinal) => [ordinal + 1, 1],
};

export const insert = {
  id: 'insert-notes',
  table: 'notes',
  operation: 'INSERT',
  sql: 'INSERT INTO notes DEFAULT VALUES',
};
export const keyed = {
  id: 'by-author',
  sql: 'SELECT * FROM notes WHERE author = $1',
  key: { sql: 'SELECT author FROM notes ORDER BY id LIMIT 1' },
};

/** The required keys alone. */
export const least = {
  name: 'least',
  migrations: ['schema.sql'],
  candidate: { up: '002-index.up.sql' },
  dataset: { tables: [notes] },
  reads: [{ id: 'all-notes', sql: 'SELECT count(*) FROM notes' }],
};

/** A folder for the tests of a file, with the schema and the candidate of the suites above, and what is said of suites in it. */
export function suitesInFolder() {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'suite-'));
    await writeFile(
      join(folder, 'schema.sql'),
      'CREATE TABLE notes (id serial PRIMARY KEY, author integer);',
    );
    await writeFile(join(folder, '002-index.up.sql'), 'CREATE INDEX ON notes (author);');
  });
  afterAll(() => rm(folder, { recursive: true }));

  const pathOf = (name: string): string => join(folder, name);

  async function problemsOf(exported: unknown): Promise<string[]> {
    const checked = await checkSuite(exported, folder);
    return checked.state === 'unsound'
      ? checked.problems.map((line) => line.replaceAll(folder, '<folder>'))
      : [];
  }

  async function completed(exported: unknown): Promise<Suite> {
    const checked = await checkSuite(exported, folder);
    if (checked.state === 'unsound') throw new Error(checked.problems.join('\n'));
    return checked.suite;
  }

  return { pathOf, problemsOf, completed };
}

export const without = <T extends object>(value: T, key: keyof T): Partial<T> =>
  Object.fromEntries(Object.entries(value).filter(([name]) => name !== key)) as Partial<T>;
