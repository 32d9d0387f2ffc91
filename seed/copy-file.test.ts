import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { withConnection } from '../bench/database/connection.ts';
import { freshDatabase } from '../tests/fixtures/test-server.fixture.ts';
import { loadTables } from './load.ts';

const { signal } = new AbortController();

let database: Awaited<ReturnType<typeof freshDatabase>>;
let folder: string;
beforeAll(async () => {
  database = await freshDatabase();
  folder = await mkdtemp(join(tmpdir(), 'copy-'));
});
afterAll(async () => {
  await database.drop();
  await rm(folder, { recursive: true });
});

test('a file of COPY text becomes the rows of a table at every scale, newlines in values too', async () => {
  const text = ['1\tone', '2\ttwo\\nlines', '3\t\\N', ''].join('\n');
  await writeFile(join(folder, 'notes.copy'), text);
  const notes = { name: 'notes', columns: ['id', 'note'], file: join(folder, 'notes.copy'), rows: 3 };
  await withConnection(database.login, signal, async (connection) => {
    await connection.query('CREATE TABLE notes (id integer, note text)');
    const { loads } = await loadTables([connection], { tables: [notes], scale: 0.01, seed: 1, signal });
    const sha256 = createHash('sha256').update(text).digest('hex');
    expect(loads).toMatchObject([{ table: 'notes', rows: 3, bytes: text.length, sha256 }]);
    const { rows } = await connection.query({
      text: 'SELECT id, note FROM notes ORDER BY id',
      rowMode: 'array',
    });
    expect(rows).toEqual([
      ['1', 'one'],
      ['2', 'two\nlines'],
      ['3', null],
    ]);
  });
});

test('a file that is no COPY text fails with the name of its table', async () => {
  await writeFile(join(folder, 'broken.copy'), 'x\n');
  const broken = { name: 'broken', columns: ['id'], file: join(folder, 'broken.copy'), rows: 1 };
  await withConnection(database.login, signal, async (connection) => {
    await connection.query('CREATE TABLE broken (id integer)');
    await expect(loadTables([connection], { tables: [broken], scale: 1, seed: 1, signal })).rejects.toThrow(
      'Loading table "broken" failed: invalid input syntax for type integer: "x"',
    );
  });
});

test('a table without columns has as many rows as its file has lines', async () => {
  await writeFile(join(folder, 'markers.copy'), '\n\n\n');
  const markers = { name: 'markers', columns: [], file: join(folder, 'markers.copy'), rows: 3 };
  await withConnection(database.login, signal, async (connection) => {
    await connection.query('CREATE TABLE markers ()');
    await loadTables([connection], { tables: [markers], scale: 1, seed: 1, signal });
    expect((await connection.query('SELECT FROM markers')).rowCount).toBe(3);
  });
});
