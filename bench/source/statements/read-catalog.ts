import { askCatalog } from '../../database/ask-catalog.ts';
import type { Connection } from '../../database/connection.ts';
import { isUserSchema, relationTextOf } from '../../database/relations.ts';
import { SourceCatalog, type Column, type ForeignKey } from './catalog.ts';

const USER_RELATIONS = `
  pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace AND ${isUserSchema('n')} AND c.relkind IN ('r', 'p', 'v', 'm', 'f')`;

const NAME = relationTextOf('n', 'c');

/** The type without its length: a domain keeps its own name. */
const COLUMNS = `
  SELECT ${NAME} AS relation, c.relkind IN ('v', 'm') AS is_view, a.attname AS name,
         format_type(a.atttypid, NULL) AS type, a.attnotnull AS not_null,
         CASE WHEN a.attgenerated <> '' OR a.attidentity = 'a' THEN 'always'
              WHEN a.atthasdef OR a.attidentity = 'd' THEN 'default' ELSE 'nothing' END AS fills,
         greatest(c.reltuples, 0) AS rows, coalesce(s.most_common_freqs[1], 0) AS most_common,
         coalesce(s.correlation, 0) AS correlation,
         CASE WHEN s.n_distinct < 0 THEN -s.n_distinct * greatest(c.reltuples, 1) ELSE s.n_distinct END AS distinct_values
  FROM ${USER_RELATIONS}
  JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
  LEFT JOIN pg_stats s ON s.schemaname = n.nspname AND s.tablename = c.relname AND s.attname = a.attname
    AND s.inherited = (c.relkind = 'p')
  ORDER BY relation, a.attnum`;

/** A unique index on expressions, or with a predicate, depends on the columns that they read. */
const UNIQUE_KEYS = `
  SELECT ${NAME} AS relation, x.indpred IS NULL AND x.indexprs IS NULL AS is_plain,
         (SELECT json_agg(a.attname ORDER BY array_position(x.indkey::int[], a.attnum::int), a.attnum)
          FROM pg_attribute a
          WHERE a.attrelid = c.oid AND a.attnum > 0
            AND (a.attnum = ANY ((x.indkey::int[])[0:x.indnkeyatts - 1])
                 OR x.indexprs IS NOT NULL AND EXISTS (
                   SELECT FROM pg_depend d
                   WHERE d.classid = 'pg_class'::regclass AND d.objid = x.indexrelid
                     AND d.refclassid = 'pg_class'::regclass AND d.refobjid = c.oid AND d.refobjsubid = a.attnum)
            )) AS columns
  FROM ${USER_RELATIONS}
  JOIN pg_index x ON x.indrelid = c.oid AND x.indisunique
  ORDER BY relation, NOT x.indisprimary, x.indnkeyatts, x.indexrelid`;

const namesOf = (relation: string, key: string): string => `
  (SELECT json_agg(a.attname ORDER BY k.place) FROM unnest(f.${key}) WITH ORDINALITY AS k(attnum, place)
   JOIN pg_attribute a ON a.attrelid = ${relation} AND a.attnum = k.attnum)`;

const FOREIGN_KEYS = `
  SELECT ${NAME} AS relation, ${relationTextOf('m', 'd')} AS "references", f.confdeltype IN ('a', 'r') AS restricts,
         ${namesOf('c.oid', 'conkey')} AS columns, ${namesOf('d.oid', 'confkey')} AS referenced
  FROM ${USER_RELATIONS}
  JOIN pg_constraint f ON f.conrelid = c.oid AND f.contype = 'f' AND f.conparentid = 0
  JOIN pg_class d ON d.oid = f.confrelid
  JOIN pg_namespace m ON m.oid = d.relnamespace
  ORDER BY relation, f.oid`;

const STANDS_FOR = `
  SELECT DISTINCT ${NAME} AS relation, ${relationTextOf('m', 'd')} AS other
  FROM ${USER_RELATIONS}
  JOIN pg_rewrite w ON w.ev_class = c.oid
  JOIN pg_depend p ON p.classid = 'pg_rewrite'::regclass AND p.objid = w.oid AND p.refclassid = 'pg_class'::regclass
  JOIN pg_class d ON d.oid = p.refobjid AND d.oid <> c.oid
  JOIN pg_namespace m ON m.oid = d.relnamespace AND ${isUserSchema('m')}
  UNION
  SELECT ${NAME}, ${relationTextOf('m', 'd')}
  FROM ${USER_RELATIONS} AND c.relispartition
  JOIN pg_class d ON d.oid = pg_partition_root(c.oid)
  JOIN pg_namespace m ON m.oid = d.relnamespace
  ORDER BY relation, other`;

