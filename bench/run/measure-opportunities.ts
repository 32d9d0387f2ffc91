import { judge } from '../analyse/judge.ts';
import { listIndexes, type CatalogIndex } from '../database/catalog.ts';
import { withConnection } from '../database/connection.ts';
import { itemFailure } from '../database/item-failure.ts';
import { readSqlFile, statementsOf } from '../database/sql-file.ts';
import { drawKey, examineRead, measureRead } from '../measure/reads.ts';
import { SESSIONS_PER_ARM, type Sessions } from '../measure/sessions.ts';
import type { PerArm } from '../model/arm.ts';
import type { ReadMeasurement } from '../model/measurement.ts';
import type { Pair } from '../model/pair.ts';
import type { AttemptedIndex, OpportunityResult, ReadResult } from '../model/result.ts';
import type { ReadItem, Scheduled } from '../model/work-item.ts';
import type { Opportunity } from '../suite/opportunity.ts';
import type { BaselineArms } from './arms.ts';
import { countedWrites } from './ledger/charged-writes.ts';
import { withVariant } from './ledger/variant.ts';
import type { Workload } from './ledger/workload.ts';
import { orderFor, withArms, type Session } from './session.ts';

/** It stands beside the candidate's reads, and needs its interval, no more. */
const PAIRS = 20;

/** Holds each opportunity against what the candidate leaves: as the document writes it, then in its nearest form. */
export async function measureOpportunities(
  opportunities: readonly Opportunity[],
  { databases: { after } }: BaselineArms,
  workload: Workload,
): Promise<void> {
  const { record } = workload.session;
  for (const opportunity of opportunities) {
    const { title, table } = opportunity;
    const asWritten = await attempt(await statementsIn(opportunity.asWritten), after, workload);
    const nearest = await statementsIn(opportunity.nearest);
    const outcome = await attemptAnd(nearest, after, workload, async (variant) => {
      const databases = { before: after, after: variant };
      return {
        reads: await measureAll(opportunity.reads, databases, workload),
        writes: await countedWrites(databases, table, workload),
      };
    });
    await record.addOpportunity({ title, table, asWritten, ...outcome });
  }
}

const statementsIn = async (file: URL | string): Promise<string[]> =>
  (await statementsOf(await readSqlFile(file))).map(({ text }) => text);

const attempt = async (
  statements: readonly string[],
  database: string,
  workload: Workload,
): Promise<AttemptedIndex> =>
  (await attemptAnd(statements, database, workload, () => Promise.resolve({ reads: [], writes: [] })))
    .nearest;

/** Makes a variant and looks at what it has that the database has not, and the other way round. */
async function attemptAnd(
  statements: readonly string[],
  database: string,
  { session }: Workload,
  use: (variant: string) => Promise<Pick<OpportunityResult, 'reads' | 'writes'>>,
): Promise<Pick<OpportunityResult, 'nearest' | 'reads' | 'writes'>> {
  const { server, signal } = session;
  const sql = statements.join(';\n');
  const indexesOf = (name: string): Promise<CatalogIndex[]> =>
    withConnection(server.url(name), signal, listIndexes);
  try {
    return await withVariant(session, database, statements, async (variant) => {
      const [had, has] = [await indexesOf(database), await indexesOf(variant)];
      const nearest = { state: 'created' as const, sql, made: without(has, had), dropped: without(had, has) };
      return { nearest, ...(await use(variant)) };
    });
  } catch (cause) {
    const error = itemFailure(cause, sql);
    if (!error) throw cause;
    return { nearest: { state: 'refused', sql, message: error.message }, reads: [], writes: [] };
  }
}

const without = (
  indexes: readonly CatalogIndex[],
  others: readonly CatalogIndex[],
): { name: string; bytes: number }[] =>
  indexes
    .filter(({ name }) => !others.some((other) => other.name === name))
    .map(({ name, bytes }) => ({ name, bytes }));

/** All reads, whether or not their plan changes: what an opportunity does not serve is part of the answer. */
async function measureAll(
  items: readonly ReadItem[],
  databases: PerArm<string>,
  workload: Workload,
): Promise<ReadResult[]> {
  const { session, baseline } = workload;
  const reads = await withArms(session, databases, SESSIONS_PER_ARM.read, async (sessions) => {
    const measured: ReadMeasurement[] = [];
    for (const item of items) measured.push(await measureOne({ item, baseline }, sessions, session));
    return measured;
  });
  return judge({ reads, writes: [], canaries: [] }).reads;
}

/** A read that PostgreSQL refuses is no fault of the index. */
async function measureOne(
  read: Scheduled<ReadItem>,
  sessions: PerArm<Sessions>,
  session: Session,
): Promise<ReadMeasurement> {
  const { sql, key } = read.item;
  try {
    const parameters = await drawKey(sessions.before[0], key);
    const statement = { sql, parameters };
    const examination = await examineRead(
      statement,
      sessions,
      new Set(),
      orderFor(session, 'planning', read),
    );
    const enough = (pairs: readonly Pair[]) => pairs.length >= PAIRS;
    const timing = { order: orderFor(session, 'schedule', read), enough, observer: session.observer };
    const timed = await measureRead(statement, sessions, timing);
    return { ...read, parameters, state: 'measured', ...examination, ...timed };
  } catch (cause) {
    const error = itemFailure(cause, sql);
    if (!error) throw cause;
    return { ...read, parameters: [], state: 'failed', error };
  }
}
