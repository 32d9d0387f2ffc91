import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { withConnection, type Connection } from '../bench/database/connection.ts';
import { applySqlFiles } from '../bench/database/migrate.ts';
import { readSqlFile } from '../bench/database/sql-file.ts';
import type { TableSource } from '../bench/model/dataset.ts';
import { freshDatabase } from '../tests/fixtures/test-server.fixture.ts';
import { salesAgent } from '../bench/suites/sales-agent/suite.ts';
import { loadTables, type LoadOptions } from './load.ts';
import { rowCounts } from './row-counts.ts';
import { tables } from './tables/index.ts';

const never = new AbortController().signal;

/** Migrates and loads a database for `use`. */
async function loaded<T>(
  options: Partial<LoadOptions>,
  use: (connection: Connection, load: Awaited<ReturnType<typeof loadTables>>) => Promise<T>,
): Promise<T> {
  const database = await freshDatabase();
  try {
    return await withConnection(database.login, never, async (connection) => {
      await applySqlFiles(connection, await Promise.all(salesAgent.migrations.map(readSqlFile)));
      return use(
        connection,
        await loadTables([connection], { tables, scale: 0.01, seed: 1, signal: never, ...options }),
      );
    });
  } finally {
    await database.drop();
  }
}

const futureChanges = `(SELECT updated_at FROM leads UNION ALL SELECT updated_at FROM contact_social_profiles
  UNION ALL SELECT updated_at FROM organization_charts UNION ALL SELECT updated_at FROM reports) AS changes
  WHERE updated_at > '2025-10-04Z'`;

const checksums = (options: Partial<LoadOptions>) =>
  loaded(options, (_, { loads }) => Promise.resolve(loads.map(({ sha256 }) => sha256)));

test('the same seed gives the same bytes, another seed gives others', async () => {
  const reference = await checksums({});
  expect(await checksums({})).toEqual(reference);
  const others = await checksums({ seed: 2 });
  expect(others.filter((sha256) => reference.includes(sha256))).toEqual([]);
});

test('at scale 1 there are the documented 190,000 rows', () => {
  const { rowsOf, raised } = rowCounts(tables, 1);
  expect(tables.reduce((sum, { name }) => sum + rowsOf(name), 0)).toBe(190_000);
  expect(raised).toEqual([]);
});

test('a scale too small for the examples is raised, and the result says so', () => {
  expect(rowCounts(tables, 0.01).raised).toMatchObject([{ table: 'leads', from: 100, to: 600 }]);
});

test('an abort ends a load at once, and an error about a row names its table', async () => {
  const aborted = AbortSignal.abort(new Error('enough'));
  await expect(checksums({ signal: aborted })).rejects.toThrow('enough');
  const [leads] = tables;
  if (!leads) throw new Error('leads come first');
  const broken = { ...leads, row: () => leads.columns.map(() => 'x') };
  await expect(checksums({ tables: [broken] })).rejects.toThrow(
    'Loading table "leads" failed: invalid input syntax',
  );
});

test.each<[string, () => unknown, string]>([
  ['throws', () => NaN.toFixed(-1), 'RangeError: toFixed() digits argument must be between 0 and 100'],
  ['returns nothing', () => undefined, 'undefined'],
  ['leaves out a cell', () => [1, 2], '2 cells'],
])('a row() that %s is named with its table and row', async (_, row, given) => {
  const broken = { name: 'broken', columns: ['a', 'b', 'c'], rowsAtScaleOne: 100, row } as TableSource;
  await expect(checksums({ tables: [broken] })).rejects.toMatchObject({
    message: `Row 0 of table "broken" cannot be made: row() gives ${given}`,
    remedy: 'It takes an array with a cell for each of the columns: a, b, c.',
  });
});

