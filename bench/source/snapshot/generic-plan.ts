import type { Connection } from '../../database/connection.ts';
import { queryPlan, type ExplainedNode } from '../../database/plan-tree.ts';
import { identifierText } from '../../model/relation.ts';
import type { Planned } from '../../model/snapshot.ts';
import { withCastsBehind } from '../statements/parameters/rewrite.ts';
import type { ObservedStatement } from '../statements/source-statement.ts';
import { attempt } from './attempt.ts';

/** Where a statement is planned. */
interface Planner {
  major: number;
  searchPath: readonly string[];
  /** Planner settings, beside those of the session. @default none */
  planner?: Readonly<Record<string, string>>;
}

/** Planning may call functions that say they change nothing. */
const PATIENCE = '30s';

/** A plan takes the locks that the statement itself would: nobody is to queue behind it for long. */
const LOCK_PATIENCE = '500ms';

/** The plan for any parameters, as the planner would make it now. */
export async function genericPlan(
  connection: Connection,
  { sql, refusal }: Pick<ObservedStatement, 'sql' | 'refusal'>,
  { major, searchPath, planner = {} }: Planner,
): Promise<Planned> {
  if (refusal !== undefined) return { state: 'refused', reason: refusal };
  const settings = {
    ...planner,
    search_path: searchPath.map(identifierText).join(', '),
    statement_timeout: PATIENCE,
    lock_timeout: LOCK_PATIENCE,
    plan_cache_mode: 'force_generic_plan',
  };
  const explain = major >= 16 ? explainedGenerically : explainedPrepared;
  const tried = await attempt(connection, settings, () => explain(connection, withCastsBehind(sql)));
  if (tried.state === 'too long') return { state: 'refused', reason: `planning it took over ${PATIENCE}` };
  if (tried.state === 'refused') return { state: 'refused', reason: tried.message };
  const { plain, verbose } = tried.value;
  const { signature, tree } = await queryPlan(connection, plain, verbose);
  return { state: 'planned', plan: { signature, tree, rows: plain['Plan Rows'] } };
}

type Root = ExplainedNode & { 'Plan Rows': number };

interface Explained {
  plain: Root;
  verbose: Root;
}

/** PostgreSQL manual, EXPLAIN: since 16. */
const explainedGenerically = async (connection: Connection, sql: string): Promise<Explained> => ({
  plain: await explain(connection, ['GENERIC_PLAN'], sql),
  verbose: await explain(connection, ['GENERIC_PLAN', 'VERBOSE'], sql),
});

const NAME = 'index_impact_generic';

async function explainedPrepared(connection: Connection, sql: string): Promise<Explained> {
  // One that could not be planned is still there: its transaction took no statement any more.
  await connection.query('DEALLOCATE ALL');
  await connection.query(`PREPARE ${NAME} AS ${sql}`);
  const count = Math.max(0, ...[...sql.matchAll(/\$(\d+)/g)].map(([, number]) => Number(number)));
  const execute = `EXECUTE ${NAME}${count > 0 ? `(${Array(count).fill('NULL').join(', ')})` : ''}`;
  return {
    plain: await explain(connection, [], execute),
    verbose: await explain(connection, ['VERBOSE'], execute),
  };
}

async function explain(connection: Connection, options: readonly string[], sql: string): Promise<Root> {
  const { rows } = await connection.query<{ 'QUERY PLAN': string }>(
    `EXPLAIN (${[...options, 'FORMAT JSON'].join(', ')}) ${sql}`,
  );
  const [explanation] = JSON.parse(rows[0]?.['QUERY PLAN'] ?? '[]') as { Plan?: Root }[];
  return explanation?.Plan ?? { 'Node Type': 'Utility', 'Plan Rows': 0 };
}
