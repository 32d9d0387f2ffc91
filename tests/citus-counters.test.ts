import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { missingEngine } from '../bench/servers/containers/container-engine.fixture.ts';
import { wholeOf, listShards } from '../bench/database/cluster/shards.ts';
import { withConnection, type Connection } from '../bench/database/connection.ts';
import { createDatabase } from '../bench/database/databases.ts';
import { listIndexes } from '../bench/database/indexes.ts';
import { nodesOf } from '../bench/database/nodes.ts';
import {
  enableLogInspection,
  enableStatementStatistics,
  withOwnDatabase,
} from '../bench/database/own-database.ts';
import type { Node, Site } from '../bench/database/server.ts';
import { tableSizes } from '../bench/database/table-sizes.ts';
import { nodeBuilds } from '../bench/measure/node-builds.ts';
import { timePlanning } from '../bench/measure/planning.ts';
import { indexesUsedBy, watchTable } from '../bench/measure/table-activity.ts';
import { watchLog } from '../bench/measure/wal.ts';
import { identifierText, relationText } from '../bench/model/relation.ts';
import { CITUS_IMAGE, startCluster } from './fixtures/cluster.ts';
import { startServer } from './fixtures/test-server.fixture.ts';

const never = new AbortController().signal;
const missing = await missingEngine(CITUS_IMAGE);

const TABLES = `
  CREATE TABLE authors (id int PRIMARY KEY, name text);
  CREATE TABLE posts (id int, author int REFERENCES authors, note text, PRIMARY KEY (id, author)) WITH (fillfactor = 50)`;
const DISTRIBUTED = `
  SELECT create_reference_table('authors');
  SELECT create_distributed_table('posts', 'author', shard_count := 4)`;
const ROWS = `
  INSERT INTO authors SELECT i, 'a' || i FROM generate_series(1, 40) AS i;
  INSERT INTO posts SELECT i, 1 + i % 40, 'n' FROM generate_series(1, 2000) AS i;
  CREATE INDEX posts_author ON posts (author);
  CREATE INDEX posts_note ON posts (note);
  VACUUM (FREEZE, ANALYZE) posts, authors`;

const run = async (session: Connection, ...scripts: string[]): Promise<void> => {
  for (const sql of scripts.flatMap((script) => script.split(';'))) await session.query(sql);
};

