import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshDatabase, type FreshDatabase } from '../../tests/fixtures/test-server.fixture.ts';
import { BUNDLED_MAJOR } from '../servers/server-settings.ts';
import { catalogDifferences } from '../source/schema/compare-catalogs/compare-catalogs.ts';
import { everyKind } from '../source/schema/rebuilding.fixture.ts';
import { withConnection, type Connection } from './connection.ts';
import { setAside, takesAnyOrder, type SetAsides } from './set-aside.ts';
import { tableSizes } from './table-sizes.ts';

const never = new AbortController().signal;

/** What a definition does not describe stays. */
const SPECIAL = `
  CREATE SCHEMA kept;
  CREATE TABLE kept."Parents" (id integer PRIMARY KEY, other integer UNIQUE, note text);
  CREATE TABLE kept.children (
    id integer PRIMARY KEY,
    parent integer CONSTRAINT "Of" REFERENCES kept."Parents" ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED,
    other integer CONSTRAINT commented REFERENCES kept."Parents" (other),
    note text);
  COMMENT ON CONSTRAINT commented ON kept.children IS 'kept';
  CREATE INDEX "Plain" ON kept.children (parent);
  CREATE INDEX partly ON kept.children USING btree (lower(note) DESC NULLS LAST) INCLUDE (id) WITH (fillfactor = 50) WHERE id > 3;
  CREATE INDEX clustered ON kept.children (other);
  ALTER TABLE kept.children CLUSTER ON clustered;
  CREATE INDEX commented ON kept.children (note);
  COMMENT ON INDEX kept.commented IS 'kept';
  CREATE INDEX counted ON kept.children ((id + 1));
  ALTER INDEX kept.counted ALTER COLUMN 1 SET STATISTICS 7`;

let databases: [reference: FreshDatabase, changed: FreshDatabase];
beforeAll(async () => {
  databases = [await freshDatabase(), await freshDatabase()];
  for (const { login } of databases)
    await withConnection(login, never, async (connection) => {
      await connection.query(everyKind(BUNDLED_MAJOR));
      await connection.query(SPECIAL);
    });
});
afterAll(() => Promise.all(databases.map((database) => database.drop())));

const inChanged = <T>(use: (connection: Connection) => Promise<T>): Promise<T> =>
  withConnection(databases[1].login, never, use);

async function putBack(connection: Connection, { indexes, foreignKeys }: SetAsides): Promise<void> {
  for (const { putBack: sql } of [...indexes, ...foreignKeys]) await connection.query(sql);
}

test('after everything is put back, the catalog is what it was', async () => {
  const [aside, differences] = await inChanged(async (changed) => {
    const tables = (await tableSizes(changed)).map(({ table }) => table);
    const aside = await setAside(changed, tables);
    await putBack(changed, aside);
    return withConnection(databases[0].login, never, async (reference) => [
      aside,
      await catalogDifferences(reference, changed),
    ]);
  });
  expect(differences).toEqual([]);
  expect(aside.indexes.length).toBeGreaterThan(3);
  expect(aside.foreignKeys.length).toBeGreaterThan(0);
});

test('what has a comment, a statistics target or the order of its table stays', async () => {
  const aside = await inChanged(async (changed) => {
    const found = await setAside(changed, ['kept."Parents"', 'kept.children']);
    await putBack(changed, found);
    return found;
  });
  expect(aside.indexes.map(({ putBack }) => /INDEX (\S+)/.exec(putBack)?.[1])).toEqual(['"Plain"', 'partly']);
  expect(aside.foreignKeys).toEqual([
    {
      table: 'kept.children',
      putBack:
        'ALTER TABLE "kept"."children" ADD CONSTRAINT "Of" FOREIGN KEY (parent) REFERENCES kept."Parents"(id) ' +
        'ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED',
    },
  ]);
});

test('nothing is taken off where an event trigger would see it, and a table that is missing is left to COPY', async () => {
  const nothing = { indexes: [], foreignKeys: [] };
  await inChanged(async (changed) => {
    expect(await setAside(changed, ['nowhere'])).toEqual(nothing);
    await changed.query(`
      BEGIN;
      CREATE FUNCTION kept.noted() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
      CREATE EVENT TRIGGER noted ON ddl_command_end EXECUTE FUNCTION kept.noted()`);
    expect(await setAside(changed, ['kept.children'])).toEqual(nothing);
    await changed.query('ROLLBACK');
  });
});

test.each([
  ['nothing that looks at others', true, ''],
  ['a foreign key', false, 'ALTER TABLE second ADD FOREIGN KEY (id) REFERENCES first'],
  [
    'a trigger',
    false,
    `CREATE FUNCTION noted() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
     CREATE TRIGGER noted BEFORE INSERT ON second FOR EACH ROW EXECUTE FUNCTION noted()`,
  ],
  [
    'a check by a function of the schema',
    false,
    `CREATE FUNCTION fits(integer) RETURNS boolean LANGUAGE sql AS 'SELECT true';
     ALTER TABLE second ADD CHECK (fits(id))`,
  ],
  [
    'a default by a function of the schema',
    false,
    `CREATE FUNCTION next_id() RETURNS integer LANGUAGE sql AS 'SELECT 1';
     ALTER TABLE second ALTER id SET DEFAULT next_id()`,
  ],
  [
    'a partition with a trigger',
    false,
    `CREATE TABLE parted (id integer) PARTITION BY LIST (id);
     CREATE TABLE part PARTITION OF parted DEFAULT;
     CREATE FUNCTION noted() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
     CREATE TRIGGER noted BEFORE INSERT ON part FOR EACH ROW EXECUTE FUNCTION noted()`,
  ],
])('tables with %s: any order of loading is %s', async (_, any, sql) => {
  await inChanged(async (connection) => {
    await connection.query(
      `BEGIN; CREATE TABLE first (id integer PRIMARY KEY); CREATE TABLE second (id integer CHECK (id > 0)); ${sql}`,
    );
    expect(await takesAnyOrder(connection, ['first', 'second', 'parted'])).toBe(any);
    await connection.query('ROLLBACK');
  });
});
