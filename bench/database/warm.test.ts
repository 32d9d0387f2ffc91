import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startServer } from '../../tests/fixtures/test-server.fixture.ts';
import type { PerArm } from '../model/arm.ts';
import { withConnection, type Connection } from './connection.ts';
import { cloneDatabase, createDatabase } from './databases.ts';
import { addExtension, withOwnDatabase } from './own-database.ts';
import type { Login } from './login.ts';
import type { Server, Site } from './server.ts';
import { warmBoth } from './warm.ts';

type Started = Awaited<ReturnType<typeof startServer>>;
const { signal } = new AbortController();

const ROWS = `
  CREATE TABLE letters (id integer PRIMARY KEY, body text, long text);
  ALTER TABLE letters ALTER COLUMN long SET STORAGE EXTERNAL;
  CREATE INDEX letters_body ON letters (body);
  CREATE TABLE "Odd ""name" (words tsvector);
  CREATE INDEX ON "Odd ""name" USING gin (words);
  CREATE TABLE years (year integer) PARTITION BY LIST (year);
  CREATE TABLE years_rest PARTITION OF years DEFAULT;
  CREATE MATERIALIZED VIEW empty AS SELECT 1 AS one WITH NO DATA;
  INSERT INTO letters SELECT i, md5(i::text), repeat('x', 3000) FROM generate_series(1, 8000) AS i;
  INSERT INTO "Odd ""name" SELECT to_tsvector('simple', md5(i::text)) FROM generate_series(1, 3000) AS i;
  INSERT INTO years SELECT generate_series(1, 9000)`;

const loginsTo = ({ server }: Site, { before, after }: PerArm<string>): PerArm<Login> => ({
  before: server.admin(before),
  after: server.admin(after),
});

/** A database of about 50 MB, and two copies of it that nobody has read. */
async function makeCopies(
  { server }: Started,
  name: string,
): Promise<{ site: Site; copies: PerArm<string> }> {
  const site = { server, signal };
  await createDatabase(site, name);
  await withConnection(server.owner(name), signal, async (connection) => {
    await connection.query(ROWS);
    await connection.query('VACUUM (FREEZE, ANALYZE)');
  });
  const copies = { before: `${name}_before`, after: `${name}_after` };
  await cloneDatabase(site, name, copies.before);
  await cloneDatabase(site, name, copies.after);
  return { site, copies };
}

const BUFFERS = `
  SELECT count(*) AS count FROM pg_buffercache
  WHERE reldatabase = (SELECT oid FROM pg_database WHERE datname = $1)`;

/** How many pages of each copy are in shared buffers after `work`. The counting database is made before. */
const buffersAfter = (
  site: Site,
  { before, after }: PerArm<string>,
  work: () => Promise<unknown>,
): Promise<PerArm<number>> =>
  withOwnDatabase(site, 'observer', async (connection) => {
    await addExtension(connection, 'pg_buffercache');
    const count = async (database: string): Promise<number> =>
      Number((await connection.query<{ count: string }>(BUFFERS, [database])).rows[0]?.count);
    await work();
    return { before: await count(before), after: await count(after) };
  });

/** @throws when there is hardly a page of either */
function differenceInPages({ before, after }: PerArm<number>): number {
  expect(before + after).toBeGreaterThan(1000);
  return Math.abs(before - after);
}

const PAGES = `
  SELECT sum(pg_relation_size(oid, fork)) / 8192 AS pages
  FROM pg_class, unnest(ARRAY['main', 'fsm', 'vm']) AS fork WHERE NOT relisshared`;

const inside = <T>({ server }: Site, database: string, use: (admin: Connection) => Promise<T>): Promise<T> =>
  withConnection(server.admin(database), signal, use);

const textOf = async (connection: Connection, sql: string): Promise<string> =>
  JSON.stringify((await connection.query({ text: sql, rowMode: 'array' })).rows);

describe('where both copies fit into shared buffers', () => {
  let started: Started;
  beforeAll(async () => (started = await startServer({ shared_buffers: '256MB' })));
  afterAll(() => started.stop());

  test('every page of both is there afterwards, and their schema is as it was', async () => {
    const { site, copies } = await makeCopies(started, 'small');
    const schema = (database: string): Promise<string> =>
      inside(site, database, async (connection) =>
        [
          await textOf(connection, 'SELECT oid, nspname FROM pg_namespace ORDER BY 1'),
          await textOf(connection, 'SELECT extname FROM pg_extension ORDER BY 1'),
          await textOf(connection, 'SELECT count(*), max(oid) FROM pg_proc'),
        ].join('\n'),
      );
    const untouched = await schema(copies.before);

    const buffers = await buffersAfter(site, copies, async () => {
      expect(await warmBoth(loginsTo(site, copies), site.signal)).toBe('every page');
    });
    expect(buffers.after).toBe(buffers.before);
    const pages = await inside(site, copies.before, (connection) => textOf(connection, PAGES));
    expect(`[["${buffers.before}"]]`).toBe(pages.replace(/\.0+/, ''));
    expect(await schema(copies.before)).toBe(untouched);
    expect(await schema(copies.after)).toBe(untouched);
  });
});

describe('where they do not fit', () => {
  let started: Started;
  beforeAll(async () => (started = await startServer({ shared_buffers: '16MB' })));
  afterAll(() => started.stop());

  test('what is left of each in shared buffers is the same share, whatever was read before', async () => {
    const { site, copies } = await makeCopies(started, 'large');
    await inside(site, copies.after, (admin) => admin.query('SELECT sum(length(body)) FROM public.letters'));
    const buffers = await buffersAfter(site, copies, () => warmBoth(loginsTo(site, copies), site.signal));
    expect(differenceInPages(buffers)).toBeLessThan(256);
  });

  test('a role that may not use pg_prewarm reads the tables alone, and leaves the same share of each', async () => {
    const { site, copies } = await makeCopies(started, 'owned');
    const guest = { ...site, server: { ...site.server, admin: site.server.owner as Server['admin'] } };
    const buffers = await buffersAfter(site, copies, async () => {
      expect(await warmBoth(loginsTo(guest, copies), guest.signal)).toBe('tables');
    });
    expect(differenceInPages(buffers)).toBeLessThan(256);
  });
});
