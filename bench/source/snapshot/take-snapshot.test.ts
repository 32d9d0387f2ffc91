import { afterAll, beforeAll, expect, test } from 'vitest';
import { snapshotOf } from '../../../tests/fixtures/snapshot-of.ts';
import { freshDatabase, type FreshDatabase } from '../../../tests/fixtures/test-server.fixture.ts';
import { withConnection, type Connection } from '../../database/connection.ts';
import type { ColumnStatistics, Snapshot } from '../../model/snapshot.ts';
import { SCHEMA } from './texts.fixture.ts';
import type { SnapshotRequest } from './take-snapshot.ts';

const { signal } = new AbortController();

const MARKER = /marker/i;
/** Of the bytes, in hexadecimal. */
const MARKER_BYTES = /4d41524b4552/i;

let database: FreshDatabase;
let redacted: Snapshot;
let kept: Snapshot;

const take = (request: Partial<SnapshotRequest> = {}): Promise<Snapshot> =>
  asOwner((owner) => snapshotOf(owner, { redact: { keptTexts: [] }, ...request }));

const asOwner = <T>(use: (owner: Connection) => Promise<T>): Promise<T> =>
  withConnection(database.login, signal, use);

beforeAll(async () => {
  database = await freshDatabase();
  await asOwner((owner) => owner.query(SCHEMA));
  redacted = await take();
  kept = await take({ redact: undefined });
});
afterAll(() => database.drop());

function statisticsOf(snapshot: Snapshot, table: string, column: string): ColumnStatistics {
  const found = snapshot.tables
    .find(({ name }) => name === table)
    ?.columns.find(({ name }) => name === column);
  if (!found?.statistics) throw new Error(`no statistics of ${table}.${column}`);
  return found.statistics;
}

const valuesOf = (snapshot: Snapshot, table: string, column: string): string[] => {
  const { mostCommon, bounds, elements } = statisticsOf(snapshot, table, column);
  return [...mostCommon, ...(elements?.mostCommon ?? [])].map(({ value }) => value).concat(bounds);
};

const TEXTS = [
  'town',
  'plain',
  'sorted',
  'code',
  'loose',
  'titled',
  'tags',
  'document',
  'pairs',
  'bytes',
  'search',
];

test('no text of a row is in a redacted snapshot', () => {
  const text = JSON.stringify({ ...redacted, schema: undefined });
  expect(text).not.toMatch(MARKER);
  expect(text).not.toMatch(MARKER_BYTES);
  for (const column of TEXTS) {
    const values = valuesOf(kept, 'people', column);
    expect(values.length, column).toBeGreaterThan(0);
    for (const value of values) expect(value).toMatch(column === 'bytes' ? MARKER_BYTES : MARKER);
  }
  expect(statisticsOf(kept, 'people', 'span').ranges?.bounds[0]).toMatch(MARKER);
  expect(statisticsOf(kept, 'people', 'mixed').bounds[0]).toMatch(MARKER);
});

test('fakes have the lengths, the shares and the order of the texts', async () => {
  for (const column of TEXTS) {
    const [one, other] = [kept, redacted].map((snapshot) => statisticsOf(snapshot, 'people', column));
    const lengths = (of: ColumnStatistics | undefined) => ({
      ...of,
      mostCommon: of?.mostCommon.map(({ value, share }) => [Buffer.byteLength(value), share]),
      bounds: of?.bounds.map((value) => Buffer.byteLength(value)),
      elements: of?.elements?.mostCommon.map(({ value, share }) => [Buffer.byteLength(value), share]),
    });
    expect(lengths(other), column).toEqual(lengths(one));
  }
  const inOrder = async (type: string, column: string): Promise<void> => {
    const bounds = statisticsOf(redacted, 'people', column).bounds;
    const { rows } = await asOwner((owner) =>
      owner.query<{ sorted: string }>(
        `SELECT json_agg(b ORDER BY b::${type}) AS sorted FROM unnest($1::text[]) AS b`,
        [bounds],
      ),
    );
    expect(JSON.parse(rows[0]?.sorted ?? ''), column).toEqual(bounds);
  };
  await inOrder('text COLLATE "en-x-icu"', 'sorted');
  await inOrder('bpchar', 'code');
  await inOrder('citext', 'loose');
  await inOrder('text[]', 'tags');
  await inOrder('jsonb', 'document');
  await inOrder('bytea', 'bytes');
});

test('equal texts have equal fakes where a foreign key joins their columns, and elsewhere', () => {
  const pairs = [
    ['towns', 'name'],
    ['people', 'town'],
    ['people', 'plain'],
  ].flatMap(([table = '', column = '']) => {
    const fakes = valuesOf(redacted, table, column);
    return valuesOf(kept, table, column).map((text, at): [string, string | undefined] => [text, fakes[at]]);
  });
  const byText = new Map(pairs);
  for (const [text, fake] of pairs) expect(byText.get(text)).toBe(fake);
  expect(new Set(byText.values()).size).toBe(byText.size);
  expect(byText.size).toBeLessThan(pairs.length);
});

