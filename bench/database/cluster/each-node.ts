import { escapeLiteral, type QueryResultRow } from 'pg';
import { RunError } from '../../model/errors.ts';
import { askCatalog } from '../ask-catalog.ts';
import type { Connection } from '../connection.ts';
import { isCluster, listNodes } from './nodes.ts';

/** What one node answers. `node` is undefined where one server holds everything. */
export interface NodeAnswer<Row> {
  node: string | undefined;
  rows: Row[];
}

/** Texts for `$1` and so on. */
type Values = readonly string[];

/**
 * Asks PostgreSQL's catalogs, or views of its counts, on every node of a cluster, in the database of the same name: shards
 * are seen there. Where there is one server, that is asked in this session.
 *
 * @param values the same for all nodes, or those of each
 */
export async function askEachNode<Row extends QueryResultRow>(
  connection: Connection,
  sql: string,
  values: Values | ((node: string | undefined) => Values) = [],
): Promise<NodeAnswer<Row>[]> {
  const valuesOn = typeof values === 'function' ? values : () => values;
  if (!(await isCluster(connection)))
    return [{ node: undefined, rows: await askCatalog<Row>(connection, sql, valuesOn(undefined)) }];
  const answers = await commandEachNode(
    connection,
    (node) => `SELECT coalesce(json_agg(answer), '[]') FROM (${withValues(sql, valuesOn(node))}) AS answer`,
  );
  return answers.map(({ node, result }) => ({ node, rows: rowsOf<Row>(result) }));
}

/** The same rows of all nodes, without saying whose each is. */
export const askAllNodes = async <Row extends QueryResultRow>(
  connection: Connection,
  sql: string,
  values: Values = [],
): Promise<Row[]> => (await askEachNode<Row>(connection, sql, values)).flatMap(({ rows }) => rows);

/** Each in a new session of the same role. It closes before the answer comes, and its counts are in the node's then. */
const RUN = `
  SELECT success, result, ordinality
  FROM pg_catalog.master_run_on_worker($1::text[], $2::int[], $3::text[], true)
    WITH ORDINALITY AS run (host, port, success, result, ordinality)
  ORDER BY ordinality`;

/** Runs one statement on every node of a cluster. */
export async function commandEachNode(
  connection: Connection,
  sqlOn: (node: string) => string,
): Promise<{ node: string; result: string }[]> {
  const nodes = await listNodes(connection);
  const { rows } = await connection.query<Record<'success' | 'result', string>>(RUN, [
    nodes.map(({ host }) => host),
    nodes.map(({ port }) => port),
    nodes.map(({ name }) => sqlOn(name)),
  ]);
  return nodes.map(({ name }, position) => {
    const { success, result = '' } = rows[position] ?? {};
    if (success !== 't') throw noAnswer(name, result);
    return { node: name, result };
  });
}

const noAnswer = (node: string, reason: string): RunError =>
  new RunError(`The ${node} of the cluster does not answer`, {
    detail: `  ${reason}`,
    remedy: 'Its log has the reason. If anything was measured, it is kept: continue with --resume.',
  });

const withValues = (sql: string, values: Values): string =>
  sql.replace(/\$(\d+)/g, (_, position: string) => escapeLiteral(values[Number(position) - 1] ?? ''));

type Scalar = string | number | boolean | null | object;

/** As a session of ours gets them: as PostgreSQL's text. */
const rowsOf = <Row>(json: string): Row[] =>
  (JSON.parse(json) as Record<string, Scalar>[]).map(
    (row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, textOf(value)])) as Row,
  );

const textOf = (value: Scalar): string | null => {
  if (value === null || typeof value === 'string') return value;
  if (typeof value === 'boolean') return value ? 't' : 'f';
  return typeof value === 'number' ? String(value) : JSON.stringify(value);
};
