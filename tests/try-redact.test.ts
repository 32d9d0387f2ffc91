import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { run } from '../bench/main.ts';
import { ExitCode } from '../bench/model/errors.ts';
import { capturedIo } from './fixtures/captured-io.ts';
import { ownDirectories } from './fixtures/own-directories.ts';
import { startShop } from './fixtures/shop.ts';
import { readerUrl, type Source } from './fixtures/source.ts';
import { storedResult } from './fixtures/stored-result.ts';

const PEOPLE = `
  CREATE TABLE towns (name text PRIMARY KEY);
  CREATE TABLE people (
    id integer PRIMARY KEY,
    email text NOT NULL UNIQUE,
    town text NOT NULL REFERENCES towns,
    state text NOT NULL CHECK (state IN ('active', 'gone')),
    profile jsonb NOT NULL
  );
  CREATE INDEX people_gone ON people (id) WHERE state = 'gone';
  INSERT INTO towns SELECT 'Quarzstadt ' || chr(65 + i) FROM generate_series(0, 19) AS i;
  INSERT INTO people
    SELECT i, 'zoltan' || i || '@kupferwerk.org', 'Quarzstadt ' || chr(65 + i * i % 20), CASE WHEN i % 9 = 0 THEN 'gone' ELSE 'active' END,
           jsonb_build_object('nickname', 'Wolke' || i % 30)
    FROM generate_series(1, 5000) AS i;
  ANALYZE;
  SELECT * FROM people WHERE town = 'Quarzstadt A';`;

const QUERIES = `
  /* Zoltan's */ SELECT id FROM people WHERE town = $1 -- in Quarzstadt
    AND id > 0;
  SELECT id FROM people WHERE email ~ '^zoltan7';
  SELECT id FROM people WHERE email = 'zoltan77@kupferwerk.org';
  SELECT id FROM people WHERE town LIKE 'Quarzst%' AND state = 'gone';
  SELECT id FROM people WHERE profile ->> 'nickname' = 'Wolke7';
  UPDATE people SET town = $1 WHERE id = $2;
  MERGE INTO people USING towns ON town = name AND name = 'Quarzstadt B' WHEN MATCHED THEN DELETE;`;

/** None of it is a literal of the schema. */
const ORIGINAL = /zoltan|kupferwerk|quarzst|wolke/i;

const own = ownDirectories();
let shop: Source;
beforeAll(async () => {
  shop = await startShop();
  await shop.asOwner((owner) => owner.query(PEOPLE));
});
afterAll(() => shop.stop());
afterEach(() => rm(folder(), { recursive: true, force: true }));

const folder = (...names: string[]): string => join(`${own.out}-redacted`, ...names);

async function written(name: string, text: string): Promise<string> {
  await mkdir(folder(), { recursive: true });
  await writeFile(folder(name), text);
  return folder(name);
}

const from = (): string[] => ['--from', readerUrl(shop), '--redact'];

async function asked(words: readonly string[], source = [...from(), '--yes']) {
  vi.stubEnv('PGPASSWORD', 'reads');
  const io = capturedIo();
  const code = await run([...words, ...source], io);
  vi.unstubAllEnvs();
  return { code, io };
}

/** The texts of all files below a directory. */
async function textsBelow(directory: string): Promise<[name: string, text: string][]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
  return Promise.all(
    files.map(async (file): Promise<[string, string]> => [file, await readFile(file, 'utf8')]),
  );
}

