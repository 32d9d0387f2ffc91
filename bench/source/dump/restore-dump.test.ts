import { access, chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { testSite } from '../../../tests/fixtures/test-server.fixture.ts';
import { withConnection } from '../../database/connection.ts';
import { createDatabase, dropDatabase } from '../../database/databases.ts';
import { databaseName } from '../../database/server.ts';
import type { LeftOut } from '../../model/source.ts';
import { LAST_LINE } from './dump-header.ts';
import { statementsOfDump } from './dump-statements.ts';
import { restoreDump } from './restore-dump.ts';

const site = testSite();
const { server, signal } = site;
const database = databaseName(server, 'restored');
beforeEach(() => createDatabase(site, database));
afterEach(() => dropDatabase(site, database));

let hidesRows = false;

/** The dump that has these lines. */
const restore = (...lines: string[]): Promise<LeftOut[]> =>
  withConnection(server.owner(database), signal, (owner) =>
    withConnection(server.admin(database), signal, (superuser) => {
      const chunks = Readable.from([Buffer.from([...lines, LAST_LINE, ''].join('\n'))]);
      const dump = { path: 'shop.sql', hidesRows };
      return restoreDump(statementsOfDump(chunks, dump.path), { owner, superuser, signal }, dump);
    }),
  );

const asked = (sql: string): Promise<unknown[]> =>
  withConnection(server.admin(database), signal, async (connection) => {
    const { rows } = await connection.query({ text: sql, rowMode: 'array' });
    return rows as unknown[];
  });

const TABLE = 'CREATE TABLE public.orders (id integer PRIMARY KEY, note text);';

test('rows come as COPY and as INSERT, and have statistics', async () => {
  const rows = Array.from({ length: 50 }, (_, at) => `INSERT INTO public.orders VALUES (${at}, 'a;b''c');`);
  await restore(TABLE, ...rows, 'COPY public.orders (id, note) FROM stdin;', '50\tx\\ny', '51\t\\N', '\\.');
  expect(await asked(`SELECT count(*), max(note), count(note) FROM public.orders`)).toEqual([
    ['52', 'x\ny', '51'],
  ]);
  expect(await asked(`SELECT reltuples FROM pg_class WHERE relname = 'orders'`)).toEqual([['52']]);
});

test('where rows are not to be shown, an error has their place and no word of them', async () => {
  hidesRows = true;
  const failing = [TABLE, 'COPY public.orders (id, note) FROM stdin;', '1\ta', 'Quarz\tb', '\\.'];
  const error = await restore(...failing).catch((thrown: unknown) => thrown);
  hidesRows = false;
  expect(error).toMatchObject({
    message: expect.stringMatching(/^shop\.sql:4: PostgreSQL's error 22P02/) as string,
  });
  expect(
    JSON.stringify([error, (error as Error).message, (error as { detail?: string }).detail]),
  ).not.toContain('Quarz');
});

test('owners, privileges, settings of other majors and the work of --clean and --create are passed over', async () => {
  await restore(
    'SET no_such_setting = 0;',
    'SET default_tablespace = fast;',
    'ALTER TABLE ONLY public.orders DROP CONSTRAINT orders_pkey;',
    'DROP TABLE public.orders;',
    'DROP DATABASE shop;',
    "CREATE DATABASE shop WITH TEMPLATE = template0 ENCODING = 'LATIN1';",
    'ALTER DATABASE shop OWNER TO nobody_here;',
    '\\connect shop',
    'CREATE SCHEMA public;',
    TABLE,
    'ALTER TABLE public.orders OWNER TO "nobody; here";',
    'GRANT ALL ON TABLE public.orders TO nobody_here;',
    'ALTER DEFAULT PRIVILEGES FOR ROLE nobody_here GRANT SELECT ON TABLES TO nobody_here;',
    "COMMENT ON EXTENSION plpgsql IS 'no owner of ours';",
    "SELECT pg_catalog.lo_create('16612');",
  );
  expect(await asked(`SELECT count(*) FROM public.orders`)).toEqual([['0']]);
  expect(await asked('SELECT count(*) FROM pg_largeobject_metadata')).toEqual([['0']]);
});

test('a role that a policy names is made', async () => {
  const role = `${database}_seller`;
  try {
    await restore(TABLE, `CREATE POLICY mine ON public.orders TO ${role} USING (true);`);
    expect(await asked('SELECT roles FROM pg_policies')).toEqual([[`{${role}}`]]);
  } finally {
    await dropDatabase(site, database);
    await server.administer((admin) => admin.query(`DROP ROLE IF EXISTS ${role}`));
    await createDatabase(site, database);
  }
});

test('only what needs it is done as superuser', async () => {
  await restore('DROP TABLE public.orders;', 'CREATE EXTENSION pg_stat_statements WITH SCHEMA public;');
  await expect(restore(TABLE, "COPY public.orders FROM PROGRAM 'echo 1';")).rejects.toThrow(
    /^shop\.sql:2: permission denied to COPY .*external program/,
  );
});

test('what acts for a superuser or beyond the database is left out, and named', async () => {
  const trigger = 'CREATE FUNCTION public.ev() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN END $$;';
  expect(
    await restore(
      trigger,
      'CREATE EVENT TRIGGER watch ON ddl_command_end EXECUTE FUNCTION public.ev();',
      'ALTER EVENT TRIGGER watch ENABLE ALWAYS;',
      'CREATE PUBLICATION changes;',
      "CREATE SUBSCRIPTION feed CONNECTION 'host=127.0.0.1 port=1' PUBLICATION changes;",
      'CREATE OR REPLACE TRUSTED PROCEDURAL LANGUAGE plsample;',
      'CREATE FOREIGN DATA WRAPPER mine;',
    ),
  ).toEqual([
    { object: 'event trigger watch', reason: 'it acts on commands, not on rows' },
    { object: 'publication changes', reason: 'nothing is replicated from the rebuilt database' },
    { object: 'subscription feed', reason: 'nothing is replicated into the rebuilt database' },
    { object: 'procedural language plsample', reason: 'only one of an extension is carried over' },
    { object: 'foreign-data wrapper mine', reason: 'no other server is asked for rows' },
  ]);
});

test('a foreign table runs no program and asks no server, whoever reads its parent', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'program-'));
  const ran = join(folder, 'ran');
  const foreign = [
    'CREATE EXTENSION file_fdw WITH SCHEMA public;',
    'CREATE SERVER files FOREIGN DATA WRAPPER file_fdw;',
    'CREATE TABLE public.parent (line text);',
    'CREATE FOREIGN TABLE public.program (line text) INHERITS (public.parent) SERVER files',
    `  OPTIONS (program 'touch ${ran}');`,
  ];
  try {
    await chmod(folder, 0o777);
    await restore(...foreign);
    await dropDatabase(site, database);
    await createDatabase(site, database);
    await expect(restore(...foreign, 'CREATE TABLE public.taken AS TABLE public.parent;')).rejects.toThrow(
      /^shop\.sql:6: foreign-data wrapper "index_impact_nowhere" has no handler$/,
    );
    await expect(access(ran)).rejects.toThrow('ENOENT');
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('an extension after the objects of the owner is made with the rights of the owner', async () => {
  await restore(TABLE, 'CREATE EXTENSION hstore WITH SCHEMA public;');
  await dropDatabase(site, database);
  await createDatabase(site, database);
  await expect(restore(TABLE, 'CREATE EXTENSION file_fdw WITH SCHEMA public;')).rejects.toThrow(
    /^shop\.sql:2: permission denied to create extension "file_fdw"$/,
  );
});

test('an extension that the server lacks is left out, and named where something fails for it', async () => {
  const extension = 'CREATE EXTENSION IF NOT EXISTS no_such_one WITH SCHEMA public;';
  expect(await restore(extension)).toEqual([
    { object: 'extension no_such_one', reason: 'no server here has it' },
  ]);
  await expect(restore(extension, 'CREATE TABLE a (b public.no_such_type);')).rejects.toMatchObject({
    message: 'shop.sql:2: type "public.no_such_type" does not exist',
    detail: expect.stringMatching(
      /\^\n {2}This server does not have the extension "no_such_one"\.$/,
    ) as string,
  });
});

test('the first statement that fails is named with its line, among INSERTs and rows, too', async () => {
  const insert = (id: number): string => `INSERT INTO public.orders VALUES (${id}, '');`;
  await expect(restore('', TABLE, insert(1), insert(2), insert(1))).rejects.toMatchObject({
    message: 'shop.sql:5: duplicate key value violates unique constraint "orders_pkey"',
    detail: expect.stringContaining('  5 | INSERT') as string,
  });
  await dropDatabase(site, database);
  await createDatabase(site, database);
  const rows = ['COPY public.orders (id, note) FROM stdin;', '1\ta', 'x\tb', '\\.'];
  await expect(restore(TABLE, '', ...rows)).rejects.toMatchObject({
    message: 'shop.sql:5: invalid input syntax for type integer: "x"',
    detail: '  COPY orders, line 2',
  });
});
