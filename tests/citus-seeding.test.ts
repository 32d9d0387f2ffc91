import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { withConnection, type Connection } from '../bench/database/connection.ts';
import { createDatabase } from '../bench/database/databases.ts';
import { nodesOf } from '../bench/database/nodes.ts';
import type { Site } from '../bench/database/server.ts';
import { run } from '../bench/main.ts';
import { ExitCode } from '../bench/model/errors.ts';
import { canonicalRelation, quotedRelation } from '../bench/model/relation.ts';
import { Phases } from '../bench/run/phases.ts';
import { prepareTemplate, templateName } from '../bench/run/template.ts';
import { silentProgress } from '../bench/progress/progress.ts';
import { missingEngine } from '../bench/servers/containers/container-engine.fixture.ts';
import { salesAgent } from '../bench/suites/sales-agent/suite.ts';
import { capturedIo } from './fixtures/captured-io.ts';
import { CITUS_IMAGE, startCluster } from './fixtures/cluster.ts';
import { ownDirectories } from './fixtures/own-directories.ts';
import { storedResult } from './fixtures/stored-result.ts';
import { sweepDirectory, sweepIn } from './fixtures/sweeps.ts';
import { startServer } from './fixtures/test-server.fixture.ts';

const never = new AbortController().signal;
const ON_CLUSTER = ['--nodes', '2', '--image', CITUS_IMAGE];
const missing = await missingEngine(CITUS_IMAGE);

const PASSWORD = 'reads';
const FORUM = `
  CREATE TABLE authors (id int PRIMARY KEY, name text NOT NULL);
  CREATE TABLE posts (id int, author int REFERENCES authors, at int NOT NULL, note text, PRIMARY KEY (id, author));
  CREATE TABLE replies (id int, author int, post int, PRIMARY KEY (id, author));
  CREATE TABLE tags (id int);
  CREATE TABLE drafts (id int PRIMARY KEY, author int REFERENCES authors);
  SELECT create_reference_table('authors');
  SELECT create_distributed_table('posts', 'author', shard_count := 4);
  SELECT create_distributed_table('replies', 'author', colocate_with := 'posts');
  SELECT create_distributed_table('tags', NULL);
  INSERT INTO authors SELECT i, 'a' || i FROM generate_series(1, 50) AS i;
  INSERT INTO posts SELECT i, 1 + i % 50, i, 'note ' || i FROM generate_series(1, 20000) AS i;
  INSERT INTO replies SELECT i, 1 + i % 50, i FROM generate_series(1, 5000) AS i;
  INSERT INTO drafts SELECT i, 1 + i % 50 FROM generate_series(1, 100) AS i;
  UPDATE posts SET note = note || '.' WHERE id % 4 = 0`;
const CALLS: readonly [string, (at: number) => number[]][] = [
  ['SELECT id, note FROM posts WHERE author = $1 ORDER BY at DESC LIMIT 10', (at) => [1 + (at % 50)]],
  ['SELECT count(*) FROM posts WHERE at BETWEEN $1 AND $2', (at) => [at, at + 50]],
  ['SELECT name FROM authors WHERE id = $1', (at) => [1 + (at % 50)]],
  ['UPDATE posts SET note = note WHERE id = $1 AND author = $2', (at) => [at, 1 + (at % 50)]],
];

