import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { withConnection } from '../bench/database/connection.ts';
import { listIndexes } from '../bench/database/indexes.ts';
import { run } from '../bench/main.ts';
import type { Arm } from '../bench/model/arm.ts';
import { ExitCode } from '../bench/model/errors.ts';
import type { IndexRecords } from '../bench/model/counters.ts';
import type { MeasuredRead, MeasuredWrite } from '../bench/model/item-result.ts';
import type { Result } from '../bench/model/result.ts';
import { applyMigrations } from '../bench/source/migrations/apply-migrations.ts';
import { readMigrations } from '../bench/source/migrations/read-migrations.ts';
import { loadSuite } from '../bench/suite/load-suite.ts';
import { indexesIn, sizesIn } from './fixtures/applications/catalog-figures.ts';
import { pagila, pagilaCandidate } from './fixtures/applications/pagila.ts';
import { explainOn } from './fixtures/applications/explain.ts';
import { replayOn } from './fixtures/applications/replay.ts';
import { umami, UMAMI_CANDIDATE, umamiMigrations } from './fixtures/applications/umami.ts';
import { capturedIo } from './fixtures/captured-io.ts';
import { keptArms, type KeptArms } from './fixtures/kept-arms.ts';
import { ownDirectories } from './fixtures/own-directories.ts';
import { readerUrl, startSource, type Filling } from './fixtures/source.ts';
import { freshDatabase } from './fixtures/test-server.fixture.ts';
import { storedResult } from './fixtures/stored-result.ts';

/** The folder with the schemas of the applications; they are no part of this repository. */
const { APPLICATIONS } = process.env;
const folder = APPLICATIONS ?? '';
if (APPLICATIONS === undefined)
  process.stderr.write('skipped: APPLICATIONS names no folder with schemas of applications\n');

const own = ownDirectories();
const ARMS: readonly Arm[] = ['before', 'after'];

interface Tried {
  result: Result;
  said: string;
  suite: string;
  kept: KeptArms;
}

/** Tries a migration on an application's database, and goes on with the arms. */
async function tried(filling: Filling, migration: readonly string[], check: (tried: Tried) => Promise<void>) {
  const source = await startSource(filling);
  try {
    vi.stubEnv('PGPASSWORD', 'reads');
    const io = capturedIo();
    const suite = join(own.out, 'suite');
    const out = join(own.out, 'reports');
    const flags = ['--yes', '--keep', '--budget', '2', '--save', suite, '--out', out];
    const code = await run(['try', '--from', readerUrl(source), ...flags, ...migration], io);
    expect(code, io.err()).toBe(ExitCode.done);
    const kept = await keptArms(io.out());
    try {
      await check({ result: await storedResult(out), said: io.err(), suite, kept });
    } finally {
      await kept.stop();
    }
  } finally {
    await source.stop();
    vi.unstubAllEnvs();
  }
}

async function expectSizesOf({ result, kept }: Tried): Promise<void> {
  for (const arm of ARMS) {
    const { tables, partitions } = await sizesIn(kept, `shipped_${arm}`);
    const bytes = ({ tableBytes, indexBytes }: Result['storage'][number][Arm]) => ({
      tableBytes,
      indexBytes,
    });
    expect.soft(new Map(result.storage.map((one) => [one.table, bytes(one[arm])]))).toEqual(tables);
    const leaves = result.storage.flatMap((one) => one.partitions ?? []);
    expect.soft(new Map(leaves.map((leaf) => [leaf.table, leaf[arm]]))).toEqual(partitions);
  }
}

async function expectIndexesOf({ result, kept }: Tried): Promise<void> {
  const made = result.candidate.indexes.map(({ name, bytes, isValid }) => ({ name, bytes, isValid }));
  expect.soft(made.every(({ isValid }) => isValid)).toBe(true);
  const found = await indexesIn(
    kept,
    'shipped_after',
    made.map(({ name }) => name),
  );
  expect.soft(new Set(made)).toEqual(new Set(found));
  expect
    .soft(
      await indexesIn(
        kept,
        'shipped_before',
        made.map(({ name }) => name),
      ),
    )
    .toEqual([]);
}

const measuredReads = ({ reads }: Result): MeasuredRead[] =>
  reads.filter((read) => read.state === 'measured');

const measuredWrites = ({ writes }: Result): MeasuredWrite[] =>
  writes.filter((write) => write.state === 'measured');

/**
 * The same executions on a copy of an arm. Whether an update is HOT is decided by the room on its page, and records
 * follow from the pages that change: both repeat exactly from copy to copy. Only a GiST index breaks ties between pages
 * at random (gistchoose in PostgreSQL's gistutil.c): its own records are left out.
 */
