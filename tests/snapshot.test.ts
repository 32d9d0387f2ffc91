import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { run } from '../bench/main.ts';
import { ExitCode } from '../bench/model/errors.ts';
import type { Snapshot } from '../bench/model/snapshot.ts';
import { parseSnapshot } from '../bench/source/snapshot/read-snapshot.ts';
import { capturedIo } from './fixtures/captured-io.ts';
import { findPsql, runByPsql } from './fixtures/psql.ts';
import { ownDirectories } from './fixtures/own-directories.ts';
import { startShop, writtenIn } from './fixtures/shop.ts';
import { readerUrl, type Source } from './fixtures/source.ts';

/** Texts in rows, and in statements that PostgreSQL does not normalise. */
const NOTES = `
  CREATE TABLE notes (id integer PRIMARY KEY, body text NOT NULL);
  INSERT INTO notes SELECT i, 'Quarzstadt ' || i FROM generate_series(1, 300) AS i;
  CREATE TABLE private (body text);
  INSERT INTO private SELECT 'Quarzstadt ' || i FROM generate_series(1, 300) AS i;
  ALTER TABLE private ENABLE ROW LEVEL SECURITY;
  CREATE TABLE fresh (id integer);
  INSERT INTO fresh VALUES (1);
  ANALYZE notes, private;
  SELECT body FROM notes WHERE body = 'Quarzstadt 7' /* for Zoltan */;
  SELECT count(*) AS "it's" FROM notes WHERE id < 5 /* Zoltan's */;
  SELECT count(*) AS two FROM notes WHERE id < 6 /* of /* somebody: */ Zoltan's */;
  SELECT date '2026-01-01', body FROM notes WHERE id IN (1, 2, 3);
  DO $$BEGIN PERFORM body FROM notes WHERE body LIKE 'Quarzstadt%'; END$$;`;

const ORIGINAL = /quarzst|zoltan/i;

const own = ownDirectories();
let shop: Source;
beforeAll(async () => {
  shop = await startShop();
  for (const statement of NOTES.split(/;\n/)) await shop.asOwner((owner) => owner.query(statement));
});
afterAll(() => shop.stop());
afterEach(() => rm(file(), { force: true }));

const file = (): string => `${own.out}.snapshot.json`;

async function snapshotBy(user: string, ...flags: string[]) {
  vi.stubEnv('PGPASSWORD', 'reads');
  const io = capturedIo();
  const code = await run(['snapshot', '--from', readerUrl(shop, user), ...flags], io);
  vi.unstubAllEnvs();
  return { code, io };
}

const read = (text: string): Promise<Snapshot> => parseSnapshot(text, 'snapshot.json');

test('a snapshot is one file without texts of rows, and nothing is written to the source', async () => {
  const before = await writtenIn(shop);
  const { code, io } = await snapshotBy('reader');
  expect(code, io.err()).toBe(ExitCode.done);
  expect(io.out() + io.err()).not.toMatch(ORIGINAL);
  expect(io.out() + io.err()).not.toMatch(/postgres(ql)?:\/\/|\breads\b/);
  const { tables, fanOuts, sequences, indexes, settings } = await read(io.out());
  expect(tables.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['"Event Log"', 'customers', 'fresh', 'notes', 'private', 'sales.orders']),
  );
  const orders = tables.find(({ name }) => name === 'sales.orders');
  expect(orders).toMatchObject({ rows: 20_000, activity: { inserts: 20_000 } });
  expect(fanOuts.map(({ table }) => table)).toEqual(['"Event Log"', 'sales.orders']);
  expect(sequences).toContainEqual({ name: 'customers_id_seq', last: '500' });
  expect(indexes.find(({ name }) => name === 'sales.orders_pkey')?.table).toBe('sales.orders');
  expect(settings.map(({ name }) => name)).toContain('random_page_cost');
  expect(await writtenIn(shop)).toEqual(before);
});

