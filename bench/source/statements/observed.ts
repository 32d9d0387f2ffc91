import { escapeIdentifier } from 'pg';
import { askCatalog } from '../../database/ask-catalog.ts';
import type { Connection } from '../../database/connection.ts';
import { UsageError } from '../../model/errors.ts';
import type { RanStatement } from '../name-lookups.ts';
import type { ObservedStatement } from './source-statement.ts';

/**
 * What pg_stat_statements has of this database, in whatever schema the extension is. A role needs pg_read_all_stats to
 * see the texts of others.
 *
 * @throws UsageError where there is nothing, naming `--queries`
 */
export async function observedStatements(connection: Connection): Promise<ObservedStatement[]> {
  const found = await findObserved(connection);
  if (found.state === 'there') return found.statements;
  throw new UsageError([
    `--from: ${found.reason}; --queries takes a folder or a file with the statements instead`,
  ]);
}

type Observed = { state: 'there'; statements: ObservedStatement[] } | { state: 'missing'; reason: string };

/** The same, or why there is nothing. */
export async function findObserved(connection: Connection): Promise<Observed> {
  const columns = await columnsOfView(connection);
  const [first] = columns;
  if (!first) return missing('the database has no extension pg_stat_statements');
  const names = new Set(columns.map(({ name }) => name));
  try {
    const rows = await askCatalog<Row>(connection, statisticsQuery(first.schema, names));
    if (rows.length === 0) return missing('pg_stat_statements has no statement of this database');
    return { state: 'there', statements: rows.map(statementOf) };
  } catch (error) {
    if (isNotLoaded(error)) return missing('the server has not loaded pg_stat_statements');
    throw error;
  }
}

const missing = (reason: string): Observed => ({ state: 'missing', reason });

/** What each role ran; nothing where pg_stat_statements cannot be read. */
export async function statementsOfRoles(connection: Connection): Promise<RanStatement[]> {
  const columns = await columnsOfView(connection);
  const [first] = columns;
  if (!first) return [];
  const time = timeIn(new Set(columns.map(({ name }) => name)));
  const rows = await askCatalog<Record<'role' | 'sql' | 'total_ms', string>>(
    connection,
    `SELECT r.rolname AS role, s.query AS sql, sum(${time}) AS total_ms
     FROM ${escapeIdentifier(first.schema)}.pg_stat_statements s
     JOIN pg_roles r ON r.oid = s.userid
     WHERE s.dbid = ${THIS_DATABASE} AND s.query IS NOT NULL
     GROUP BY r.rolname, s.query`,
  ).catch((error: unknown) => {
    if (isNotLoaded(error)) return [];
    throw error;
  });
  return rows.map(({ role, sql, total_ms: totalMs }) => ({ role, sql, totalMs: Number(totalMs) }));
}

const THIS_DATABASE = '(SELECT oid FROM pg_database WHERE datname = current_database())';

const timeIn = (columns: ReadonlySet<string>): string =>
  columns.has('total_exec_time') ? 's.total_exec_time' : 's.total_time';

/** 55000 object_not_in_prerequisite_state: shared_preload_libraries does not name it. */
const isNotLoaded = (error: unknown): boolean => (error as { code?: string }).code === '55000';

const COLUMNS = `
  SELECT n.nspname AS schema, c.relname AS view, a.attname AS name
  FROM pg_extension e
  JOIN pg_namespace n ON n.oid = e.extnamespace
  JOIN pg_class c ON c.relnamespace = n.oid AND c.relname IN ('pg_stat_statements', 'pg_stat_statements_info')
  JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
  WHERE e.extname = 'pg_stat_statements'
  ORDER BY c.relname, a.attnum`;

type ViewColumn = Record<'schema' | 'view' | 'name', string>;

const columnsOfView = (connection: Connection): Promise<ViewColumn[]> =>
  askCatalog<ViewColumn>(connection, COLUMNS);

type Row = Record<'query' | 'id' | 'calls' | 'total_ms' | 'rows' | 'per_hour' | 'hours', string> & {
  wal_bytes: string | null;
};

/**
 * Begins a comment in statements of ours that read a source's tables, and not its catalogs alone: they are no work of the
 * application, and are never in what is observed.
 */
export const OWN_STATEMENT = '/* index-impact */';

/** A second: nothing is divided by 0. */
const LEAST_HOURS = '1.0 / 3600';

/**
 * Columns by version of the extension: total_exec_time and wal_bytes since 1.8, toplevel and pg_stat_statements_info
 * since 1.9, stats_since since 1.11 (PostgreSQL manual, F.32).
 */
function statisticsQuery(schema: string, has: ReadonlySet<string>): string {
  const own = escapeIdentifier(schema);
  const since = has.has('stats_since') ? 's.stats_since' : sinceReset(own, has);
  const hours = `greatest(extract(epoch FROM now() - ${since}) / 3600, ${LEAST_HOURS})`;
  return `
    SELECT s.query, s.queryid AS id, sum(s.calls) AS calls,
           sum(${timeIn(has)}) AS total_ms, sum(s.rows) AS rows,
           ${has.has('wal_bytes') ? 'sum(s.wal_bytes)' : 'NULL'} AS wal_bytes,
           sum(s.calls / ${hours}) AS per_hour, max(${hours}) AS hours
    FROM ${own}.pg_stat_statements s
    WHERE s.dbid = ${THIS_DATABASE}
      AND s.query IS NOT NULL AND strpos(s.query, '${OWN_STATEMENT}') = 0 ${has.has('toplevel') ? 'AND s.toplevel' : ''}
    GROUP BY s.query, s.queryid
    ORDER BY total_ms DESC, id`;
}

const sinceReset = (own: string, has: ReadonlySet<string>): string =>
  has.has('stats_reset')
    ? `(SELECT stats_reset FROM ${own}.pg_stat_statements_info)`
    : 'pg_postmaster_start_time()';

const statementOf = ({ query, id, wal_bytes, per_hour, hours, ...row }: Row): ObservedStatement => ({
  sql: query,
  origin: `queryid ${id}`,
  calls: Number(row.calls),
  totalMs: Number(row.total_ms),
  rows: Number(row.rows),
  weight: Number(per_hour),
  countedHours: Number(hours),
  ...(wal_bytes !== null && { walBytes: Number(wal_bytes) }),
});
