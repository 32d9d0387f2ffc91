import { afterAll, beforeAll, expect, test } from 'vitest';
import { startServer } from '../../tests/fixtures/test-server.fixture.ts';
import { withConnection, type Connection } from './connection.ts';
import { createDatabase } from './databases.ts';
import { canEvict, evictPages } from './evict.ts';
import { withOwnDatabase } from './own-database.ts';

type Started = Awaited<ReturnType<typeof startServer>>;
const { signal } = new AbortController();
let started: Started;
beforeAll(async () => (started = await startServer({ shared_buffers: '64MB' })));
afterAll(() => started.stop());

/** The buffer of each page of the table `letters`, page by page. */
const PLACES = `
  SELECT bufferid FROM pg_buffercache
  WHERE reldatabase = (SELECT oid FROM pg_database WHERE datname = $1) AND relfilenode = $2 AND relforknumber = 0
  ORDER BY relblocknumber`;

const FILE = `SELECT pg_relation_filenode('public.letters') AS file`;

/** A database with a table of some pages, and what reads them all. */
async function makeDatabase(name: string): Promise<{ file: string; read: () => Promise<void> }> {
  const { server } = started;
  await createDatabase({ server, signal }, name);
  const inside = <T>(use: (connection: Connection) => Promise<T>) =>
    withConnection(server.owner(name), signal, use);
  await inside((session) =>
    session.query('CREATE TABLE letters AS SELECT i, md5(i::text) FROM generate_series(1, 2000) AS i'),
  );
  const file = await inside(async (session) => (await session.query<{ file: string }>(FILE)).rows[0]?.file);
  const read = async (): Promise<void> => {
    await inside((session) => session.query('SELECT count(*) FROM letters'));
  };
  return { file: String(file), read };
}

test('pages that were evicted come back in other buffers, and those of other databases stay', async () => {
  const { server } = started;
  const [mine, other] = [await makeDatabase('mine'), await makeDatabase('other')];
  await withOwnDatabase({ server, signal }, 'observer', async (own) => {
    expect(await canEvict(own)).toBe(true);
    const placesOf = async (database: string, file: string): Promise<string[]> =>
      (await own.query<{ bufferid: string }>(PLACES, [database, file])).rows.map(({ bufferid }) => bufferid);
    const first = await placesOf('mine', mine.file);
    const others = await placesOf('other', other.file);
    expect(first.length).toBeGreaterThan(10);

    await evictPages(own, ['mine']);
    expect(await placesOf('mine', mine.file)).toEqual([]);
    expect(await placesOf('other', other.file)).toEqual(others);

    await mine.read();
    const again = await placesOf('mine', mine.file);
    expect(again).toHaveLength(first.length);
    expect(again).not.toEqual(first);
  });
});

test('a role that is no superuser cannot evict', async () => {
  const { server } = started;
  await createDatabase({ server, signal }, 'owned');
  await withConnection(server.owner('owned'), signal, async (session) => {
    await session.query('CREATE SCHEMA index_impact');
    expect(await canEvict(session)).toBe(false);
  });
});