describe.skipIf(missing)(`counting on a cluster${missing ? ` (skipped: ${missing})` : ''}`, () => {
  let site: Site;
  let stop: () => Promise<void>;
  const on = <T>(database: string, use: (session: Connection) => Promise<T>): Promise<T> =>
    withConnection(site.server.owner(database), never, use);

  beforeAll(async () => {
    const started = await startCluster();
    ({ stop } = started);
    site = { server: started.server, signal: never };
    await createDatabase(site, 'counted');
    await on('counted', (session) => run(session, TABLES, DISTRIBUTED, ROWS));
  });
  afterAll(() => stop());

  /** What a session on a node itself finds. */
  const askThere = (node: Node, sql: string, database = 'counted'): Promise<Record<string, string>[]> =>
    withConnection(node.admin(database), never, async (session) => {
      await session.query('SET citus.override_table_visibility = off');
      return (await session.query<Record<string, string>>(sql)).rows;
    });
  const sumThere = async (sql: string, database?: string): Promise<number> => {
    let sum = 0;
    for (const node of nodesOf(site.server)) sum += Number((await askThere(node, sql, database))[0]?.sum);
    return sum;
  };

  /** The WAL records of all statements in that database, on all nodes. */
  const recordsThere = async (observer: string | undefined): Promise<number> => {
    const own = `SELECT sum(wal_records) AS sum FROM index_impact.pg_stat_statements
                 JOIN pg_database d ON d.oid = dbid WHERE datname = 'counted'`;
    let records = 0;
    for (const node of nodesOf(site.server))
      records += await withConnection(node.admin(observer), never, async (there) =>
        Number((await there.query<{ sum: string }>(own)).rows[0]?.sum),
      );
    return records;
  };

  test('sizes are the sums of what each node has, and stand by node and shard', async () => {
    const [authors, posts] = await on('counted', tableSizes);
    const shardsOf = (table: string) =>
      `SELECT coalesce(sum(pg_table_size(oid)), 0) AS sum FROM pg_class WHERE relkind = 'r' AND relname ~ '^${table}_[0-9]+$'`;
    expect(posts?.tableBytes).toBe(await sumThere(shardsOf('posts')));
    expect(authors?.tableBytes).toBe(await sumThere(shardsOf('authors')));
    expect(posts?.shards?.parts).toBe(4);
    expect(authors?.shards?.parts).toBe(3);
    expect(posts?.nodes.map(({ node }) => node)).toEqual(['worker 1', 'worker 2']);
    expect(authors?.nodes.map(({ node }) => node)).toEqual(['coordinator', 'worker 1', 'worker 2']);
  });

  test('updates, HOT updates, index scans and WAL are those that each node has counted', async () => {
    const counts = `SELECT sum(n_tup_upd) AS sum FROM pg_stat_user_tables`;
    const hot = `SELECT sum(n_tup_hot_upd) AS sum FROM pg_stat_user_tables`;
    const before = { updates: await sumThere(counts), hot: await sumThere(hot) };
    await withOwnDatabase(site, 'observer', async (connection) => {
      expect(await enableStatementStatistics(connection)).toBeUndefined();
      const log = await enableLogInspection(connection);
      const observer = { connection, readsStatementTimes: true, log, evicts: false };
      await on('counted', async (session) => {
        const activityOf = await watchTable(session, 'posts');
        const recordsBefore = await recordsThere(connection.database);
        const trafficOf = await watchLog(observer, session);
        for (let author = 1; author <= 20; author++) {
          await session.query("UPDATE posts SET note = 'm' WHERE author = $1", [author]);
          await session.query("UPDATE authors SET name = 'b' WHERE id = $1", [author]);
        }
        const traffic = await trafficOf();
        const activity = await activityOf();
        // 20 authors with 50 posts each, and each author on three nodes.
        expect(activity.updates.updates).toBe(20 * 50 + 20 * 3);
        expect(activity.updates.updates).toBe((await sumThere(counts)) - before.updates);
        expect(activity.updates.hotUpdates).toBe((await sumThere(hot)) - before.hot);
        expect(activity.scans.find(({ index }) => index === 'posts_author')?.scans).toBe(20);
        expect(activity.nodes.map(({ updates }) => updates).reduce((a, b) => a + b)).toBe(1060);

        const records = (await recordsThere(connection.database)) - recordsBefore;
        expect(traffic.wal.records).toBe(records);
        expect(traffic.nodes.map(({ wal }) => wal.records).reduce((a, b) => a + b)).toBe(records);
        expect(traffic.perIndex.map(({ index }) => index)).toContain('posts_note');
        expect(traffic.shards?.parts).toBe(4 + 3);
      });
    });
  });

  test('the indexes that a distributed read looks into are those of the coordinator', async () => {
    const used = await on('counted', (session) =>
      indexesUsedBy(session, () => session.query('SELECT count(*) FROM posts WHERE author = 3')),
    );
    expect(used).toEqual(['posts_author']);
  });

  test('the build of an index is timed on each node, for each of its shards', async () => {
    await on('counted', (session) =>
      run(
        session,
        `CREATE INDEX "Posts, by id" ON posts (id);
         CREATE UNIQUE INDEX authors_name ON authors (name, id);
         CREATE INDEX CONCURRENTLY authors_later ON authors (name);
         ALTER TABLE posts ADD CONSTRAINT posts_once UNIQUE (note, id, author)`,
      ),
    );
    await withOwnDatabase(site, 'builders', async (observer) => {
      expect(await enableStatementStatistics(observer)).toBeUndefined();
      const builds = await on('counted', (session) => nodeBuilds(observer, session));
      const copiesOf = (index: string) => builds.get(index)?.map(({ node, copies }) => [node, copies]);
      const onWorkers = (copies: number) => [
        ['worker 1', copies],
        ['worker 2', copies],
      ];
      expect(copiesOf('"Posts, by id"')).toEqual(onWorkers(2));
      // The coordinator makes its own copy in the session that asks for it, unless that is done concurrently.
      expect(copiesOf('authors_name')).toEqual(onWorkers(1));
      expect(copiesOf('authors_later')).toEqual([['coordinator', 1], ...onWorkers(1)]);
      expect(copiesOf('posts_once')).toBeUndefined();
      const told = await sumThere(
        `SELECT coalesce(sum(total_exec_time), 0) AS sum FROM index_impact.pg_stat_statements
         WHERE query ~ '^CREATE +INDEX +"Posts, by id_[0-9]+"'`,
        observer.database,
      );
      const sum = (builds.get('"Posts, by id"') ?? []).reduce((all, { buildMs }) => all + buildMs, 0);
      expect(sum).toBeGreaterThan(0);
      expect(sum).toBeCloseTo(told, 6);
    });
    await on('counted', (session) =>
      run(
        session,
        'DROP INDEX "Posts, by id"; DROP INDEX authors_name; DROP INDEX authors_later; ALTER TABLE posts DROP CONSTRAINT posts_once',
      ),
    );
  });

  test('planning is timed on the coordinator, and on the node of a task', async () => {
    await on('counted', async (session) => {
      const planned = (sql: string) =>
        timePlanning({ before: session, after: session }, { sql, parameters: [] }, Array(2).fill('before'));
      const { planning, taskPlanning = [] } = await planned('SELECT count(*) FROM posts');
      for (const { before, after } of [...planning, ...taskPlanning]) {
        expect(before).toBeGreaterThan(0);
        expect(after).toBeGreaterThan(0);
      }
      expect([planning.length, taskPlanning.length]).toEqual([2, 2]);
      expect(await planned('SELECT 1')).not.toHaveProperty('taskPlanning');
    });
  });

  test('an index that is INVALID or missing on one shard is not valid', async () => {
    const states = async () =>
      Object.fromEntries(
        (await on('counted', listIndexes)).map(({ name, valid, copies }) => [name, { valid, copies }]),
      );
    expect((await states()).posts_note).toEqual({ valid: true, copies: { count: 4, invalid: 0 } });
    const [worker] = site.server.workers;
    if (!worker) throw new Error('there is no worker');
    const [shard] = await askThere(
      worker,
      `SELECT relname FROM pg_class WHERE relname ~ '^posts_note_[0-9]+$'`,
    );
    const [author] = await askThere(
      worker,
      `SELECT relname FROM pg_class WHERE relname ~ '^posts_author_[0-9]+$'`,
    );
    await askThere(
      worker,
      `UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'public.${shard?.relname}'::regclass`,
    );
    await withConnection(worker.admin('counted'), never, async (session) => {
      await session.query('SET citus.enable_manual_changes_to_shards = on');
      await session.query(`DROP INDEX public.${author?.relname}`);
    });
    const { posts_note, posts_author } = await states();
    expect(posts_note).toEqual({ valid: false, copies: { count: 4, invalid: 1 } });
    expect(posts_author).toEqual({ valid: false, copies: { count: 3, invalid: 1 } });
  });

  test('the names of shards lead to their table and index, whatever these are called', async () => {
    await createDatabase(site, 'named');
    const name = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 63 })
      .filter((text) => Buffer.byteLength(text) <= 63 && !text.includes('\0'));
    await on('named', (session) =>
      fc.assert(
        fc.asyncProperty(name, name, async (table, index) => {
          fc.pre(table !== index);
          await session.query(`CREATE TABLE ${identifier(table)} (i int)`);
          try {
            await session.query(`SELECT create_distributed_table($1, 'i', shard_count := 2)`, [
              identifier(table),
            ]);
            await session.query(`CREATE INDEX ${identifier(index)} ON ${identifier(table)} (i)`);
            const shards = await listShards(session);
            for (const node of site.server.workers)
              for (const relname of await shardsOn(node)) {
                const found = wholeOf(shards, relationText({ schema: 'public', name: relname.name }));
                expect(found).toBe(identifierText(relname.isIndex ? index : table));
              }
          } finally {
            await session.query(`DROP TABLE ${identifier(table)}`);
          }
        }),
        { numRuns: 10 },
      ),
    );
  });

  const shardsOn = (node: Node): Promise<{ name: string; isIndex: boolean }[]> =>
    withConnection(node.admin('named'), never, async (session) => {
      await session.query('SET citus.override_table_visibility = off');
      const { rows } = await session.query<Record<'relname' | 'relkind', string>>(
        `SELECT relname, relkind FROM pg_class WHERE relnamespace = 'public'::regnamespace
         AND relkind IN ('r', 'i') AND relname ~ '_[0-9]{6}$'`,
      );
      return rows.map(({ relname, relkind }) => ({ name: relname, isIndex: relkind === 'i' }));
    });

  test('a write counts the same updates as on one machine, and a read finds the same rows', async () => {
    const { server, stop: stopSingle } = await startServer();
    const single: Site = { server, signal: never };
    const counted = async (place: Site, ...scripts: string[]) => {
      await createDatabase(place, 'compared');
      return withConnection(place.server.owner('compared'), never, async (session) => {
        await run(session, ...scripts);
        const activityOf = await watchTable(session, 'posts');
        for (let author = 1; author <= 20; author++)
          await session.query('UPDATE posts SET id = id WHERE author = $1', [author]);
        const { updates, scans } = await activityOf();
        const { rows } = await session.query(
          'SELECT author, count(*), max(id) FROM posts GROUP BY 1 ORDER BY 1',
        );
        return { updates: updates.updates, scans: scans.find(({ index }) => index === 'posts_author'), rows };
      });
    };
    try {
      expect(await counted(site, TABLES, DISTRIBUTED, ROWS)).toEqual(await counted(single, TABLES, ROWS));
    } finally {
      await stopSingle();
    }
  });
});

const identifier = (text: string): string => `"${text.replaceAll('"', '""')}"`;