test('statements have the plan for any parameters, and literals are fakes', async () => {
  const { io } = await snapshotBy('reader');
  const { statements, unknown } = await read(io.out());
  const byCustomer = statements.find(({ sql }) => sql.startsWith('SELECT id, total'));
  expect(byCustomer).toMatchObject({ calls: 40, rows: 100 });
  expect(byCustomer?.plan?.signature).toMatch(/^Limit\(.*sales\.orders/);
  expect(byCustomer?.plan?.rows).toBeGreaterThan(0);
  const ofNotes = statements.filter(({ sql }) => sql.includes('FROM notes'));
  expect(ofNotes.map(({ sql, plan }) => [sql, plan?.tree.type])).toEqual(
    expect.arrayContaining([
      ['SELECT body FROM notes WHERE body = $1', 'Seq Scan'],
      [expect.stringMatching(/^SELECT date \$1, body/), expect.stringMatching(/Scan$/)],
    ]),
  );
  expect(unknown.map(({ reason }) => reason)).toContain('permission denied for table orders');
});

test('what the role may not read is named, with what follows', async () => {
  const { code, io } = await snapshotBy('stranger', '--out', file());
  expect(code, io.err()).toBe(ExitCode.done);
  expect(io.out()).toBe('');
  const { unknown, tables } = await read(await readFile(file(), 'utf8'));
  const reasons = Object.fromEntries(unknown.map(({ object, reason }) => [object, reason]));
  expect(reasons['table customers']).toMatch(/may not read it: nothing is known of its values.*GRANT SELECT/);
  expect(reasons['sequence customers_id_seq']).toMatch(/may not read it/);
  expect(tables.find(({ name }) => name === 'customers')).toMatchObject({ rows: 500, pages: 4 });
  expect(io.err()).toMatch(/Unknown +table/);
});

test('tables that were never analysed, and those that row security hides, are named', async () => {
  const { io } = await snapshotBy('reader');
  expect(io.err()).toMatch(
    /table fresh: it was never analysed: nothing is known of its values; run ANALYZE fresh/,
  );
  expect(io.err()).toMatch(/table private: row security hides its statistics/);
});

test('texts are kept where that is asked for', async () => {
  const { io } = await snapshotBy('reader', '--no-redact', '--tables', 'notes');
  const snapshot = await read(io.out());
  expect(snapshot.redacted).toBeUndefined();
  expect(snapshot.tables.map(({ name }) => name)).toEqual(['notes']);
  expect(snapshot.tables[0]?.columns[1]?.statistics?.bounds[0]).toMatch(ORIGINAL);
  expect(io.err()).toMatch(/In clear +everything: texts of rows, too/);
});

test('what is typed wrong is told at once, and nothing is read', async () => {
  const io = capturedIo();
  const words = ['snapshot', '--no-redact', '--keep-text', 'notes.body', '--out', join(own.out, '..')];
  expect(await run(words, io)).toBe(ExitCode.usage);
  expect(io.err().trim().split('\n')).toEqual([
    expect.stringMatching(/--out: .* is a directory; it takes a file/),
    expect.stringMatching(/--from: is missing; it takes the URL/),
    expect.stringMatching(/--keep-text: goes without --no-redact/),
  ]);
  const dump = capturedIo();
  expect(await run(['snapshot', '--from', import.meta.filename], dump)).toBe(ExitCode.usage);
  expect(dump.err()).toMatch(/--from: a dump has no statistics: it takes the URL of a database/);
  await expect(stat(file())).rejects.toThrow('ENOENT');
});

const psql = await findPsql();

test.skipIf(!psql)(
  'the script for psql writes a snapshot, without a schema and without texts of rows',
  async () => {
    const printed = capturedIo();
    expect(await run(['snapshot', '--script'], printed)).toBe(ExitCode.done);
    const stdout = await runByPsql(psql, printed.out(), readerUrl(shop));
    expect(stdout).not.toMatch(ORIGINAL);
    const fromScript = await read(stdout);
    const fromProgram = await read((await snapshotBy('reader')).io.out());
    const same = ({ tables, fanOuts, sequences, indexes, settings, locale }: Snapshot) => ({
      ...{ fanOuts, sequences, indexes, settings, locale },
      tables: tables.map(({ name, rows, pages, columns }) => ({
        ...{ name, rows, pages },
        columns: columns.filter(({ type }) => !/text|json/.test(type)),
      })),
    });
    expect(same(fromScript)).toEqual(same(fromProgram));
    const [bounds = [], others] = [fromScript, fromProgram].map(
      ({ tables }) => tables.find(({ name }) => name === 'notes')?.columns[1]?.statistics?.bounds,
    );
    expect(bounds.map((fake) => fake.length)).toEqual(others?.map((fake) => fake.length));
    expect(bounds.toSorted()).toEqual(bounds);
    const statements = fromScript.statements.map(({ sql }) => sql);
    expect(statements).toContain('SELECT body FROM notes WHERE body = $1');
    expect(statements).toContain('SELECT count(*) AS "it\'s" FROM notes WHERE id < $1');
    expect(statements.join()).not.toContain('AS two');
    expect(fromScript.unknown.map(({ object }) => object)).toEqual(
      expect.arrayContaining(['schema', 'table fresh', 'table private', 'statements with other quotes']),
    );
  },
);

test('a file that is something else is not replaced, and a snapshot is', async () => {
  await writeFile(file(), 'mine\n');
  const refused = await snapshotBy('reader', '--out', file());
  expect(refused.code).toBe(ExitCode.usage);
  expect(refused.io.err()).toContain('is there, and something else');
  expect(await readFile(file(), 'utf8')).toBe('mine\n');
  await rm(file());
  for (let time = 0; time < 2; time++)
    expect((await snapshotBy('reader', '--out', file())).code).toBe(ExitCode.done);
});
