import { explainingEveryTask } from '../database/cluster/explain-tasks.ts';
import { listNodes } from '../database/cluster/nodes.ts';
import type { Connection } from '../database/connection.ts';
import type { ReadCounters } from '../model/counters.ts';
import type { QueryPlan } from '../model/plan.ts';
import { queryPlan } from '../database/plan-tree.ts';
import { countersOf, taskPlanningMs, type CountedNode } from './read-counts.ts';
import { explainable, type Statement } from './statement.ts';

interface Explanation {
  Plan: CountedNode & { 'Total Cost': number };
  'Planning Time'?: number;
  'Query Identifier'?: string;
}

/** One explained execution: its plan and its counts. */
export interface Explained {
  plan: QueryPlan;
  counters: ReadCounters;
}

/**
 * Runs a statement under EXPLAIN ANALYZE twice and keeps the second. The first execution of a session also reads
 * catalogs, and PostgreSQL counts those blocks, too.
 */
export async function explainAnalyze(connection: Connection, statement: Statement): Promise<Explained> {
  const options = 'ANALYZE, BUFFERS, TIMING OFF';
  const [first, { Plan }] = await explainingEveryTask(connection, async () => [
    await explain(connection, statement, options, 'VERBOSE'),
    await explain(connection, statement, options),
  ]);
  return {
    plan: await queryPlan(connection, Plan, first.Plan),
    counters: countersOf(Plan, await listNodes(connection)),
  };
}

/** The plan that a statement would get now; it is not executed. */
export async function planOf(connection: Connection, statement: Statement): Promise<QueryPlan> {
  const [verbose, plain] = await explainingEveryTask(connection, async () => [
    await explain(connection, statement, 'VERBOSE'),
    await explain(connection, statement),
  ]);
  return queryPlan(connection, plain.Plan, verbose.Plan);
}

/** The same as PostgreSQL writes it, without costs: equal texts are equal plans. */
export async function planText(connection: Connection, statement: Statement): Promise<string> {
  return explainingEveryTask(connection, () => explainText(connection, statement, 'VERBOSE', 'COSTS OFF'));
}

/** What the planner expects a statement to take, in its own unit; nothing is executed. */
export const planCost = async (connection: Connection, statement: Statement): Promise<number> =>
  (await explain(connection, statement)).Plan['Total Cost'];

/** What planning a statement takes, in milliseconds. */
export interface PlanningMs {
  /** On the server that is asked. */
  own: number;
  /** Of a distributed query, a task on its node: the one that Citus shows. */
  task: number | undefined;
}

/** Times a planning; nothing is executed. */
export async function planningMs(connection: Connection, statement: Statement): Promise<PlanningMs> {
  const { Plan, 'Planning Time': own = NaN } = await explain(connection, statement, 'SUMMARY');
  return { own, task: taskPlanningMs(Plan) };
}

/** The id of the statement in pg_stat_statements, as text: it has 64 bits. */
export async function queryIdentifier(
  connection: Connection,
  statement: Statement,
): Promise<string | undefined> {
  const { 'Query Identifier': identifier } = await explain(connection, statement, 'VERBOSE');
  return identifier;
}

async function explain(
  connection: Connection,
  statement: Statement,
  ...options: string[]
): Promise<Explanation> {
  const written = await explainText(connection, statement, ...options);
  const json = written.replace(/("Query Identifier": )(-?\d+)/g, '$1"$2"');
  const [explanation] = JSON.parse(json) as Explanation[];
  if (!explanation) throw new Error('EXPLAIN returned no plan');
  return explanation;
}

async function explainText(
  connection: Connection,
  statement: Statement,
  ...options: string[]
): Promise<string> {
  const { text, values } = explainable(statement);
  const { rows } = await connection.query<{ 'QUERY PLAN': string }>(
    `EXPLAIN (${[...options, 'FORMAT JSON'].join(', ')}) ${text}`,
    values,
  );
  return rows[0]?.['QUERY PLAN'] ?? '[]';
}