async function expectWritesOf({ result, suite, kept }: Tried): Promise<void> {
  const { writes } = await loadSuite(suite);
  for (const { id, counters, operation } of measuredWrites(result)) {
    const item = writes.find((one) => one.id === id);
    if (!item || !counters) throw new Error(`${id} was not counted`);
    for (const arm of ARMS) {
      const { executions, steady, perIndex, updates } = counters[arm];
      const replayed = await replayOn(kept, `shipped_${arm}`, item, executions);
      const repeating = (records: number, indexes: readonly IndexRecords[]) => ({
        ...{ id, arm, perIndex: indexes.filter(({ index }) => !replayed.gist.includes(index)) },
        records: indexes.reduce(
          (sum, one) => (replayed.gist.includes(one.index) ? sum - one.records : sum),
          records,
        ),
      });
      expect
        .soft(repeating(steady.records, perIndex))
        .toEqual(repeating(replayed.walRecords, replayed.perIndex));
      if (operation === 'UPDATE')
        expect.soft({ id, arm, updates }).toEqual({ id, arm, updates: replayed.updates });
    }
  }
}

/** Blocks that one execution of a read visits, cached or not: exact, and the rows that it finds. */
async function expectReadsOf({ result, kept }: Tried): Promise<void> {
  for (const { id, sql, parameters, counters } of measuredReads(result)) {
    for (const arm of ARMS) {
      const { sharedBlocks, rows } = counters[arm];
      const found = await explainOn(kept, `shipped_${arm}`, sql, parameters);
      expect.soft({ id, arm, sharedBlocks, rows }).toEqual({ id, arm, ...found });
    }
  }
}

const UMAMI_MIGRATION = ['--migrations', umamiMigrations(folder), '--candidate', UMAMI_CANDIDATE];

test.skipIf(APPLICATIONS === undefined)("Umami's folder is applied as Prisma Migrate has it", async () => {
  const location = umamiMigrations(folder);
  const plan = await readMigrations({ location, tool: undefined, candidate: undefined });
  const database = await freshDatabase();
  try {
    await withConnection(database.login, new AbortController().signal, async (connection) => {
      await applyMigrations(connection, plan);
      const before = await listIndexes(connection);
      expect(before.map(({ name }) => name)).toContain('website_event_website_id_created_at_url_path_idx');
      await applyMigrations(connection, { ...plan, schema: [plan.candidate] });
    });
  } finally {
    await database.drop();
  }
});

test.skipIf(APPLICATIONS === undefined)("Umami's seventeen indexes: every figure is PostgreSQL's", () =>
  tried(umami(folder), UMAMI_MIGRATION, async (one) => {
    const { result, said } = one;
    expect(said).toMatch(/Migration +03_metric_performance_index, about /);
    expect(said).toMatch(
      /Prisma Migrate: 2 migrations before it; not applied, because after it: 04_team_redesign, /,
    );
    expect(result.migration).toBeDefined();
    expect(said).toMatch(/rebuilt, the same; the migration can be applied/);
    expect(said).toMatch(/Statements +9 of 9, 100\.0 % of the execution time\n/);
    expect(result.source?.statements).toMatchObject({ observed: 9, replayed: 9, leftOut: [] });
    expect(result.candidate.indexes).toHaveLength(17);
    await expectSizesOf(one);
    await expectIndexesOf(one);
    await expectReadsOf(one);
    await expectWritesOf(one);
  }),
);

test.skipIf(APPLICATIONS === undefined)(
  "Pagila's partitions, full text and materialized view: every figure is PostgreSQL's",
  () =>
    tried(pagila(folder), [pagilaCandidate], async (one) => {
      const { result, said } = one;
      expect(said).toMatch(/rebuilt, the same; the migration can be applied/);
      expect(said).toMatch(/Statements +12 of 13, /);
      expect(result.source?.statements).toMatchObject({
        ...{ observed: 13, replayed: 12 },
        leftOut: [
          { sql: 'SELECT film_in_stock($1, $2)', reason: 'it names no table: a function may read some' },
        ],
      });
      expect(result.candidate.dropped?.map(({ name }) => name)).toEqual(['film_fulltext_idx']);
      expect(result.storage.find(({ table }) => table === 'payment')?.partitions).toHaveLength(7);
      const search = measuredReads(result).find(({ id }) => id === 'film-by-fulltext');
      expect(search?.plans.after.indexes).toEqual(['film_fulltext_gin_idx']);
      await expectSizesOf(one);
      await expectIndexesOf(one);
      await expectReadsOf(one);
      await expectWritesOf(one);
    }),
);