test('no text of the source is in the suite or in a report, and all statements find rows', async () => {
  const queries = await written('queries.sql', QUERIES);
  const migration = await written('by-town.sql', 'CREATE INDEX people_by_town ON people (town);');
  const { code, io } = await asked([
    ...['try', '--save', folder('suite'), '--out', own.out, '--budget', '1'],
    ...['--queries', queries, '--tables', 'people,towns', migration],
  ]);
  expect(code, io.err()).toBe(ExitCode.done);
  expect(io.out() + io.err()).not.toMatch(ORIGINAL);
  const files = [...(await textsBelow(folder('suite'))), ...(await textsBelow(own.out))];
  expect(files.length).toBeGreaterThan(8);
  for (const [name, text] of files) expect(ORIGINAL.exec(text), name).toBeNull();
  const { source, reads } = await storedResult(own.out);
  expect(source?.statements).toMatchObject({ observed: 7, replayed: 5 });
  expect(source?.statements.leftOut).toContainEqual(
    expect.objectContaining({ sql: "SELECT id FROM people WHERE email ~ '...'" }),
  );
  expect(source?.leftOut[0]?.reason).toMatch(/fakes of the same length/);
  expect(reads.map(({ state }) => state)).not.toContain('failed');
  const readme = await readFile(folder('suite', 'README.md'), 'utf8');
  expect(readme).toMatch(/This is no\s+anonymisation/);
});

test('no text of the source is in a snapshot, or in what is made of it', async () => {
  const migration = await written('by-town.sql', 'CREATE INDEX people_by_town ON people (town);');
  await shop.asOwner((owner) => owner.query(`SELECT id FROM people WHERE town = 'Quarzstadt B' AND id > 7`));
  const snapshot = folder('people.json');
  const taken = await asked(['snapshot', '--tables', 'people,towns', '--out', snapshot], from());
  expect(taken.code, taken.io.err()).toBe(ExitCode.done);
  const { code, io } = await asked(
    ['try', '--save', folder('suite'), '--out', own.out, '--budget', '1', migration],
    ['--snapshot', snapshot, '--yes'],
  );
  expect(code, io.err()).toBe(ExitCode.done);
  expect([taken.io, io].map((one) => one.out() + one.err()).join('\n')).not.toMatch(ORIGINAL);
  const files = [...(await textsBelow(folder())), ...(await textsBelow(own.out))];
  expect(files.length).toBeGreaterThan(8);
  for (const [name, text] of files) expect(ORIGINAL.exec(text), name).toBeNull();
});

test('a fake that a constraint does not take is told before anything is measured', async () => {
  await shop.asOwner((owner) =>
    owner.query(`
      CREATE TABLE parcels (code text CONSTRAINT of_parcel CHECK (code ~ '^P[0-9]+$'));
      INSERT INTO parcels SELECT 'P' || i FROM generate_series(1, 100) AS i`),
  );
  const queries = await written('queries.sql', 'SELECT * FROM parcels WHERE code = $1');
  const migration = await written('parcels.sql', 'CREATE INDEX parcels_code ON parcels (code);');
  const words = ['init', '--tables', 'parcels', '--queries', queries, migration];
  const refused = await asked([...words, '--out', folder('refused')]);
  expect(refused.code).toBe(ExitCode.incomplete);
  expect(refused.io.err()).toMatch(/"parcels" failed: .*"of_parcel"[^]*--keep-text parcels\.code/);
  const kept = await asked([...words, '--out', folder('kept'), '--keep-text', 'parcels.code']);
  expect(kept.code, kept.io.err()).toBe(ExitCode.done);
  const [suite, readme] = await Promise.all(
    ['suite.ts', 'README.md'].map((name) => readFile(folder('kept', name), 'utf8')),
  );
  expect(suite).toMatch(/copied as they are of parcels\.code \(--keep-text\)/);
  expect(kept.io.err()).toMatch(/copied as they are of parcels\.code/);
  expect(readme).toMatch(/Texts of the database are in parcels\.code\b/);
});

test('columns that keep their texts go with --redact', async () => {
  const io = capturedIo();
  const words = ['init', '--from', readerUrl(shop), '--keep-text', 'people.town', 'missing.sql'];
  expect(await run(words, io)).toBe(ExitCode.usage);
  expect(io.err()).toMatch(/--keep-text: goes with --redact/);
});
