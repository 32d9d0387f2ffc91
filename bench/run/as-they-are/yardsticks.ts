import type { Connection } from '../../database/connection.ts';
import { attempted } from '../../database/item-failure.ts';
import { planCost, planOf } from '../../measure/explain.ts';
import { renew, type ArmSessions } from '../../measure/sessions.ts';
import { queryOf, type Statement } from '../../measure/statement.ts';
import type { PerArm } from '../../model/arm.ts';
import type { Between } from '../../model/measurement.ts';
import type { ReadItem } from '../../model/work-item.ts';
import { countAll, type CountedTable } from './read-database.ts';

/** A statement that is measured where the candidate makes no difference. */
export interface Yardstick {
  item: ReadItem;
  statement: Statement;
  between: Between;
}

/** Each reads the memory of the servers in its own way. */
const MOST_READS = 3;
const MOST_TABLES = 2;

/** One that takes longer would take the time of the reads. */
const LONGEST_SECONDS = 2;

/** What the processor does, and what it does with memory. */
const WITHOUT_TABLE: readonly Yardstick[] = [
  yardstick('digests', 'Digests of 50,000 numbers', {
    sql: 'SELECT count(md5(number::text)) FROM generate_series(1, 50000) AS number',
    parameters: [],
  }),
  yardstick('sort', 'Sort of 50,000 numbers', {
    sql: `SELECT count(*) FROM (SELECT number FROM generate_series(1, 50000) AS number
      ORDER BY number % 1009, number OFFSET 0) AS sorted`,
    parameters: [],
  }),
];

const WITHOUT_INDEXES = ['enable_indexscan', 'enable_indexonlyscan', 'enable_bitmapscan']
  .map((setting) => `SET ${setting} = off`)
  .join('; ');

/** These sessions plan without any index, until they are renewed. */
export async function planWithoutIndexes({ before, after }: PerArm<ArmSessions>): Promise<void> {
  for (const session of [...before, ...after]) await session.query(WITHOUT_INDEXES);
}

/** Statements of which each server carries out the same plan without an index: reads, counts of rows, and some without a table. */
export async function yardsticksBetween(
  sessions: PerArm<ArmSessions>,
  reads: readonly { item: ReadItem; statement: Statement }[],
  tables: readonly CountedTable[],
): Promise<Yardstick[]> {
  await renew(sessions);
  await planWithoutIndexes(sessions);
  const chosen = [
    ...(await usable(await cheapestFirst(sessions.before[0], reads), MOST_READS, sessions)),
    ...(await usable(countsOf(tables), MOST_TABLES, sessions)),
    ...(await usable(WITHOUT_TABLE, WITHOUT_TABLE.length, sessions)),
  ];
  await renew(sessions);
  return chosen;
}

function yardstick(id: string, title: string, statement: Statement): Yardstick {
  const item = { id, title, source: '', workload: 'headline', weight: 0, sql: statement.sql } as const;
  return { item: { kind: 'read', ...item }, statement, between: 'servers' };
}

async function cheapestFirst(
  session: Connection,
  reads: readonly { item: ReadItem; statement: Statement }[],
): Promise<Yardstick[]> {
  const costs: { cost: number; yardstick: Yardstick }[] = [];
  for (const { item, statement } of reads) {
    const cost = await planCost(session, statement);
    costs.push({
      cost,
      yardstick: yardstick(`${item.id}-without-index`, `${item.title}, without an index`, statement),
    });
  }
  return costs.toSorted((a, b) => a.cost - b.cost).map((one) => one.yardstick);
}

const countsOf = (tables: readonly CountedTable[]): Yardstick[] =>
  tables
    .filter(({ rows, seconds }) => rows > 0 && seconds < LONGEST_SECONDS)
    .toSorted((a, b) => b.rows - a.rows)
    .map(({ table }) =>
      yardstick(`rows-of-${table}`, `Count of ${table}`, { sql: countAll(table), parameters: [] }),
    );

/** The first of them that both servers carry out by the same plan, and soon enough. */
async function usable(
  yardsticks: readonly Yardstick[],
  most: number,
  sessions: PerArm<ArmSessions>,
): Promise<Yardstick[]> {
  const found: Yardstick[] = [];
  for (const one of yardsticks) {
    if (found.length === most) break;
    if (await isUsable(one.statement, sessions)) found.push(one);
  }
  return found;
}

async function isUsable(statement: Statement, { before, after }: PerArm<ArmSessions>): Promise<boolean> {
  const signatures: string[] = [];
  for (const [session] of [before, after]) {
    signatures.push((await planOf(session, statement)).signature);
    if (!(await endsSoon(session, statement))) return false;
  }
  return signatures[0] === signatures[1];
}

async function endsSoon(session: Connection, statement: Statement): Promise<boolean> {
  await session.query('BEGIN');
  await session.query(`SET LOCAL statement_timeout = '${LONGEST_SECONDS}s'`);
  const tried = await attempted(statement.sql, () => session.query(queryOf(statement)));
  await session.query('ROLLBACK');
  return tried.state === 'measured';
}

/** The same reads in two sessions of one database each, whose ratio has to be 1. */
export const yardsticksWithin = (reads: readonly { item: ReadItem; statement: Statement }[]): Yardstick[] =>
  (['before', 'after'] as const).flatMap((between) =>
    reads.map(({ item, statement }) => ({
      item: { ...item, id: `${item.id}-on-${between}`, title: `${item.title}, on --${between} alone` },
      statement,
      between,
    })),
  );
