import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { run } from '../bench/main.ts';
import { isCopied } from '../bench/model/dataset.ts';
import { ExitCode } from '../bench/model/errors.ts';
import { pathOf } from '../bench/model/file-location.ts';
import { capturedIo } from './fixtures/captured-io.ts';
import { locksDuring, shopFile, writtenIn } from './fixtures/shop.ts';
import { storedResult } from './fixtures/stored-result.ts';
import { BY_CUSTOMER, triesInShop } from './fixtures/tries-in-shop.ts';

const { own, shop, kept, urlOf, tried, initialised, sqlFile } = triesInShop();

const sha256 = async (file: string): Promise<string> =>
  createHash('sha256')
    .update(await readFile(file))
    .digest('hex');

test('a migration is judged on a copy of a database, with the statements that it runs', async () => {
  const { code, io } = await tried([BY_CUSTOMER]);
  expect(code, io.err()).toBe(ExitCode.done);
  const result = await storedResult(own.out);
  expect(result.run.command).toMatch(
    / try --from postgres:\/\/reader@127\.0\.0\.1:\d+\/shop .*by-customer\.sql$/,
  );
  expect(result.candidate.indexes.map(({ name }) => name)).toEqual(['sales.orders_by_customer']);
  expect(result.source?.tables).toContainEqual({ table: 'sales.orders', rows: 20_000, copiedRows: 20_000 });
  expect(result.source?.statements).toMatchObject({ observed: 6, replayed: 6, leftOut: [] });
  expect(result.migration).toBeDefined();
  expect(io.err()).toMatch(/Statements +6 of 6, 100\.0 % of the execution time/);
  expect(io.err()).toMatch(/ok {2}source .* 3 tables {3}6 statements\n/);
  expect(io.err()).toMatch(/rebuilt, the same; the migration can be applied/);
});

test('the source is read, and nothing else: no write, no lock above AccessShare', async () => {
  const before = await writtenIn(shop());
  const locks = await locksDuring(shop(), 'reader', () => initialised([BY_CUSTOMER]));
  expect(locks).toEqual(['AccessShareLock']);
  expect(await writtenIn(shop())).toEqual(before);
});

test('a suite that is kept has the rows of the source, to the last byte', async () => {
  const { suite } = await initialised([BY_CUSTOMER]);
  const files = suite.dataset.tables.map((table) => (isCopied(table) ? pathOf(table.file) : ''));
  const [customers = ''] = files.filter((name) => name.endsWith('-customers.copy'));
  expect((await readFile(customers, 'utf8')).split('\n')[0]).toBe('1\tc1@example.org\tBnn 1');
  const seeded = capturedIo();
  const argv = ['run', '--suite', kept('suite'), '--baseline', 'shipped', '--budget', '1', '--out', own.out];
  expect(await run(argv, seeded), seeded.err()).toBe(ExitCode.done);
  const { dataset } = await storedResult(own.out);
  expect(dataset.tables.map(({ sha256: sum }) => sum)).toEqual(await Promise.all(files.map(sha256)));
});

test('init writes the suite that try would measure', async () => {
  const { suite, io } = await initialised([BY_CUSTOMER]);
  expect(suite.writes.map(({ sql }) => sql)).toContain('UPDATE sales.orders SET note = $2 WHERE id = $1');
  expect(suite.reads.map(({ title }) => title)).toContain('orders by customer_id: a frequent value');
  expect(io.err()).toMatch(/6 of 6 are measured\n/);
  const [, flags = ''] = /run --suite \S+ (--baseline shipped --pg \d+ --mix .+)\n/.exec(io.out()) ?? [];
  const [reads, writes] = (/--mix ([\d.]+):([\d.]+)/.exec(flags) ?? []).slice(1).map(Number);
  expect((reads ?? 0) / (writes ?? 0)).toBeCloseTo(suite.mix.reads / suite.mix.writes, 2);
  expect(await readFile(kept('suite', 'README.md'), 'utf8')).toContain(`run --suite . ${flags}\n`);
});

test('indexes that are built concurrently are those of the plain form', async () => {
  const found: unknown[] = [];
  for (const file of ['by-customer-concurrently.sql', 'events-by-customer.sql']) {
    const out = kept(file);
    const { code, io } = await tried(['--quiet', '--out', out, shopFile(file)]);
    expect(code, io.err()).toBe(ExitCode.done);
    expect(io.err()).not.toMatch(/ok {2}|Source/);
    const { candidate, reads, writes } = await storedResult(out);
    found.push({
      indexes: candidate.indexes.map(({ name, bytes, isValid }) => ({ name, bytes, isValid })),
      plans: reads.map((read) => (read.state === 'measured' ? read.plans.after.indexes : [])),
      wal: writes.map((write) => (write.state === 'measured' ? write.counters?.after.steady.records : 0)),
    });
  }
  expect(found[0]).toEqual(found[1]);
});

