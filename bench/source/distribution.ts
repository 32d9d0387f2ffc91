import { escapeLiteral } from 'pg';
import { askCatalog } from '../database/ask-catalog.ts';
import { isCluster } from '../database/cluster/nodes.ts';
import type { Connection } from '../database/connection.ts';
import { isUserSchema, relationTextOf } from '../database/relations.ts';
import { quotedRelation } from '../model/relation.ts';
import type { LeftOut } from '../model/source.ts';

/** How the tables of a source are spread over the nodes of its cluster. */
export interface SourceDistribution {
  /** That does the same on another cluster, with empty tables. */
  sql: string;
  /** Those that lie on other nodes than the coordinator, too. */
  tables: readonly string[];
  leftOut: readonly LeftOut[];
}

/** `otherwise`: such as one shard for a whole table, which no column distributes. */
const TABLES = `
  SELECT ${relationTextOf('n', 'c')} AS "table",
         CASE WHEN p.partmethod = 'h' THEN 'distributed' WHEN p.repmodel = 't' THEN 'reference'
              WHEN p.partmethod = 'n' AND p.colocationid = 0 THEN 'local' ELSE 'otherwise' END AS state,
         column_to_column_name(p.logicalrelid, p.partkey) AS "column", p.colocationid AS colocation,
         (SELECT count(*) FROM pg_dist_shard s WHERE s.logicalrelid = p.logicalrelid) AS shards
  FROM pg_dist_partition p
  JOIN pg_class c ON c.oid = p.logicalrelid AND NOT c.relispartition
  JOIN pg_namespace n ON n.oid = c.relnamespace AND ${isUserSchema('n')}
  ORDER BY p.colocationid, 1`;

interface Row {
  table: string;
  state: 'distributed' | 'reference' | 'local' | 'otherwise';
  column: string | null;
  colocation: string;
  shards: string;
}

/** What Citus knows of the tables of a source; undefined where one server holds everything. */
export async function sourceDistribution(connection: Connection): Promise<SourceDistribution | undefined> {
  if (!(await isCluster(connection))) return undefined;
  const rows = await askCatalog<Row>(connection, TABLES);
  const elsewhere = rows.filter(({ state }) => state !== 'local');
  if (elsewhere.length === 0) return undefined;
  const ones = (state: Row['state']): Row[] => rows.filter((row) => row.state === state);
  const statements = [
    IN_ONE_TRANSACTION,
    ...ones('reference').map((row) => `SELECT create_reference_table(${relation(row)})`),
    ...ones('distributed').map(distributedSql),
    ...ones('local').map((row) => `SELECT citus_add_local_table_to_metadata(${relation(row)})`),
  ];
  return {
    sql: statements.map((statement) => `${statement};\n`).join(''),
    tables: elsewhere.map(({ table }) => table),
    leftOut: ones('otherwise').map(leftOutOf),
  };
}

/** Citus makes reference tables and distributed ones in the same transaction only so. */
const IN_ONE_TRANSACTION = `SET LOCAL citus.multi_shard_modify_mode TO 'sequential'`;

const relation = ({ table }: Row): string => escapeLiteral(quotedRelation(table));

/** With the first of those whose rows lie with its own. */
function distributedSql(row: Row, _: number, all: readonly Row[]): string {
  const first = all.find(({ colocation }) => colocation === row.colocation) ?? row;
  const place =
    first === row
      ? `colocate_with := 'none', shard_count := ${row.shards}`
      : `colocate_with := ${relation(first)}`;
  return `SELECT create_distributed_table(${relation(row)}, ${escapeLiteral(row.column ?? '')}, ${place})`;
}

const leftOutOf = ({ table }: Row): LeftOut => ({
  object: `the distribution of ${table}`,
  reason: 'those by the hash of a column, and reference tables, are carried over',
});