test('literals of the schema stay, and all that stays is listed', () => {
  expect(valuesOf(redacted, 'people', 'kind')).toEqual(['seller', 'buyer']);
  expect(redacted.redacted?.kept).toEqual(
    expect.arrayContaining([
      { object: 'values of people.kind', reason: 'literals of the schema: "seller", "buyer"' },
      { object: 'UUIDs', reason: 'of columns of type uuid' },
      { object: 'values of people.document', reason: 'keys of documents, numbers and truth values' },
    ]),
  );
  expect(kept.redacted).toBeUndefined();
  expect(redacted.unknown).toContainEqual({
    object: 'values of people.mixed',
    reason: expect.stringMatching(/left out: nothing is known of texts in public.pair/) as string,
  });
});

test('what is no text is as the server has it', async () => {
  for (const column of ['id', 'born', 'token', 'state'])
    expect(statisticsOf(redacted, 'people', column)).toEqual(statisticsOf(kept, 'people', column));
  const { rows } = await asOwner((owner) =>
    owner.query<{ bounds: string; correlation: number }>(
      `SELECT histogram_bounds::text::text[] AS bounds, correlation FROM pg_stats WHERE tablename = 'people' AND attname = 'born'`,
    ),
  );
  expect(statisticsOf(redacted, 'people', 'born')).toMatchObject({
    nullShare: 0,
    averageBytes: 4,
    distinct: -1,
  });
  expect(rows[0]?.bounds).toBe(`{${statisticsOf(redacted, 'people', 'born').bounds.join(',')}}`);
  expect(
    redacted.tables.find(({ name }) => name === 'people')?.columns.map(({ name }) => name),
  ).not.toContain('doubled');
});

test('statistics of several columns name their columns', () => {
  const [extended] = redacted.tables.find(({ name }) => name === 'people')?.extended ?? [];
  expect(extended).toMatchObject({
    name: 'kind_and_plain',
    columns: ['plain', 'kind'],
    distinct: [{ columns: ['plain', 'kind'], count: 7 }],
  });
  expect(extended?.dependencies.map(({ from, to }) => [from, to])).toContainEqual([['plain'], 'kind']);
  expect(extended?.mostCommon).toHaveLength(7);
  expect(new Set(extended?.mostCommon.map(({ values }) => values[0]))).toEqual(
    new Set(valuesOf(redacted, 'people', 'plain')),
  );
});

test('rows that refer to one are counted', () => {
  expect(redacted.fanOuts).toEqual([
    expect.objectContaining({ table: 'people', columns: ['town'], refersTo: 'towns', childlessShare: 0.25 }),
  ]);
  const { children = [] } = redacted.fanOuts[0] ?? {};
  expect([children.length, children[0], children.at(-1)]).toEqual([101, 30, 30]);
});

test('a partitioned table that was not analysed has the statistics of its partitions', () => {
  expect(statisticsOf(kept, 'visits', 'at')).toMatchObject({ nullShare: 0, averageBytes: 4 });
  const { bounds } = statisticsOf(kept, 'visits', 'at');
  expect([bounds[0]?.slice(0, 4), bounds.at(-1)?.slice(0, 4)]).toEqual(['2025', '2026']);
  expect(bounds.toSorted()).toEqual(bounds);
  expect(redacted.unknown).toContainEqual({
    object: 'table visits',
    reason: expect.stringMatching(/run ANALYZE visits$/) as string,
  });
});

test('a table that was never analysed is named, and short texts are longer than fewer fakes can be', () => {
  expect(redacted.unknown).toContainEqual({
    object: 'table never',
    reason: 'it was never analysed: nothing is known of its values; run ANALYZE never',
  });
  expect(redacted.unknown).toContainEqual({
    object: 'fakes in letters.letter',
    reason: expect.stringMatching(/longer than its texts/) as string,
  });
});

test('columns keep their texts, and tables are left out, where that is asked for', async () => {
  const choice = { tables: ['people', 'towns'], exclude: ['towns'] };
  const snapshot = await take({ choice, redact: { keptTexts: ['people.plain'] } });
  expect(snapshot.tables.map(({ name }) => name)).toEqual(['people']);
  expect(valuesOf(snapshot, 'people', 'plain')).toEqual(valuesOf(kept, 'people', 'plain'));
  expect(valuesOf(snapshot, 'people', 'town').join()).not.toMatch(MARKER);
  expect(snapshot.redacted?.kept).toContainEqual({ object: 'texts of people.plain', reason: '--keep-text' });
  await expect(take({ redact: { keptTexts: ['people.nothing'] } })).rejects.toThrow(
    '--keep-text: the source has no column people.nothing',
  );
});