test('of a large source a sample is taken, and the suite says how much', async () => {
  const { suite, io } = await initialised(['--max-size', '1MB', BY_CUSTOMER]);
  const orders = suite.source?.tables.find(({ table }) => table === 'sales.orders');
  expect(orders?.copiedRows).toBeGreaterThan(100);
  expect(orders?.copiedRows).toBeLessThan(20_000);
  expect(io.err()).toMatch(/larger than --max-size/);
});

test('tables that are left out stay empty, without the foreign keys that refer to them', async () => {
  const { suite } = await initialised(['--exclude', 'customers', BY_CUSTOMER]);
  expect(suite.source?.leftOut).toContainEqual({
    object: 'foreign key orders_customer_id_fkey of sales.orders',
    reason: 'the rows of customers are not copied',
  });
});

const TWO_SCHEMAS = `
  CREATE EXTENSION pg_stat_statements SCHEMA public;
  CREATE SCHEMA app;
  CREATE TABLE app.orders (id integer PRIMARY KEY, customer_id integer);
  CREATE TABLE public.orders (id integer PRIMARY KEY);
  INSERT INTO app.orders SELECT i, i % 100 FROM generate_series(1, 5000) AS i;
  ALTER DATABASE two_schemas SET search_path = app, public;`;

test('a table that the role may not read and nothing needs stays empty, and is named', async () => {
  const { suite } = await initialised([BY_CUSTOMER], urlOf('shop', 'clerk'));
  expect(suite.source?.leftOut).toContainEqual({
    object: 'the rows of "Event Log"',
    reason: 'the role may not read them, and nothing that is measured needs them',
  });
  expect(suite.source?.tables).toContainEqual(
    expect.objectContaining({ table: '"Event Log"', copiedRows: 0 }),
  );
  expect(suite.source?.statements.leftOut).toMatchObject([{ reason: '"Event Log" is not carried over' }]);
});

test('names without a schema are looked up where the source looks them up, by run --suite too', async () => {
  await shop().asOwner((owner) => owner.query('CREATE DATABASE two_schemas TEMPLATE template0'));
  await shop().inDatabase('two_schemas', (owner) => owner.query(TWO_SCHEMAS));
  await shop().inDatabase('two_schemas', async (owner) => {
    for (let at = 0; at < 20; at++) await owner.query('SELECT id FROM orders WHERE customer_id = $1', [at]);
  });
  const file = await sqlFile('orders.sql', 'CREATE INDEX orders_by_customer ON orders (customer_id);');
  const from = urlOf('two_schemas');
  const { suite, io } = await initialised([file], from);
  expect(io.err()).toMatch(/Names +without a schema are looked up in app, public: the search_path of role /);
  expect(suite.searchPath).toEqual(['app', 'public']);
  const again = capturedIo();
  const argv = ['run', '--suite', kept('suite'), '--baseline', 'shipped', '--budget', '1', '--out', own.out];
  expect(await run(argv, again), again.err()).toBe(ExitCode.done);
  const { candidate, reads, source } = await storedResult(own.out);
  expect(source?.searchPath?.schemas).toEqual(['app', 'public']);
  expect(candidate.indexes.map(({ name }) => name)).toEqual(['app.orders_by_customer']);
  expect(reads.flatMap((read) => (read.state === 'measured' ? read.plans.after.indexes : []))).toContain(
    'app.orders_by_customer',
  );
});

test('a source in another encoding is measured in that, with all its letters', async () => {
  await shop().asOwner((owner) =>
    owner.query(`CREATE DATABASE latin TEMPLATE template0 ENCODING 'LATIN1'
                 LOCALE_PROVIDER libc LC_COLLATE 'C' LC_CTYPE 'C'`),
  );
  await shop().inDatabase('latin', async (owner) => {
    await owner.query(`
      CREATE EXTENSION pg_stat_statements;
      CREATE TABLE "cafés" (id integer PRIMARY KEY, name text);
      INSERT INTO "cafés" SELECT i, 'é' || i FROM generate_series(1, 3000) AS i;
      SELECT pg_stat_statements_reset(0, (SELECT oid FROM pg_database WHERE datname = current_database()));`);
    for (let at = 0; at < 9; at++) await owner.query('SELECT id FROM "cafés" WHERE name = $1', [`é${at}`]);
  });
  const file = await sqlFile('cafes.sql', 'CREATE INDEX cafes_by_name ON "cafés" (name);');
  const { suite, io } = await initialised([file], urlOf('latin'));
  expect(io.err()).not.toMatch(/has its text in/);
  expect(suite.locale).toEqual({ encoding: 'LATIN1', provider: 'libc', collate: 'C', ctype: 'C' });
  expect(suite.source?.statements).toMatchObject({ observed: 1, replayed: 1 });
  const [table] = suite.dataset.tables;
  expect(await readFile(table && isCopied(table) ? pathOf(table.file) : '', 'utf8')).toMatch(/^1\té1\n/);
});
