import { applyCandidate, type BuiltIndex } from '../database/candidate.ts';
import { checkpointAll } from '../database/checkpoint.ts';
import { withConnection, withConnections, type Connection } from '../database/connection.ts';
import { withClone } from '../database/databases.ts';
import { dropSecondaryIndexes, listIndexes } from '../database/indexes.ts';
import { databaseName, type Site } from '../database/server.ts';
import type { SqlFile } from '../database/sql-file.ts';
import { tableSizes } from '../database/table-sizes.ts';
import { rebuild } from '../measure/repeated-builds.ts';
import type { Baseline } from '../model/arm.ts';
import { canonicalRelation } from '../model/relation.ts';
import type { Dataset } from '../model/result.ts';
import type { SweepPoint, SweptIndex } from '../model/sweep.ts';
import type { ReadItem } from '../model/work-item.ts';
import { templateName } from '../run/template.ts';
import { plansAfter, plansBefore } from './swept-plans.ts';

/** A seeded database, and what is to be found out about it. */
export interface SurveySite extends Site {
  reads: readonly ReadItem[];
  candidate: SqlFile;
  baselines: readonly Baseline[];
  dataset: Dataset;
}

/** What is known of a scale without timing a statement. */
export type Survey = Pick<SweepPoint, 'tables' | 'plans' | 'indexes'>;

/** Plans every read with and without the candidate, and builds its indexes, on a copy of the template for each baseline. */
export async function survey(site: SurveySite): Promise<Survey> {
  const found: Survey = { tables: await tablesOf(site), plans: [], indexes: [] };
  for (const baseline of site.baselines) {
    const { plans, indexes } = await surveyBaseline(baseline, site);
    found.plans.push(...plans);
    found.indexes.push(...indexes);
  }
  return found;
}

/** Rows as they were loaded, and bytes as they lie on disk. */
async function tablesOf({ server, signal, dataset }: SurveySite): Promise<SweepPoint['tables']> {
  const sizes = await withConnection(server.owner(templateName(server)), signal, tableSizes);
  return dataset.tables.map(({ table, rows }) => {
    const name = canonicalRelation(table);
    return { table: name, rows, bytes: sizes.find((size) => size.table === name)?.tableBytes ?? 0 };
  });
}

const surveyBaseline = (baseline: Baseline, site: SurveySite): Promise<Pick<Survey, 'plans' | 'indexes'>> =>
  withClone(site, templateName(site.server), databaseName(site.server, `${baseline}_survey`), (clone) =>
    withConnections(site.server.owner(clone), 2, site.signal, async ([connection, watcher]) => {
      if (baseline === 'bare') await dropSecondaryIndexes(connection);
      const before = await plansBefore(site.reads, connection);
      const { built } = await applyCandidate(connection, site.candidate, watcher);
      await checkpointAll(site.server);
      const plans = await plansAfter(before, new Set(built.map(({ name }) => name)), connection);
      return {
        plans: plans.map((plan) => ({ ...plan, baseline })),
        indexes: await buildsOf(built, baseline, connection),
      };
    }),
  );

/** Bytes are those of an index that was built anew, as it is wherever it is built first. */
async function buildsOf(
  built: readonly BuiltIndex[],
  baseline: Baseline,
  connection: Connection,
): Promise<SweptIndex[]> {
  const found: SweptIndex[] = [];
  for (const index of built.filter(({ valid }) => valid)) {
    const builds = await rebuild(connection, index);
    if (builds.length === 0) continue;
    found.push({ index: index.name, table: index.table, baseline, bytes: index.bytes, builds });
  }
  const sizes = await listIndexes(connection);
  const bytesOf = (name: string): number => sizes.find((index) => index.name === name)?.bytes ?? 0;
  return found.map((index) => ({ ...index, bytes: bytesOf(index.index) }));
}
