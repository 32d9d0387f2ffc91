import { judge } from '../../analyse/judge.ts';
import { applyCandidate, type BuiltIndex } from '../../database/candidate.ts';
import { listIndexes, type CatalogIndex } from '../../database/indexes.ts';
import { withConnection, type Connection } from '../../database/connection.ts';
import { itemFailure } from '../../database/item-failure.ts';
import { readSqlFile, type SqlFile } from '../../database/sql-file.ts';
import { drawKey, examineRead, measureRead, prepareRead } from '../../measure/reads.ts';
import { SESSIONS_PER_ARM, type ArmSessions } from '../../measure/sessions.ts';
import type { PerArm } from '../../model/arm.ts';
import { RunError } from '../../model/errors.ts';
import type { ReadMeasurement } from '../../model/measurement.ts';
import type { Pair } from '../../model/pair.ts';
import type { ReadResult } from '../../model/item-result.ts';
import type { AttemptedIndex, OpportunityResult } from '../../model/result.ts';
import type { ReadItem, Scheduled } from '../../model/work-item.ts';
import type { Opportunity } from '../../suite/suite.ts';
import type { BaselineArms } from '../arms.ts';
import { onOneCore } from '../observer.ts';
import { observersOf, orderFor, withArms, type ObservedSite, type RunSite } from '../sites.ts';
import { countedWrites, keepsUp } from './charged-writes.ts';
import type { IndexSite } from './index-site.ts';
import { withVariant } from './variant.ts';

/** Enough for an interval: an opportunity stands beside the candidate's reads. */
const PAIRS = 12;

/** Compares each opportunity with the candidate's result: as the document writes it, then in its nearest form. */
export async function measureOpportunities(
  opportunities: readonly Opportunity[],
  { databases: { after } }: BaselineArms,
  site: IndexSite,
): Promise<void> {
  const done = site.state.measured.opportunities.map(({ title }) => title);
  for (const opportunity of opportunities.filter(({ title }) => !done.includes(title))) {
    const { title, table } = opportunity;
    const asWritten = await attempt(await readSqlFile(opportunity.asWritten), after, site);
    const nearest = await readSqlFile(opportunity.nearest);
    const writes = [...site.writes, ...opportunity.writes].filter((item) => keepsUp(item, table));
    const outcome = await attemptAnd(nearest, after, site, async (variant) => {
      const databases = { before: after, after: variant };
      return {
        reads: await measureServedReads(opportunity.reads, databases, site),
        writes: await countedWrites(databases, writes, site),
      };
    });
    await site.store.add('opportunities', { title, table, asWritten, ...outcome });
  }
}

const attempt = async (file: SqlFile, database: string, site: RunSite): Promise<AttemptedIndex> =>
  (await attemptAnd(file, database, site, () => Promise.resolve({ reads: [], writes: [] }))).nearest;

/** Makes a variant, and lists the indexes that it has added and dropped. */
async function attemptAnd(
  file: SqlFile,
  database: string,
  site: RunSite,
  use: (variant: string) => Promise<Pick<OpportunityResult, 'reads' | 'writes'>>,
): Promise<Pick<OpportunityResult, 'nearest' | 'reads' | 'writes'>> {
  const { server, signal } = site;
  const sql = file.text.trim();
  let made: readonly BuiltIndex[] = [];
  const change = async (connection: Connection): Promise<void> => {
    made = (await applyCandidate(connection, file)).built;
  };
  const indexesOf = (name: string): Promise<CatalogIndex[]> =>
    withConnection(server.owner(name), signal, listIndexes);
  try {
    return await withVariant(site, database, change, async (variant) => {
      const dropped = without(await indexesOf(database), await indexesOf(variant));
      const nearest = { state: 'created' as const, sql, made: made.map(sizedBuild), dropped };
      return { nearest, ...(await use(variant)) };
    });
  } catch (cause) {
    const error = itemFailure(cause instanceof RunError ? cause.cause : cause, sql);
    if (!error) throw cause;
    return { nearest: { state: 'refused', sql, message: error.message }, reads: [], writes: [] };
  }
}

const sizedBuild = ({ name, bytes, buildMs }: BuiltIndex) => ({ name, bytes, buildMs });

const without = (
  indexes: readonly CatalogIndex[],
  others: readonly CatalogIndex[],
): { name: string; bytes: number }[] =>
  indexes
    .filter(({ name }) => !others.some((other) => other.name === name))
    .map(({ name, bytes }) => ({ name, bytes }));

/** Measures all reads, whether or not their plan changes: those that are not served are part of the answer. */
async function measureServedReads(
  items: readonly ReadItem[],
  databases: PerArm<string>,
  site: IndexSite,
): Promise<ReadResult[]> {
  const { baseline } = site;
  const reads = await onOneCore(site, (pinned) =>
    withArms(pinned, databases, SESSIONS_PER_ARM.read, async (sessions) => {
      const measured: ReadMeasurement[] = [];
      for (const item of items) measured.push(await measureServedRead({ item, baseline }, sessions, site));
      return measured;
    }),
  );
  return judge({ reads, writes: [], canaries: [] }).reads;
}

/** A read that PostgreSQL refuses is no fault of the index. */
async function measureServedRead(
  read: Scheduled<ReadItem>,
  sessions: PerArm<ArmSessions>,
  site: ObservedSite,
): Promise<ReadMeasurement> {
  const { sql, key } = read.item;
  try {
    const parameters = await drawKey(sessions.before[0], key, site.ask);
    const statement = { sql, parameters };
    const examination = await examineRead(statement, sessions, new Set(), orderFor(site, 'planning', read));
    const enough = (pairs: readonly Pair[]) => pairs.length >= PAIRS;
    const timing = { order: orderFor(site, 'schedule', read), enough, observers: observersOf(site) };
    const prepared = await prepareRead(statement, sessions, timing.observers);
    const timed = await measureRead(prepared, sessions, timing);
    return { ...read, parameters, state: 'measured', ...examination, ...timed };
  } catch (cause) {
    const error = itemFailure(cause, sql);
    if (!error) throw cause;
    return { ...read, parameters: [], state: 'failed', error };
  }
}