describe.each([0.01, 0.05])('a database loaded at scale %d', (scale) => {
  let database: Awaited<ReturnType<typeof freshDatabase>>;
  beforeAll(async () => {
    database = await freshDatabase();
    await withConnection(database.login, never, async (connection) => {
      await applySqlFiles(connection, await Promise.all(salesAgent.migrations.map(readSqlFile)));
      await loadTables([connection], { tables, scale, seed: 42, signal: never });
    });
  });
  afterAll(() => database.drop());

  const count = (sql: string) =>
    withConnection(database.login, never, async (connection) => {
      const { rows } = await connection.query<{ count: string }>(`SELECT count(*) FROM ${sql}`);
      return Number(rows[0]?.count);
    });

  test('has the rows that the documented examples read', async () => {
    expect(await count("contact_social_profiles WHERE company_name = 'Acme Corp'")).toBeGreaterThan(5);
    expect(await count('social_media_activity WHERE lead_id = 123')).toBeGreaterThan(20);
    expect(await count('organization_charts WHERE lead_id = 123')).toBeGreaterThan(0);
    expect(await count("agent_executions WHERE status = 'running'")).toBeGreaterThan(0);
  });

  test.each([
    [
      'a score without its time, or the reverse',
      'leads WHERE (qualification_score IS NULL) <> (qualified_at IS NULL)',
    ],
    [
      'a score but no change since it was made',
      'leads WHERE qualified_at IS NOT NULL AND updated_at IS NULL',
    ],
    [
      'a change from before the one it follows',
      'leads WHERE updated_at < qualified_at OR qualified_at < created_at',
    ],
    ['a change from after the reference time', futureChanges],
    ['a post from after it was scraped', 'social_media_activity WHERE posted_at > scraped_at'],
    [
      'retweets elsewhere than on twitter',
      "social_media_activity WHERE retweets_count IS NOT NULL AND platform <> 'twitter'",
    ],
    [
      'upvotes elsewhere than on reddit',
      "social_media_activity WHERE upvotes_count IS NOT NULL AND platform <> 'reddit'",
    ],
    [
      'a sentiment without a score, or the reverse',
      'social_media_activity WHERE (sentiment IS NULL) <> (sentiment_score IS NULL)',
    ],
    [
      'a priority that does not follow from the score',
      `contact_social_profiles WHERE contact_priority <>
         CASE WHEN decision_maker_score >= 75 THEN 'high' WHEN decision_maker_score >= 45 THEN 'medium' ELSE 'low' END`,
    ],
    [
      'a chief who is not marked as one',
      "contact_social_profiles WHERE is_c_level <> (job_title LIKE 'Chief%')",
    ],
    [
      'a vice president who is not marked as one',
      "contact_social_profiles WHERE is_vp_level <> (job_title LIKE 'VP%')",
    ],
    [
      'an open execution that is completed',
      "agent_executions WHERE (status IN ('pending', 'running')) <> (completed_at IS NULL)",
    ],
    [
      'an open execution that is old',
      "agent_executions WHERE status IN ('pending', 'running') AND created_at < '2025-10-03'",
    ],
    [
      'an active session that is completed',
      "voice_session_logs WHERE (status = 'ACTIVE') <> (completed_at IS NULL)",
    ],
    [
      'a log entry older than the one before',
      `(SELECT created_at < lag(created_at) OVER (ORDER BY id) AS older
         FROM cerebras_api_calls) AS log WHERE older`,
    ],
  ])('holds no row with %s', async (_, rows) => {
    expect(await count(rows)).toBe(0);
  });

  test('gives a few leads very many posts, and some leads none', async () => {
    const posts = await count('social_media_activity');
    const hottest = await count(
      `social_media_activity WHERE lead_id = (SELECT lead_id FROM social_media_activity WHERE lead_id <> 123
         GROUP BY lead_id ORDER BY count(*) DESC LIMIT 1)`,
    );
    expect(hottest / posts).toBeGreaterThan(0.01);
    const childless = salesAgent.writes.find(({ id }) => id === 'delete-leads')?.targets ?? '';
    expect(await count(`(${childless}) AS childless`)).toBeGreaterThanOrEqual(25);
  });

  test('continues the sequences after the last id', async () => {
    const next = await withConnection(database.login, never, (connection) =>
      connection.query<{ id: string }>(
        "INSERT INTO leads (company_name) VALUES ('new') RETURNING id - (SELECT max(id) FROM leads) AS id",
      ),
    );
    expect(next.rows[0]?.id).toBe('1');
  });
});
