import { afterEach, expect, test } from 'vitest';
import { catalogSnapshot } from '../database/catalog-snapshot.fixture.ts';
import { withConnection, type Connection } from '../database/connection.ts';
import { createDatabase, dropDatabase } from '../database/databases.ts';
import { databaseName, type Server } from '../database/server.ts';
import type { GeneratedTable } from '../model/dataset.ts';
import { defineSuite } from '../suite/define-suite.ts';
import { completeSuite } from '../suite/suite.ts';
import { salesAgent } from '../suites/sales-agent/suite.ts';
import { testSite } from '../../tests/fixtures/test-server.fixture.ts';
import { loadDataset } from './load-dataset.ts';
import { migrate } from './template.ts';

const { server, signal } = testSite();
const database = databaseName(server, 'loaded');
afterEach(() => dropDatabase({ server, signal }, database));

const inside = <T>(use: (connection: Connection) => Promise<T>): Promise<T> =>
  withConnection(server.owner(database), signal, use);

test('the catalog is the same after the load, and the rows are, however many sessions load them', async () => {
  await migrate(server, database, salesAgent, signal);
  await inside(async (connection) => {
    const before = await catalogSnapshot(connection);
    const load = async (threads: number, on: Server = server): Promise<string[]> => {
      const request = { suite: salesAgent, scale: 0.02, seed: 7, threads };
      const { tables } = await loadDataset({ server: on, signal }, connection, request);
      expect(await catalogSnapshot(connection)).toEqual(before);
      await connection.query(`TRUNCATE ${tables.map(({ table }) => table).join(', ')} CASCADE`);
      return tables.map(({ sha256 }) => sha256);
    };
    const rows = await load(1);
    expect(await load(3)).toEqual(rows);
    expect(await load(3, { ...server, maxSessions: 2 })).toEqual(rows);
  });
});

const table = (name: string, columns: string[], row: GeneratedTable['row']): GeneratedTable => ({
  ...{ name, columns, rowsAtScaleOne: 100, row },
});

const parents = table('parents', ['id'], (_, ordinal) => [ordinal]);
const withTables = (...tables: GeneratedTable[]) =>
  completeSuite(
    defineSuite({ name: 'family', migrations: [], candidate: { up: 'none.sql' }, dataset: { tables } }),
  );

async function loadFamily(sql: string, child: GeneratedTable['row']): Promise<void> {
  await createDatabase({ server, signal }, database);
  await inside(async (connection) => {
    await connection.query(`
      CREATE TABLE parents (id integer PRIMARY KEY);
      CREATE TABLE children (id integer, parent integer REFERENCES parents, note text);
      ${sql}`);
    const suite = withTables(parents, table('children', ['id', 'parent', 'note'], child));
    await loadDataset({ server, signal }, connection, { suite, scale: 1, seed: 1, threads: 2 });
  });
}

test('a row that refers to none fails with its table and the key', async () => {
  await expect(loadFamily('', (_, ordinal) => [ordinal, ordinal + 50, ''])).rejects.toMatchObject({
    message:
      'Loading table "children" failed: insert or update on table "children" violates foreign key constraint "children_parent_fkey"',
    detail: expect.stringMatching(/^Key \(parent\)=\(\d+\) is not present in table "parents"\.$/) as string,
  });
});

test('an index that a row is too large for fails with its table', async () => {
  const large = (): string => Array.from({ length: 4000 }, () => Math.random().toString(36)).join('');
  await expect(
    loadFamily('CREATE INDEX ON children (note)', (_, ordinal) => [ordinal, ordinal, large()]),
  ).rejects.toThrow(/^Loading table "children" failed: index row requires \d+ bytes/);
});

test('where a trigger looks at other tables, they are loaded in their order', async () => {
  await loadFamily(
    `CREATE FUNCTION complain() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
       IF NOT EXISTS (SELECT FROM parents WHERE id = NEW.parent) THEN RAISE 'too early'; END IF;
       RETURN NEW;
     END $$;
     CREATE TRIGGER complain BEFORE INSERT ON children FOR EACH ROW EXECUTE FUNCTION complain()`,
    (_, ordinal) => [ordinal, ordinal, ''],
  );
});
