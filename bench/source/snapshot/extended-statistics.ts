import { askCatalog } from '../../database/ask-catalog.ts';
import type { Connection } from '../../database/connection.ts';
import { relationTextOf } from '../../database/relations.ts';
import type { ExtendedStatistics } from '../../model/snapshot.ts';
import type { LeftOut } from '../../model/source.ts';
import { isOwnRelation } from '../schema/catalog-sql.ts';

/** Before PostgreSQL 15 a table has them once; since then a partitioned one has those of all its partitions, too. */
const extendedQuery = (major: number): string => `
  SELECT ${relationTextOf('n', 'c')} AS "table", ${relationTextOf('sn', 'named')} AS name,
         (SELECT json_object_agg(a.attnum, a.attname) FROM pg_attribute a
          WHERE a.attrelid = c.oid AND a.attnum = ANY (e.stxkeys::int2[])) AS numbers,
         x.statistics_name IS NOT NULL AS "isVisible",
         json_build_object('attnames', x.attnames::text[], 'expressions', x.exprs, 'distinct', x.n_distinct::text,
           'dependencies', x.dependencies::text, 'values', x.most_common_vals, 'shares', x.most_common_freqs) AS data
  FROM pg_statistic_ext e
  JOIN pg_class c ON c.oid = e.stxrelid AND c.relkind IN ('r', 'p') AND NOT c.relispartition
  JOIN pg_namespace n ON n.oid = c.relnamespace AND ${isOwnRelation('n', 'c')}
  JOIN pg_namespace sn ON sn.oid = e.stxnamespace
  CROSS JOIN LATERAL (SELECT e.stxname AS relname) AS named
  LEFT JOIN pg_stats_ext x ON x.statistics_schemaname = sn.nspname AND x.statistics_name = e.stxname
    ${major >= 15 ? "AND x.inherited = (c.relkind = 'p')" : ''}
  ORDER BY 1, 2`;

type Row = Record<'table' | 'name' | 'isVisible' | 'data', string> & { numbers: string | null };

interface Data {
  attnames: string[] | null;
  expressions: string[] | null;
  distinct: string | null;
  dependencies: string | null;
  values: (string | null)[][] | null;
  shares: number[] | null;
}

export interface ExtendedOfTables {
  /** By the table. */
  byTable: ReadonlyMap<string, ExtendedStatistics[]>;
  /** Statistics objects of whose data nothing is known. */
  unknown: (LeftOut & { table: string })[];
}

export async function extendedStatistics(connection: Connection, major: number): Promise<ExtendedOfTables> {
  const rows = await askCatalog<Row>(connection, extendedQuery(major));
  const byTable = new Map<string, ExtendedStatistics[]>();
  for (const row of rows.filter(({ isVisible }) => isVisible === 't'))
    byTable.set(row.table, [...(byTable.get(row.table) ?? []), extendedOf(row)]);
  const hidden = rows.filter(({ isVisible }) => isVisible === 'f');
  const unknown = hidden.map(({ name, table }) => ({
    table,
    ...{ object: `statistics ${name}`, reason: hiddenReason(table) },
  }));
  return { byTable, unknown };
}

/** Minor releases of 2024 and later show them to the owner of the table only (CVE-2024-4317). */
const hiddenReason = (table: string): string =>
  `what they tell of columns together is not known: they are shown to the owner of ${table} only, or were never built (ANALYZE ${table})`;

function extendedOf({ name, numbers, data }: Row): ExtendedStatistics {
  const { attnames, expressions, distinct, dependencies, values, shares } = JSON.parse(data) as Data;
  const byNumber = JSON.parse(numbers ?? '{}') as Record<string, string>;
  const named = (number: string): string => byNumber[number] ?? expressions?.[-Number(number) - 1] ?? number;
  const list = (written: string): string[] => written.split(', ').map(named);
  return {
    name,
    columns: [...(attnames ?? []), ...(expressions ?? [])],
    distinct: entriesOf(distinct).map(([key, count]) => ({ columns: list(key), count })),
    dependencies: entriesOf(dependencies).map(([key, degree]) => {
      const [from = '', to = ''] = key.split(' => ');
      return { from: list(from), to: named(to), degree };
    }),
    mostCommon: (values ?? []).map((items, at) => ({ values: items, share: Math.min(1, shares?.[at] ?? 0) })),
  };
}

/** PostgreSQL prints both as JSON, with numbers of columns; those of expressions are negative. */
const entriesOf = (written: string | null): [string, number][] =>
  Object.entries(JSON.parse(written ?? '{}') as Record<string, number>);
