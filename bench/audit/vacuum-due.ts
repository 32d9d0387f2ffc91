import type { AuditOutcome } from '../model/audit.ts';
import type { Connection } from '../database/connection.ts';
import { isUserSchema } from '../database/relations.ts';
import { toFinding, type FindingRow } from './relations.ts';

/** SQL: a table's setting, or else the server's; NULL on servers without it. */
const setting = (name: string): string =>
  `coalesce((SELECT o.option_value FROM pg_options_to_table(c.reloptions) AS o WHERE o.option_name = '${name}'),
            current_setting('${name}', true))::float8`;

/**
 * The conditions of autovacuum (PostgreSQL manual, "The Autovacuum Daemon"). Since 18, a maximum applies to VACUUM
 * unless it is -1. `reltuples` is -1 before the first ANALYZE.
 */
const DUE = `
  WITH tables AS (
    SELECT format('%I.%I', n.nspname, c.relname) AS name, pg_table_size(c.oid) AS bytes,
           s.n_dead_tup, s.n_mod_since_analyze,
           greatest(s.last_vacuum, s.last_autovacuum) AS vacuumed,
           greatest(s.last_analyze, s.last_autoanalyze) AS analyzed,
           least(${setting('autovacuum_vacuum_threshold')}
                   + ${setting('autovacuum_vacuum_scale_factor')} * greatest(c.reltuples, 0),
                 nullif(${setting('autovacuum_vacuum_max_threshold')}, -1)) AS vacuum_at,
           ${setting('autovacuum_analyze_threshold')}
             + ${setting('autovacuum_analyze_scale_factor')} * greatest(c.reltuples, 0) AS analyze_at
    FROM pg_stat_user_tables s
    JOIN pg_class c ON c.oid = s.relid
    JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE ${isUserSchema('n')}
  ), due AS (
    SELECT *, n_dead_tup > vacuum_at AS to_vacuum, n_mod_since_analyze > analyze_at AS to_analyze FROM tables
  )
  SELECT name AS what, bytes,
         concat_ws('; ',
           CASE WHEN to_vacuum THEN format('%s dead rows, due from %s; last VACUUM %s',
             n_dead_tup, ceil(vacuum_at), coalesce(to_char(vacuumed AT TIME ZONE 'UTC', 'YYYY-MM-DD'), 'never')) END,
           CASE WHEN to_analyze THEN format('%s rows changed, due from %s; last ANALYZE %s',
             n_mod_since_analyze, ceil(analyze_at), coalesce(to_char(analyzed AT TIME ZONE 'UTC', 'YYYY-MM-DD'), 'never')) END
         ) AS why,
         CASE WHEN to_vacuum AND to_analyze THEN 'VACUUM (ANALYZE) ' WHEN to_vacuum THEN 'VACUUM ' ELSE 'ANALYZE ' END
           || name || ';' AS statement
  FROM due
  WHERE to_vacuum OR to_analyze
  ORDER BY bytes DESC, name`;

/** Tables that autovacuum should have processed. */
export async function vacuumDue(connection: Connection): Promise<AuditOutcome> {
  const { rows } = await connection.query<FindingRow>(DUE);
  const server = await connection.query<{ autovacuum: string }>(
    `SELECT current_setting('autovacuum') AS autovacuum`,
  );
  const isOff = server.rows[0]?.autovacuum === 'off';
  return {
    state: 'checked',
    findings: rows.map(toFinding),
    notes: isOff ? ['autovacuum is off on this server: run these by hand or by a schedule.'] : [],
  };
}
