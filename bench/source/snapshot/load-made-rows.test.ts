import { afterAll, beforeAll, expect, test } from 'vitest';
import { snapshotOf } from '../../../tests/fixtures/snapshot-of.ts';
import { freshDatabase, type FreshDatabase } from '../../../tests/fixtures/test-server.fixture.ts';
import { withConnection } from '../../database/connection.ts';
import { RunError } from '../../model/errors.ts';
import { loadMadeRows } from './load-made-rows.ts';

const { signal } = new AbortController();

const SCHEMA = `
  CREATE DOMAIN address AS text CONSTRAINT has_host CHECK (VALUE ~ '^https://');
  CREATE TABLE sites (id integer, site text CONSTRAINT has_scheme CHECK (site ~ '^https://'), other address,
    CONSTRAINT positive CHECK (id > 0)) PARTITION BY RANGE (id);
  CREATE TABLE sites_all PARTITION OF sites DEFAULT;
  INSERT INTO sites SELECT i, 'https://' || i, 'https://other/' || i FROM generate_series(1, 500) AS i;
  ANALYZE sites;`;

let database: FreshDatabase;
beforeAll(async () => (database = await freshDatabase()));
afterAll(() => database.drop());

test('a check that fakes break is left out and named, of a table and of a domain; others stay', async () => {
  await withConnection(database.login, signal, async (connection) => {
    await connection.query(SCHEMA);
    const snapshot = await snapshotOf(connection, { redact: { keptTexts: [] } });
    await connection.query('TRUNCATE sites');
    const { rows, leftOut } = await loadMadeRows(connection, snapshot, 100, signal);
    expect(rows).toBe(100);
    expect(leftOut.map(({ object }) => object).toSorted()).toEqual([
      'check has_host of address',
      'check has_scheme of sites_all',
    ]);
    const { rows: kept } = await connection.query(
      `SELECT conname FROM pg_constraint WHERE contype = 'c' AND conrelid = 'sites'::regclass`,
    );
    expect(kept).toEqual([{ conname: 'positive' }]);
    await connection.query(
      'TRUNCATE sites; ALTER TABLE sites ADD UNIQUE (id), ADD PRIMARY KEY (id); DROP TABLE sites',
    );
    await expect(loadMadeRows(connection, snapshot, 100, signal)).rejects.toThrow(RunError);
  });
});
