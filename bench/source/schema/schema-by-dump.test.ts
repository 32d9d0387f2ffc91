import { expect, test } from 'vitest';
import { siteOf } from '../../../tests/fixtures/test-server.fixture.ts';
import { withEmbeddedServer } from '../../servers/embedded/embedded.ts';
import { serverSettings } from '../../servers/server-settings.ts';
import { findDumpAndServer } from './dump-and-server.fixture.ts';
import { withTwoDatabases, type TestDatabase } from './rebuilding.fixture.ts';
import { schemaByDump } from './schema-by-dump.ts';

const { signal } = new AbortController();

const both = await findDumpAndServer();
const missing = both ? '' : ' (skipped: no pg_dump with a server of its major)';

const withSource = (sql: string, use: (source: TestDatabase) => Promise<void>): Promise<void> =>
  withEmbeddedServer(
    { settings: serverSettings(0.25, both?.major), keep: false, signal, ...(both && { major: both.major }) },
    ({ admin }) =>
      withTwoDatabases(siteOf(admin), async (source) => {
        await source.make(sql);
        await use(source);
      }),
  );

test.skipIf(missing)(`pg_dump reads what the exported snapshot sees${missing}`, () =>
  withSource('CREATE TABLE early (id integer)', (source) =>
    source.use(async (connection) => {
      await connection.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
      const { rows } = await connection.query<{ snapshot: string }>(
        'SELECT pg_export_snapshot() AS snapshot',
      );
      await source.make('CREATE TABLE later (id integer)');
      const { snapshot = '' } = rows[0] ?? {};
      const pgDump = both?.path ?? '';
      const schema = await schemaByDump({ pgDump, login: source.login, connection, snapshot, signal });
      expect(schema.beforeRows.match(/^CREATE .*/gm)).toEqual(['CREATE TABLE public.early (']);
      await connection.query('COMMIT');
    }),
  ),
);

test.skipIf(missing)(`pg_dump names a table that the role may not read${missing}`, () =>
  withSource(
    `CREATE SCHEMA shop; CREATE TABLE shop.wages (id integer); CREATE ROLE reader LOGIN PASSWORD 'known';
     GRANT USAGE ON SCHEMA shop TO reader;
     DO $$ BEGIN EXECUTE format('GRANT CONNECT ON DATABASE %I TO reader', current_database()); END $$`,
    (source) =>
      source.use(async (connection) => {
        const url = Object.assign(new URL(source.login.url), { username: 'reader', password: 'known' }).href;
        const login = { ...source.login, url };
        await expect(
          schemaByDump({ pgDump: both?.path ?? '', login, connection, signal }),
        ).rejects.toMatchObject({
          message: 'The role may not read table wages of the source',
          remedy: expect.stringContaining('GRANT SELECT') as string,
        });
      }),
  ),
);