/** The words of a function's text, whatever its language. */
const NAMED_BY_TRIGGERS = `
  SELECT DISTINCT ${NAME} AS relation, ${relationTextOf('m', 'd')} AS other
  FROM ${USER_RELATIONS}
  JOIN pg_trigger t ON t.tgrelid = c.oid AND NOT t.tgisinternal AND t.tgenabled <> 'D'
  JOIN pg_proc p ON p.oid = t.tgfoid
  JOIN pg_class d ON d.relkind IN ('r', 'p') AND d.oid <> c.oid
    AND lower(d.relname) = ANY (regexp_split_to_array(lower(p.prosrc), '\\W+'))
  JOIN pg_namespace m ON m.oid = d.relnamespace AND ${isUserSchema('m')}
  ORDER BY relation, other`;

type ColumnRow = Record<'relation' | 'is_view' | 'name' | 'type' | 'not_null' | 'fills', string> &
  Record<'rows' | 'most_common' | 'correlation', string> & {
    distinct_values: string | null;
  };
type OtherRow = Record<'relation' | 'other', string>;
type KeyRow = Record<'relation' | 'is_plain' | 'columns', string>;
type ForeignKeyRow = Record<'relation' | 'columns' | 'references' | 'restricts' | 'referenced', string>;

/**
 * Needs no right but to connect. Statistics are missing where the role may not read the table.
 *
 * @param searchPath schemas in which names without one are looked up
 */
export async function readCatalog(
  connection: Connection,
  searchPath: readonly string[] = ['public'],
): Promise<SourceCatalog> {
  const columns = byRelation(await askCatalog<ColumnRow>(connection, COLUMNS));
  const uniqueKeys = byRelation(await askCatalog<KeyRow>(connection, UNIQUE_KEYS));
  const foreignKeys = byRelation(await askCatalog<ForeignKeyRow>(connection, FOREIGN_KEYS));
  const standsFor = byRelation(await askCatalog<OtherRow>(connection, STANDS_FOR));
  const namedByTriggers = byRelation(await askCatalog<OtherRow>(connection, NAMED_BY_TRIGGERS));
  const relations = [...columns].map(([name, rows]) => ({
    name,
    kind: rows[0]?.is_view === 't' ? ('view' as const) : ('table' as const),
    rows: Number(rows[0]?.rows ?? 0),
    columns: rows.map(columnOf),
    uniqueKeys: keysOf(uniqueKeys.get(name), 't'),
    otherUniqueKeys: keysOf(uniqueKeys.get(name), 'f'),
    foreignKeys: (foreignKeys.get(name) ?? []).map(foreignKeyOf),
    standsFor: (standsFor.get(name) ?? []).map(({ other }) => other),
    namedByTriggers: (namedByTriggers.get(name) ?? []).map(({ other }) => other),
  }));
  return new SourceCatalog(relations, searchPath);
}

function byRelation<Row extends { relation: string }>(rows: readonly Row[]): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) groups.set(row.relation, [...(groups.get(row.relation) ?? []), row]);
  return groups;
}

const keysOf = (rows: readonly KeyRow[] | undefined, isPlain: 't' | 'f'): string[][] =>
  (rows ?? []).filter((row) => row.is_plain === isPlain).map((row) => JSON.parse(row.columns) as string[]);

const columnOf = (row: ColumnRow): Column => ({
  name: row.name,
  type: row.type,
  notNull: row.not_null === 't',
  fills: row.fills as Column['fills'],
  spread:
    row.distinct_values === null
      ? undefined
      : {
          mostCommonShare: Number(row.most_common),
          distinctValues: Number(row.distinct_values),
          correlation: Number(row.correlation),
        },
});

const foreignKeyOf = (row: ForeignKeyRow): ForeignKey => ({
  columns: JSON.parse(row.columns) as string[],
  references: row.references,
  referencedColumns: JSON.parse(row.referenced) as string[],
  restricts: row.restricts === 't',
});
