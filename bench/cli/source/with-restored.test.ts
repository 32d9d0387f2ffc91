import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { capturedIo } from '../../../tests/fixtures/captured-io.ts';
import { loginTo, startServer } from '../../../tests/fixtures/test-server.fixture.ts';
import { withConnection } from '../../database/connection.ts';
import { localeOf } from '../../database/locale.ts';
import { catalogLogin, type Login } from '../../database/login.ts';
import { copyTables } from '../../source/copy-tables.ts';
import { examineDump } from '../../source/dump/dump-file.ts';
import { withSource, type Source, type SourcePlace } from '../../source/open-source.ts';
import { findPrograms } from '../../source/postgres-programs.ts';
import { planSample } from '../../source/sample/sample-plan.ts';
import { catalogDifferences } from '../../source/schema/compare-catalogs/compare-catalogs.ts';
import { findDumpAndServer } from '../../source/schema/dump-and-server.fixture.ts';
import { findOmitted } from '../../source/schema/left-out.ts';
import { everyKind } from '../../source/schema/rebuilding.fixture.ts';
import { sourceTables } from '../../source/source-tables.ts';
import { withRestored } from './with-restored.ts';

const { signal } = new AbortController();
const run = promisify(execFile);

const both = await findDumpAndServer();
const noDump = both ? '' : ' (skipped: no pg_dump with a server of its major)';
const restores = (await findPrograms('pg_restore')).some(({ major }) => major >= (both?.major ?? 0));
const noRestore = noDump || (restores ? '' : ' (skipped: no pg_restore)');

/** Rows with all that COPY and INSERT write in another way. */
const ROWS = `
  CREATE TABLE shop.notes (id integer GENERATED ALWAYS AS IDENTITY, note text, doubled integer GENERATED ALWAYS AS (2 * 3) STORED);
  INSERT INTO shop.notes (note)
    SELECT (ARRAY[E'a\\n\\\\.\\nb', E'\\\\N', E'tab\\there; and ''quotes''', NULL, '', E'-- no\\r\\ncomment', '$$ä€😀'])[1 + i % 7]
    FROM generate_series(1, 5000) AS i;
  INSERT INTO shop.orders (id, day, note) SELECT i % 3, date '2024-06-01' + i, 'n' || i FROM generate_series(1, 300) AS i;`;

let folder: string;
let login: Login;
let stop = (): Promise<void> => Promise.resolve();
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dumps-'));
  if (!both) return;
  const started = await startServer({}, both.major);
  stop = started.stop;
  const admin = started.server.admin().url;
  const query = (database: string, sql: string) =>
    withConnection(loginTo(admin, database), signal, (connection) => connection.query(sql));
  await query('postgres', 'CREATE DATABASE shop');
  await query('shop', everyKind(both.major) + ROWS);
  await query(
    'postgres',
    "CREATE DATABASE latin TEMPLATE template0 ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C'",
  );
  login = { ...catalogLogin(loginTo(admin, 'shop').url), environment: 'ignored' };
});
afterAll(async () => {
  await stop();
  await rm(folder, { recursive: true });
});

const checksums = async (source: Source): Promise<unknown> => {
  const tables = (await sourceTables(source.connection)).filter(({ columns }) => columns.length > 0);
  const sample = planSample(tables, [], Infinity);
  const copies = await copyTables(
    source,
    { tables, sample, redaction: undefined },
    () => '/dev/null',
    () => undefined,
    signal,
  );
  return copies.map(({ table, rows, sha256 }) => ({ table: table.name, rows, sha256 }));
};

/** The same catalog and the same rows as the source. */
const expectTheSame = (place: SourcePlace): Promise<void> =>
  withSource({ login }, signal, (source) =>
    withSource(place, signal, async (restored) => {
      const leftOut = await findOmitted(source.connection);
      expect(await catalogDifferences(source.connection, restored.connection, leftOut)).toEqual([]);
      expect(await checksums(restored)).toEqual(await checksums(source));
    }),
  );

async function restoredFrom(name: string, flags: readonly string[]): Promise<void> {
  const path = join(folder, name);
  await run(both?.path ?? '', [...flags, `--file=${path}`, login.url]);
  const dump = await examineDump(path);
  expect(Math.floor(Number(dump.header.version))).toBe(both?.major);
  await withRestored(dump, false, capturedIo(), expectTheSame);
}

test.skipIf(noDump).each([
  ['plain.sql', []],
  ['packed.sql.gz', ['--compress=6']],
  ['created.sql', ['--create', '--clean', '--if-exists']],
  ['cleaned.sql', ['--clean', '--inserts']],
])(`%s has the catalog and the rows of its database${noDump}`, restoredFrom);

test.skipIf(noRestore).each([
  ['custom.dump', ['--format=custom']],
  ['directory', ['--format=directory']],
  ['archive.tar', ['--format=tar']],
])(`%s, which pg_restore reads, has them, too${noRestore}`, restoredFrom);

/** What is known of the original, and of what was left out, of a dump of a database in LATIN1. */
async function latinFrom(name: string, flags: readonly string[]): Promise<SourcePlace['restored']> {
  const path = join(folder, name);
  await run(both?.path ?? '', [...flags, `--file=${path}`, login.url.replace(/shop$/, 'latin')]);
  return withRestored(await examineDump(path), false, capturedIo(), async ({ login: place, restored }) => {
    const there = await withConnection(place, signal, localeOf);
    if (restored?.locale) expect(there).toEqual(restored.locale);
    return restored;
  });
}

const LATIN = { encoding: 'LATIN1', provider: 'libc', collate: 'C', ctype: 'C' };

test.skipIf(noRestore)(`a database is restored in its encoding and collation${noRestore}`, async () => {
  expect(await latinFrom('latin.dump', ['--format=custom'])).toMatchObject({ locale: LATIN, leftOut: [] });
  expect(await latinFrom('latin.sql', ['--create'])).toMatchObject({ locale: LATIN, leftOut: [] });
});

test.skipIf(noDump)(`a dump that does not tell its encoding is named${noDump}`, async () => {
  expect(await latinFrom('untold.sql', [])).toMatchObject({
    locale: undefined,
    leftOut: [{ object: 'encoding and collation' }],
  });
});