describe.skipIf(missing)(`rows on a cluster${missing ? ` (skipped: ${missing})` : ''}`, () => {
  const own = ownDirectories();
  let site: Site;
  let stop: () => Promise<void>;

  beforeAll(async () => {
    const { server, stop: end } = await startCluster();
    stop = end;
    site = { server, signal: never };
    await createDatabase(site, 'forum');
    await withConnection(site.server.admin('forum'), never, async (admin) => {
      await admin.query('CREATE EXTENSION pg_stat_statements SCHEMA public');
      await admin.query(`CREATE ROLE reader LOGIN PASSWORD '${PASSWORD}'`);
      await admin.query('GRANT CONNECT ON DATABASE forum TO reader');
      await admin.query('GRANT pg_read_all_data, pg_read_all_stats TO reader');
    });
    for (const node of nodesOf(site.server))
      await withConnection(node.admin('forum'), never, (admin) =>
        admin.query(`INSERT INTO pg_dist_authinfo VALUES (0, 'reader', 'password=${PASSWORD}')`),
      );
    await withConnection(site.server.owner('forum'), never, async (owner) => {
      for (const statement of FORUM.split(';')) await owner.query(statement);
      await owner.query('VACUUM ANALYZE');
      for (const [sql, valuesAt] of CALLS)
        for (let at = 0; at < 20; at++) await owner.query(sql, valuesAt(at));
    });
  }, 600_000);
  afterAll(async () => {
    vi.unstubAllEnvs();
    await stop();
  });

  async function tried(...words: string[]) {
    const url = new URL(site.server.owner('forum').url);
    Object.assign(url, { username: 'reader', password: '' });
    vi.stubEnv('PGPASSWORD', PASSWORD);
    const candidate = join(own.out, '..', `by-time-${process.pid}.sql`);
    await writeFile(
      candidate,
      'CREATE INDEX posts_at ON posts (at); CREATE INDEX replies_post ON replies (post)',
    );
    const io = capturedIo();
    const argv = ['try', '--from', url.href, '--yes', '--out', own.out, '--budget', '1', ...words, candidate];
    return { code: await run(argv, io), io };
  }

  test('a source is measured on another cluster as it is distributed', { timeout: 900_000 }, async () => {
    const folder = `${own.out}-suite`;
    const { code, io } = await tried('--on', 'citus', ...ON_CLUSTER, '--save', folder);
    expect(code, io.err()).toBe(ExitCode.done);
    expect(io.err()).toMatch(/rebuilt, the same; the migration can be applied/);
    const { dataset, source, candidate, environment } = await storedResult(own.out);
    expect(environment.workers).toBe(2);
    expect(dataset.distribution?.tables).toEqual([
      { table: 'authors', placement: { state: 'reference' } },
      { table: 'drafts', placement: { state: 'local' } },
      { table: 'posts', placement: { state: 'distributed', column: 'author', shards: 4 } },
      { table: 'replies', placement: { state: 'distributed', column: 'author', shards: 4 } },
      { table: 'tags', placement: { state: 'local' } },
    ]);
    expect(await readFile(join(folder, 'distribution.sql'), 'utf8')).toContain(
      `create_distributed_table('"public"."replies"', 'author', colocate_with := '"public"."posts"')`,
    );
    expect(source?.distributed).toEqual(['authors', 'posts', 'replies', 'tags']);
    expect(source?.leftOut).toContainEqual({
      object: 'the distribution of tags',
      reason: 'those by the hash of a column, and reference tables, are carried over',
    });
    expect(source?.tables).toContainEqual({ table: 'posts', rows: 20_000, copiedRows: 20_000 });
    expect(candidate.indexes.map(({ copies }) => copies)).toEqual([
      { count: 4, invalid: 0 },
      { count: 4, invalid: 0 },
    ]);
    expect(candidate.indexes[0]?.builds[0]?.nodes?.map(({ node, copies }) => [node, copies])).toEqual([
      ['worker 1', 2],
      ['worker 2', 2],
    ]);
  });

  test('a source is measured on one machine, with a warning', { timeout: 900_000 }, async () => {
    const { code, io } = await tried();
    expect(code, io.err()).toBe(ExitCode.done);
    const { dataset, source, warnings } = await storedResult(own.out);
    expect(dataset.distribution).toBeUndefined();
    expect(source?.leftOut).toContainEqual({
      object: 'the distribution of authors, posts, replies, tags',
      reason: 'they are measured on one machine',
    });
    expect(warnings.find(({ code: found }) => found === 'on-one-machine')?.cause).toContain(
      'the source is a cluster: authors, posts, replies, tags are in shards there',
    );
    expect(io.err()).toContain(
      'the distribution of authors, posts, replies, tags: they are measured on one machine',
    );
  });

  test('no sample is drawn of a source that is larger than --max-size', async () => {
    const { code, io } = await tried('--max-size', '1MB');
    expect(code).toBe(ExitCode.usage);
    expect(io.err()).toContain(
      '--max-size: the tables are larger, and of a cluster (authors, posts, replies, tags)',
    );
  });

  test('rows in all shards together are those of one machine', { timeout: 900_000 }, async () => {
    const phases = new Phases(silentProgress, () => undefined);
    const request = { suite: salesAgent, scale: 0.05, seed: 42 };
    const { server, stop: stopSingle } = await startServer();
    try {
      const { tables } = await prepareTemplate(site.server, request, phases, never);
      await prepareTemplate(server, request, phases, never);
      for (const table of tables.map((one) => canonicalRelation(one.table))) {
        const whole = await inSession({ server, signal: never }, (session) => summed(session, [table]));
        expect(whole.rows, table).toBeGreaterThan(0);
        const parts = await onEachNode(table);
        for (const copy of parts) expect(copy, table).toEqual(whole);
      }
    } finally {
      await stopSingle();
    }
  });

  const inSession = <T>({ server }: Site, use: (session: Connection) => Promise<T>): Promise<T> =>
    withConnection(server.admin(templateName(server)), never, use);

  /** Of a distributed table, what all nodes have together; of a reference table, what each of them has. */
  async function onEachNode(table: string): Promise<Summed[]> {
    const placed = await inSession(site, async (session) => {
      const { rows } = await session.query<{ state: string; id: string }>(PLACED, [quotedRelation(table)]);
      return rows;
    });
    if (placed.length === 0) return [await inSession(site, (session) => summed(session, [table]))];
    const found: Summed[] = [];
    for (const node of nodesOf(site.server))
      await withConnection(node.admin(templateName(site.server)), never, async (session) => {
        await session.query('SET citus.override_table_visibility = off');
        const shards = placed.map(({ id }) => `${table}_${id}`);
        const { rows } = await session.query<{ name: string }>(
          'SELECT relname AS name FROM pg_class WHERE relname = ANY ($1)',
          [shards],
        );
        if (rows.length > 0)
          found.push(
            await summed(
              session,
              rows.map(({ name }) => name),
            ),
          );
      });
    return placed[0]?.state === 't' ? found : [found.reduce(together)];
  }

  test('a sweep says that it was made on a cluster', { timeout: 900_000 }, async () => {
    const io = capturedIo();
    const argv = ['sweep', '--suite', 'tests/fixtures/crossover-suite/suite.ts', '--scales', '1,2'];
    const builds = ['--measure', 'builds', '--steps', '0', '--baseline', 'shipped', '--out', own.out];
    expect(await run([...argv, ...builds, '--target', 'citus', ...ON_CLUSTER], io), io.err()).toBe(
      ExitCode.done,
    );
    const directory = await sweepDirectory(own);
    const { points, environment } = await sweepIn(directory);
    expect(environment).toMatchObject({ target: 'citus', workers: 2 });
    expect(points.map(({ tables, indexes }) => [tables[0]?.rows, indexes.length])).toEqual([
      [10_000, 2],
      [20_000, 2],
    ]);
    for (const file of ['sweep.md', 'sweep.html'])
      expect(await readFile(join(directory, file), 'utf8')).toMatch(/PostgreSQL 15\.\d+ citus, 2 workers/);
    expect(io.out()).toMatch(/PostgreSQL 15\.\d+ citus, 2 workers/);
  });
});

/** The rows of relations: how many, and the sum of a checksum of each, whatever their order. */
interface Summed {
  rows: number;
  sum: bigint;
}

const PLACED = `
  SELECT p.repmodel AS state, s.shardid AS id
  FROM pg_dist_partition p JOIN pg_dist_shard s USING (logicalrelid) WHERE logicalrelid = $1::regclass`;

async function summed(session: Connection, relations: readonly string[]): Promise<Summed> {
  const sums: Summed[] = [];
  for (const relation of relations) {
    const { rows } = await session.query<{ rows: string; sum: string }>(
      `SELECT count(*) AS rows, coalesce(sum(hashtextextended(r::text, 0)::numeric), 0) AS sum FROM public.${relation} AS r`,
    );
    sums.push({ rows: Number(rows[0]?.rows), sum: BigInt(rows[0]?.sum ?? 0) });
  }
  return sums.reduce(together);
}

const together = (a: Summed, b: Summed): Summed => ({ rows: a.rows + b.rows, sum: a.sum + b.sum });
