import type { LeftOut } from '../../../model/source.ts';
import { OWN_STATEMENT } from '../../statements/observed.ts';
import { withoutLiterals } from './without-literals.ts';

/** psql: whether pg_stat_statements can be read, and under which name. */
export const STATEMENTS_VIEW = `SELECT count(*) > 0 AND current_setting('pg_stat_statements.max', true) IS NOT NULL AS has_statements,
       coalesce(max(format('%I.pg_stat_statements', n.nspname)), '') AS statements_view,
       coalesce(max(format('%I.pg_stat_statements_info', n.nspname)), '') AS statements_info
FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'pg_stat_statements' \\gset`;

/** Names in statements on catalogs: those of tools, and of this script. */
const CATALOGS = `'\\m(pg_catalog|pg_class|pg_namespace|pg_attribute|pg_type|pg_proc|pg_stat\\w*|information_schema)\\M'`;

/** What is said of statements that the script leaves out. */
export const STATEMENTS_LEFT_OUT: LeftOut = {
  object: 'statements with other quotes',
  reason:
    'a backslash, a dollar quote, a dollar sign in a name or a comment in a comment: where their literals end is not sure, and they are left out',
};

/** SQL: the reads and writes of pg_stat_statements on tables, as JSON of a `SnapshotStatement`, without literals and comments. */
export const STATEMENTS = `
  SELECT coalesce(json_agg(json_build_object(
           'sql', btrim(sql, E' \\n;'), 'calls', calls, 'totalMs', total_ms, 'rows', "rows", 'walBytes', wal_bytes,
           'countedHours', hours, 'origin', 'queryid ' || queryid) ORDER BY total_ms DESC), '[]')
  FROM (
    SELECT ${withoutLiterals('s.query')} AS sql, s.queryid, sum(s.calls) AS calls, sum(s.total_exec_time) AS total_ms,
           sum(s.rows) AS "rows", sum(s.wal_bytes) AS wal_bytes,
           max(greatest(extract(epoch FROM now() - i.stats_reset), 1) / 3600) AS hours
    FROM :statements_view s CROSS JOIN :statements_info i
    WHERE s.dbid = (SELECT oid FROM pg_database WHERE datname = current_database()) AND s.queryid IS NOT NULL
      AND s.query ~* '^\\s*(SELECT|INSERT|UPDATE|DELETE|MERGE|WITH)\\M'
      AND s.query !~* ${CATALOGS} AND strpos(s.query, '${OWN_STATEMENT}') = 0
    GROUP BY s.query, s.queryid) AS seen
  WHERE sql IS NOT NULL`;
