import type { Connection } from '../database/connection.ts';
import type { ReadCounters } from '../model/counters.ts';
import type { QueryPlan } from '../model/plan.ts';
import { queryPlan, type ExplainedNode } from '../database/plan-tree.ts';
import { explainable, type Statement } from './statement.ts';

/** A node as EXPLAIN (FORMAT JSON) prints it; other keys are ignored. */
interface CountedNode extends ExplainedNode {
  'Total Cost': number;
  'Actual Rows': number;
  'Actual Loops': number;
  'Shared Hit Blocks': number;
  'Shared Read Blocks': number;
  'Temp Read Blocks': number;
  'Temp Written Blocks': number;
  'Heap Fetches'?: number;
  'Index Searches'?: number;
  Plans?: readonly CountedNode[];
}

interface Explanation {
  Plan: CountedNode;
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
  const first = await explain(connection, statement, options, 'VERBOSE');
  const { Plan } = await explain(connection, statement, options);
  return { plan: await queryPlan(connection, Plan, first.Plan), counters: countersOf(Plan) };
}

/** The plan that a statement would get now; it is not executed. */
export async function planOf(connection: Connection, statement: Statement): Promise<QueryPlan> {
  const verbose = await explain(connection, statement, 'VERBOSE');
  const plain = await explain(connection, statement);
  return queryPlan(connection, plain.Plan, verbose.Plan);
}

/** The same as PostgreSQL writes it, without costs: equal texts are equal plans. */
export async function planText(connection: Connection, statement: Statement): Promise<string> {
  return explainText(connection, statement, 'VERBOSE', 'COSTS OFF');
}

/** What the planner expects a statement to take, in its own unit; nothing is executed. */
export const planCost = async (connection: Connection, statement: Statement): Promise<number> =>
  (await explain(connection, statement)).Plan['Total Cost'];

/** The planning time of a statement, in milliseconds. */
export const planningMs = async (connection: Connection, statement: Statement): Promise<number> =>
  (await explain(connection, statement, 'SUMMARY'))['Planning Time'] ?? NaN;

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
  const json = written.replace(/("Query Identifier": )(-?\d+)/, '$1"$2"');
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

/** The block counts of a node include those of its children; heap fetches and index searches are each node's own. */
function countersOf(top: CountedNode): ReadCounters {
  const nodes = withDescendants(top);
  const sum = (own: (node: CountedNode) => number | undefined): number =>
    nodes.reduce((total, node) => total + (own(node) ?? 0), 0);
  return {
    sharedBlocks: top['Shared Hit Blocks'] + top['Shared Read Blocks'],
    tempBlocks: top['Temp Read Blocks'] + top['Temp Written Blocks'],
    rows: Math.round(top['Actual Rows'] * top['Actual Loops']),
    heapFetches: sum((node) => node['Heap Fetches']),
    ...(nodes.some((node) => node['Index Searches'] !== undefined) && {
      indexSearches: sum((node) => node['Index Searches']),
    }),
  };
}

const withDescendants = (node: CountedNode): CountedNode[] => [
  node,
  ...(node.Plans ?? []).flatMap(withDescendants),
];
