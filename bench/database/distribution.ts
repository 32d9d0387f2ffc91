import type { ChangedRule, Distribution } from '../model/distribution.ts';
import { askCatalog } from './ask-catalog.ts';
import type { Connection } from './connection.ts';
import { applySqlFile } from './migrate.ts';
import { isUserSchema, relationTextOf } from './relations.ts';
import type { SqlFile } from './sql-file.ts';

/**
 * Spreads the empty tables of a cluster's database over its nodes.
 *
 * @param file with the calls of Citus's functions; without one, all tables stay on the coordinator
 * @throws RunError with file, line, column and caret when a statement fails
 */
export async function distribute(connection: Connection, file: SqlFile | undefined): Promise<Distribution> {
  const before = await rulesOf(connection);
  if (file) await applySqlFile(connection, file);
  const after = await rulesOf(connection);
  return { tables: await placements(connection), changed: differences(before, after) };
}

const PLACEMENTS = `
  SELECT ${relationTextOf('n', 'c')} AS "table",
         CASE WHEN p.partmethod = 'h' THEN 'distributed' WHEN p.repmodel = 't' THEN 'reference' ELSE 'local' END AS state,
         column_to_column_name(p.logicalrelid, p.partkey) AS "column",
         (SELECT count(*) FROM pg_dist_shard s WHERE s.logicalrelid = p.logicalrelid) AS shards
  FROM pg_class c
  JOIN pg_namespace n ON n.oid = c.relnamespace AND ${isUserSchema('n')}
  LEFT JOIN pg_dist_partition p ON p.logicalrelid = c.oid
  WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition
    AND NOT EXISTS (SELECT FROM pg_depend d
                    WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
  ORDER BY 1`;

interface PlacementRow {
  table: string;
  state: 'distributed' | 'reference' | 'local';
  column: string | null;
  shards: string;
}

async function placements(connection: Connection): Promise<Distribution['tables']> {
  const rows = await askCatalog<PlacementRow>(connection, PLACEMENTS);
  return rows.map(({ table, state, column, shards }) => ({
    table,
    placement: state === 'distributed' ? { state, column: column ?? '', shards: Number(shards) } : { state },
  }));
}

/** Keys and other constraints between rows, and unique indexes that are none. Citus writes a CHECK in other words. */
const RULES = `
  SELECT ${relationTextOf('n', 't')} AS "table", o.name, o.definition
  FROM (
    SELECT conrelid AS relation, conname AS name, pg_get_constraintdef(oid) AS definition
    FROM pg_constraint WHERE contype IN ('f', 'p', 'u', 'x')
    UNION ALL
    SELECT x.indrelid, i.relname, pg_get_indexdef(x.indexrelid)
    FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid
    WHERE x.indisunique AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = x.indexrelid)
  ) AS o
  JOIN pg_class t ON t.oid = o.relation
  JOIN pg_namespace n ON n.oid = t.relnamespace AND ${isUserSchema('n')}
  ORDER BY 1, o.name COLLATE "C"`;

type Rule = Record<'table' | 'name' | 'definition', string>;

const rulesOf = (connection: Connection): Promise<Rule[]> => askCatalog<Rule>(connection, RULES);

function differences(before: readonly Rule[], after: readonly Rule[]): ChangedRule[] {
  const sameAs = (rule: Rule) => (other: Rule) => other.table === rule.table && other.name === rule.name;
  const changed = before.flatMap((rule) => {
    const now = after.find(sameAs(rule));
    if (now?.definition === rule.definition) return [];
    const { definition, ...named } = rule;
    return [{ ...named, before: definition, ...(now && { after: now.definition }) }];
  });
  const added = after
    .filter((rule) => !before.some(sameAs(rule)))
    .map(({ definition, ...named }) => ({ ...named, after: definition }));
  return [...changed, ...added];
}
