import { applyCandidate, type AppliedCandidate } from '../database/candidate.ts';
import { dropSecondaryIndexes } from '../database/indexes.ts';
import { tableSizes } from '../database/table-sizes.ts';
import { checkpointAll } from '../database/checkpoint.ts';
import { withConnection, withConnections, type Connection } from '../database/connection.ts';
import { cloneDatabase } from '../database/databases.ts';
import { cleanPendingLists } from '../database/pending-lists.ts';
import { databaseName, type Site } from '../database/server.ts';
import type { SqlFile } from '../database/sql-file.ts';
import type { Arm, Baseline, PerArm } from '../model/arm.ts';
import type { Candidate, CandidateIndex } from '../model/candidate.ts';
import type { TableStorage } from '../model/result.ts';
import { compareSizes } from './compare-sizes.ts';
import { templateName } from './template.ts';

/** The two databases of one baseline. They are read. Writes go to clones of them. */
export interface BaselineArms extends AppliedCandidate {
  baseline: Baseline;
  databases: PerArm<string>;
  storage: readonly TableStorage[];
}

/** The databases of one baseline while both are the same. */
type EqualArms = Pick<BaselineArms, 'baseline' | 'databases'>;

/**
 * Copies the template twice and brings both to the baseline. Pending lists of GIN indexes are empty in both: what the load or
 * the ageing has left there is in the indexes.
 */
export async function makeArms(site: Site, baseline: Baseline): Promise<EqualArms> {
  const { server, signal } = site;
  const nameOf = (arm: Arm): string => databaseName(server, `${baseline}_${arm}`);
  const databases = { before: nameOf('before'), after: nameOf('after') };
  await cloneDatabase(site, templateName(server), databases.before);
  await withConnection(server.owner(databases.before), signal, async (connection) => {
    if (baseline === 'bare') await dropSecondaryIndexes(connection);
    await cleanPendingLists(connection);
  });
  await cloneDatabase(site, databases.before, databases.after);
  return { baseline, databases };
}

/** Applies the candidate to `after`. What it leaves in pending lists is in the indexes then. */
export async function applyToArms(
  { baseline, databases }: EqualArms,
  candidate: SqlFile,
  { server, signal }: Site,
): Promise<BaselineArms> {
  const inside = <T>(database: string, use: (connection: Connection) => Promise<T>): Promise<T> =>
    withConnection(server.owner(database), signal, use);
  const applied = await withConnections(server.owner(databases.after), 2, signal, ([connection, watcher]) =>
    applyCandidate(connection, candidate, watcher),
  );
  await inside(databases.after, cleanPendingLists);
  const storage = compareSizes(
    baseline,
    await inside(databases.before, tableSizes),
    await inside(databases.after, tableSizes),
  );
  await checkpointAll(server);
  return { baseline, databases, ...applied, storage };
}

/** The candidate's indexes with their build times on every baseline they were built on. */
export function candidateIndexes(arms: readonly BaselineArms[]): CandidateIndex[] {
  const first = arms[0]?.built ?? [];
  return first.map(({ name, table, definition, bytes, copies }) => {
    const found = arms.flatMap(({ baseline, built }) =>
      built.filter((index) => index.name === name).map((index) => ({ ...index, baseline })),
    );
    const isValid = found.every(({ valid }) => valid);
    const builds = found.map(({ baseline, buildMs, nodes }) => ({
      ...{ baseline, buildMs },
      ...(nodes && { nodes: [...nodes] }),
    }));
    const buildMs = builds.reduce((sum, build) => sum + build.buildMs, 0) / builds.length;
    return { name, table, definition, bytes, isValid, buildMs, builds, ...(copies && { copies }) };
  });
}

/** What else the candidate did, on the first of the baselines. */
export const candidateChanges = ([first]: readonly BaselineArms[]): Pick<
  Candidate,
  'dropped' | 'statements'
> => ({
  dropped: (first?.dropped ?? []).map(({ name, table, definition, bytes }) => ({
    name,
    table,
    definition,
    bytes,
  })),
  statements: [...(first?.statements ?? [])],
});

/** Of all their databases. */
export const namesOf = (arms: readonly BaselineArms[]): string[] =>
  arms.flatMap(({ databases }) => [databases.before, databases.after]);
