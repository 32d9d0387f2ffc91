import { isUserSchema, relationTextOf, rootOf } from '../database/relations.ts';
import type { Connection } from '../database/connection.ts';
import { shardFigures } from './shard-figures.ts';
import { READING_ELSEWHERE } from './schema/left-out.ts';

/** A table of the source with its partitions, as its statistics describe it. */
export interface SourceTable {
  /** As `relationText` writes it. */
  name: string;
  isPartitioned: boolean;
  /** Without generated ones, in their order. */
  columns: readonly string[];
  /** Estimated by the server. */
  rows: number;
  /** Without indexes. */
  bytes: number;
  indexBytes: number;
  /** Share of the rows, dead ones included, that are dead. */
  deadShare: number;
  /** Share of the updates so far that were HOT; undefined where there was none. */
  hotShare: number | undefined;
  /** By the role that reads the source. */
  isReadable: boolean;
  /** Whether a foreign table is a part of it. */
  asksElsewhere: boolean;
}

/** SQL: a row for a `SourceTable`. Tables that belong to an extension come with it. */
export const TABLES = `
  SELECT ${relationTextOf('n', 'c')} AS name, c.relkind = 'p' AS "isPartitioned",
         (SELECT coalesce(json_agg(a.attname ORDER BY a.attnum), '[]') FROM pg_attribute a
          WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '') AS columns,
         leaves.*,
         has_table_privilege(c.oid, 'SELECT') AND has_schema_privilege(n.oid, 'USAGE') AS "isReadable",
         c.oid IN (${READING_ELSEWHERE}) AS "asksElsewhere"
  FROM pg_class c
  JOIN pg_namespace n ON n.oid = c.relnamespace AND ${isUserSchema('n')}
  CROSS JOIN LATERAL (
    SELECT coalesce(sum(CASE WHEN leaf.reltuples >= 0 THEN leaf.reltuples ELSE coalesce(s.n_live_tup, 0) END), 0) AS rows,
           coalesce(sum(pg_table_size(leaf.oid)), 0) AS bytes,
           coalesce(sum(pg_indexes_size(leaf.oid)), 0) AS "indexBytes",
           coalesce(sum(s.n_live_tup), 0) AS live, coalesce(sum(s.n_dead_tup), 0) AS dead,
           coalesce(sum(s.n_tup_upd), 0) AS updates, coalesce(sum(s.n_tup_hot_upd), 0) AS hot
    FROM pg_class leaf LEFT JOIN pg_stat_all_tables s ON s.relid = leaf.oid
    WHERE leaf.relkind = 'r' AND ${rootOf('leaf.oid')} = c.oid) AS leaves
  WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition
    AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
  ORDER BY 1`;

type Row = Record<
  | 'name'
  | 'isPartitioned'
  | 'columns'
  | 'rows'
  | 'bytes'
  | 'indexBytes'
  | 'live'
  | 'dead'
  | 'updates'
  | 'hot'
  | 'isReadable'
  | 'asksElsewhere',
  string
>;

/** The tables of all schemas but PostgreSQL's own. */
export async function sourceTables(connection: Connection): Promise<SourceTable[]> {
  const { rows } = await connection.query<Row>(TABLES);
  const ofShards = await shardFigures(connection, TABLES);
  return rows.map((own) => tableOf({ ...own, ...ofShards.get(own.name) }));
}

const tableOf = (row: Row): SourceTable => ({
  name: row.name,
  isPartitioned: row.isPartitioned === 't',
  columns: JSON.parse(row.columns) as string[],
  rows: Math.round(Number(row.rows)),
  bytes: Number(row.bytes),
  indexBytes: Number(row.indexBytes),
  deadShare: Number(row.dead) / Math.max(1, Number(row.live) + Number(row.dead)),
  hotShare: Number(row.updates) > 0 ? Number(row.hot) / Number(row.updates) : undefined,
  isReadable: row.isReadable === 't',
  asksElsewhere: row.asksElsewhere === 't',
});

/** What a table is aged by where nothing is known of its updates. */
const USUAL_AGED_SHARE = 0.2;

/**
 * The share of a table's rows to be updated once. A HOT update needs room on the page of its row: a table of HOT updates
 * has gaps like one of which every fifth row was updated; one that has dead rows has those gaps at least.
 */
export const agedShare = ({ deadShare, hotShare = 0 }: SourceTable): number =>
  Math.round(Math.max(deadShare, USUAL_AGED_SHARE * hotShare) * 1000) / 1000;
