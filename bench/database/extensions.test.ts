import { afterEach, expect, test } from 'vitest';
import { testSite } from '../../tests/fixtures/test-server.fixture.ts';
import { withConnection } from './connection.ts';
import { createDatabase, dropDatabase } from './databases.ts';
import { provideExtensions } from './extensions.ts';
import { applySqlFile } from './migrate.ts';
import { databaseName, type Site } from './server.ts';

const site = testSite();
const database = databaseName(site.server, 'extended');
afterEach(() => dropDatabase(site, database));

/** As a run applies a schema: by the owner of the database, who is no superuser. */
async function applied(text: string, to: Site = site): Promise<string[]> {
  await createDatabase(site, database);
  const file = { path: 'schema.sql', text };
  await provideExtensions(to, database, [file]);
  return withConnection(site.server.owner(database), site.signal, async (owner) => {
    await applySqlFile(owner, file);
    const { rows } = await owner.query<{ name: string }>(
      `SELECT e.extname || ' in ' || n.nspname AS name FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace
       WHERE e.extname <> 'plpgsql' ORDER BY 1`,
    );
    return rows.map(({ name }) => name);
  });
}

test('extensions that only a superuser may create are there for the owner, who uses them', async () => {
  const sql = `
    CREATE SCHEMA IF NOT EXISTS extensions;
    CREATE EXTENSION IF NOT EXISTS moddatetime WITH SCHEMA extensions;
    CREATE EXTENSION IF NOT EXISTS bloom WITH SCHEMA public;
    CREATE EXTENSION IF NOT EXISTS citext WITH SCHEMA extensions;
    CREATE TABLE extensions.t (a integer, changed timestamp);
    CREATE INDEX ON extensions.t USING bloom (a);
    CREATE TRIGGER t BEFORE UPDATE ON extensions.t FOR EACH ROW EXECUTE FUNCTION extensions.moddatetime(changed);`;
  expect(await applied(sql)).toEqual([
    'bloom in public',
    'citext in extensions',
    'moddatetime in extensions',
  ]);
});

test('all that the server has no files of are named, with what to do', async () => {
  const sql = 'CREATE EXTENSION IF NOT EXISTS postgis; CREATE EXTENSION vector; CREATE EXTENSION citext;';
  await expect(applied(sql)).rejects.toMatchObject({
    message: 'The schema needs what the server has no files of: postgis, vector',
    remedy: expect.stringContaining('--on docker --image') as string,
  });
});

test("on somebody's server, nothing is created that takes a superuser", async () => {
  const guest = { ...site, server: { ...site.server, isOurs: false } };
  await expect(applied('CREATE EXTENSION IF NOT EXISTS bloom;', guest)).rejects.toThrow(
    'The schema needs what only a superuser may create: bloom',
  );
});
