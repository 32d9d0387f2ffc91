import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadTables } from '../../../seed/load.ts';
import { catalogSnapshot } from '../../database/catalog-snapshot.fixture.ts';
import { applyCandidate } from '../../database/candidate.ts';
import { withConnection } from '../../database/connection.ts';
import { applySqlFile, applySqlFiles } from '../../database/migrate.ts';
import { readSqlFile } from '../../database/sql-file.ts';
import { freshDatabase } from '../../../tests/fixtures/test-server.fixture.ts';
import { sampleResult } from '../../report/sample-result.fixture.ts';
import { judgeClaims } from '../../run/judge-claims.ts';
import { probeAnswers, type ProbeAnswers } from '../../run/items/claim-probes.ts';
import type { ProbeAnswer } from '../../suite/claim.ts';
import { claims } from './claims.ts';
import { salesAgent } from './suite.ts';

describe('put to a database with the candidate', () => {
  const never = new AbortController().signal;
  const answers = new Map<string, ProbeAnswer[]>();
  let database: Awaited<ReturnType<typeof freshDatabase>>;
  let catalog: string[];

  beforeAll(async () => {
    database = await freshDatabase();
    const { migrations, dataset, candidate } = salesAgent;
    await withConnection(database.login, never, async (connection) => {
      await applySqlFiles(connection, await Promise.all(migrations.map(readSqlFile)));
      await loadTables([connection], { tables: dataset.tables, scale: 0.2, seed: 42, signal: never });
      await applySqlFile(connection, await readSqlFile(dataset.age ?? ''));
      await applyCandidate(connection, await readSqlFile(candidate.up));
      await connection.query('VACUUM (FREEZE, ANALYZE)');
      catalog = await catalogSnapshot(connection);
    });
    for (const { id, probe } of claims)
      if (probe)
        await withConnection(database.login, never, async (connection) =>
          answers.set(id, await probeAnswers(connection, probe)),
        );
  });
  afterAll(() => database.drop());

  const judgedBy = (given: ProbeAnswers) => judgeClaims(claims, sampleResult(), given);
  const claim = (id: string) => judgedBy(answers).find((result) => result.id === id);

  test.each([
    ['foreign-keys-not-automatic', 'confirmed', 'a new foreign key has 0 indexes'],
    [
      'foreign-keys-all-indexed',
      'refuted',
      '16 of 17 foreign keys have an index; none on cartesia_api_calls (turn_id)',
    ],
    ['first-column-in-where', 'partly', 'with the index'],
    ['most-selective-first', 'partly', '2 of 6'],
    ['leading-column-in-where', 'confirmed', '3 of the 3 queries'],
    ['partial-index-smaller', 'confirmed', 'without the condition'],
    ['partial-index-performance', 'partly', 'the condition wins the query nothing'],
    ['partial-index-condition', 'confirmed', '(qualification_score IS NOT NULL)'],
    ['b-tree-equality', 'confirmed', "searched by (status = 'running'"],
    ['b-tree-range', 'confirmed', 'searched by (updated_at <'],
    ['b-tree-sorting', 'confirmed', 'the plan needs no sort'],
    ['b-tree-prefix', 'partly', 'collation "en-x-icu": no index is searched'],
    ['b-tree-nulls', 'confirmed', 'searched by (completed_at IS NOT NULL)'],
    ['concurrent-creation', 'refuted', '0 of 19'],
    ['no-duplicate-errors', 'confirmed', 'without an error'],
    ['safe-to-repeat', 'partly', 'ix_leads_qualified_at is INVALID'],
    ['query-all-indexes', 'confirmed', 'rows'],
    ['query-indexes-per-table', 'confirmed', '23 rows'],
    ['query-index-usage', 'refuted', 'column "tablename" does not exist'],
    ['usage-requires-extension', 'refuted', 'rows'],
    ['migration-initial', 'confirmed', 'all are there'],
    ['migration-multi-agent', 'confirmed', 'all are there'],
    ['migration-crm', 'confirmed', 'all are there'],
    ['migration-005', 'confirmed', 'an index and'],
    ['migration-reports', 'confirmed', 'all are there'],
    ['opportunity-partial', 'refuted', 'column "status" does not exist'],
    ['opportunity-gin', 'refuted', 'data type json has no default operator class'],
    ['opportunity-full-text', 'partly', 'cannot be found'],
    ['opportunity-brin', 'confirmed', 'it is accepted'],
    ['index-maintenance', 'confirmed', '1 of 1 row'],
    ['reindex', 'confirmed', 'after'],
    ['vacuum-analyze', 'confirmed', 'by default it is on'],
  ])('%s is %s: %s', (id, verdict, text) => {
    expect(claim(id)?.verdict).toBe(verdict);
    expect(
      claim(id)
        ?.evidence.map((evidence) => evidence.text)
        .join('\n'),
    ).toContain(text);
  });

  test('leave the database as they found it, for the claims after them', async () => {
    expect(await withConnection(database.login, never, catalogSnapshot)).toEqual(catalog);
  });

  test('say how to have measured what this run did not', () => {
    const unmeasured = judgedBy(answers).filter(({ verdict }) => verdict === 'not measurable here');
    const texts = unmeasured.flatMap(({ evidence }) => evidence.map(({ text }) => text));
    expect(texts).toContain('not measured; --only example-3 does');
    expect(texts).toContain('measured none of the 6 query patterns; --workload full does');
  });

  test('judge examples by their intervals and plans, on both baselines', () => {
    expect(claim('example-2-factor')).toMatchObject({
      verdict: 'confirmed',
      evidence: [{ baseline: 'shipped' }, { baseline: 'bare' }],
    });
    expect(claim('example-1-factor')?.verdict).toBe('refuted');
    expect(claim('example-1-plan-before')?.verdict).toBe('partly');
    expect(claim('example-2-plan-after')?.evidence[0]).toEqual({
      baseline: 'shipped',
      text: 'the plan after uses ix_social_media_activity_lead_id; Example 2, cold key: ix_social_media_activity_lead_id',
      verdict: 'partly',
    });
  });

  test('have no verdict on figures for other row counts than the run has', () => {
    const sample = sampleResult();
    const small = judgeClaims(claims, { ...sample, run: { ...sample.run, scale: 0.05 } }, answers);
    for (const id of [
      'example-2-factor',
      'example-2-after-ms',
      'example-2-rows',
      'example-2-plan-after',
      'common-queries-range',
      'disk-space',
    ])
      expect(small.find((result) => result.id === id)?.verdict).toBe('not measurable here');
  });

  test('let one write that is cheap confirm nothing about all of them', () => {
    const sample = sampleResult();
    const writes = sample.writes.filter(({ id }) => id === 'insert-leads');
    const found = { ...sample, writes: writes.map((write) => ({ ...write, operation: 'INSERT' as const })) };
    const evidence = judgeClaims(claims, found, answers).find(({ id }) => id === 'write-overhead')
      ?.evidence[0];
    expect(evidence).toMatchObject({ baseline: 'shipped', verdict: 'not measurable here' });
    expect(evidence?.text).toContain('1 INSERT item: 1 below 5 %');
    expect(evidence?.text).toContain('5 more were not measured');
  });

  /** Every statement of every probe answered by this. */
  const allAnswered = (answer: ProbeAnswer): ProbeAnswers =>
    new Map(claims.flatMap(({ id, probe }) => (probe ? [[id, probe.map(() => answer)]] : [])));

  /** What is claimed is that PostgreSQL takes, or refuses, the statement as it is printed. */
  const ABOUT_REFUSAL = [
    'no-duplicate-errors',
    'query-all-indexes',
    'query-indexes-per-table',
    'query-index-usage',
    'usage-requires-extension',
    'opportunity-partial',
    'opportunity-gin',
    'opportunity-full-text',
    'opportunity-brin',
  ];

  test('take a refusal as evidence only where it is what is claimed', () => {
    const results = judgedBy(allAnswered({ state: 'refused', message: 'no such relation' }));
    for (const { id, verdict, evidence } of results.filter(({ id }) => answers.has(id))) {
      if (!ABOUT_REFUSAL.includes(id)) expect([id, verdict]).toEqual([id, 'not measurable here']);
      expect(evidence.map(({ text }) => text).join()).toContain('no such relation');
      expect(evidence.map(({ text }) => text).join()).not.toMatch(/NaN|undefined/);
    }
  });

  test('have no verdict where a statement of the probe was not carried out to its end', () => {
    for (const { id, verdict, evidence } of judgedBy(
      allAnswered({ state: 'failed', message: 'canceling statement due to statement timeout' }),
    ).filter((result) => answers.has(result.id))) {
      expect([id, verdict]).toEqual([id, 'not measurable here']);
      expect(evidence[0]?.text).toContain('statement timeout');
    }
  });

  test('have no verdict where nothing could be asked', () => {
    const results = judgedBy(new Map());
    const probed = claims.filter(({ probe }) => probe !== undefined).map(({ id }) => id);
    for (const { id, verdict } of results)
      if (probed.includes(id)) expect([id, verdict]).toEqual([id, 'not measurable here']);
  });
});
