import { askCatalog } from '../../database/ask-catalog.ts';
import type { Connection } from '../../database/connection.ts';
import { relationTextOf, rootOf } from '../../database/relations.ts';
import type { TableActivity } from '../../model/snapshot.ts';
import { isOwnRelation } from '../schema/catalog-sql.ts';

/** What the server counts of a table, with its partitions. */
export interface TableCounters {
  pages: number;
  activity: TableActivity;
  /** Whether its statistics are hidden by row security. */
  isFiltered: boolean;
}

/** Counters go on when the server restarts, and begin anew when they are reset, or after a crash. */
const HOURS = `
  SELECT nullif(greatest(extract(epoch FROM now() - stats_reset) / 3600, 0), 0)
  FROM pg_stat_database WHERE datname = current_database()`;

/** SQL: the size of every table, and as JSON what was written to it. */
export const COUNTERS = `
  SELECT ${relationTextOf('n', 'c')} AS "table", c.relrowsecurity AND row_security_active(c.oid) AS "isFiltered",
         leaves.pages, json_strip_nulls(json_build_object(
           'countedHours', (${HOURS}), 'inserts', leaves.inserts, 'updates', leaves.updates, 'hotUpdates', leaves.hot,
           'deletes', leaves.deletes, 'deadRows', leaves.dead)) AS activity
  FROM pg_class c
  JOIN pg_namespace n ON n.oid = c.relnamespace AND ${isOwnRelation('n', 'c')}
  CROSS JOIN LATERAL (
    SELECT ceil(coalesce(sum(pg_relation_size(leaf.oid)), 0) / 8192) AS pages,
           coalesce(sum(s.n_tup_ins), 0) AS inserts, coalesce(sum(s.n_tup_upd), 0) AS updates,
           coalesce(sum(s.n_tup_hot_upd), 0) AS hot, coalesce(sum(s.n_tup_del), 0) AS deletes,
           coalesce(sum(s.n_dead_tup), 0) AS dead
    FROM pg_class leaf LEFT JOIN pg_stat_all_tables s ON s.relid = leaf.oid
    WHERE leaf.relkind = 'r' AND ${rootOf('leaf.oid')} = c.oid) AS leaves
  WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition`;

type Row = Record<'table' | 'isFiltered' | 'pages' | 'activity', string>;

/** By the table. */
export async function countersOfTables(connection: Connection): Promise<Map<string, TableCounters>> {
  const rows = await askCatalog<Row>(connection, COUNTERS);
  return new Map(
    rows.map(({ table, isFiltered, pages, activity }) => [
      table,
      {
        pages: Number(pages),
        isFiltered: isFiltered === 't',
        activity: JSON.parse(activity) as TableActivity,
      },
    ]),
  );
}
