import { askCatalog } from '../../database/ask-catalog.ts';
import type { Connection } from '../../database/connection.ts';
import { relationTextOf } from '../../database/relations.ts';
import type { Snapshot, SnapshotColumn } from '../../model/snapshot.ts';
import type { Source } from '../open-source.ts';
import { foreignKeys, type ForeignKey } from '../sample/foreign-keys.ts';
import { isOwnRelation } from '../schema/catalog-sql.ts';
import { readSchema } from '../schema/read-schema.ts';
import type { SourceSchema } from '../schema/source-schema.ts';
import { rowRules } from '../snapshot/row-rules.ts';
import { columnsOfTables } from '../snapshot/table-columns.ts';

/** A column that is stored, and what it has where a row names no value for it. */
export interface MadeColumn {
  column: SnapshotColumn;
  /** `a new value`: one that no other row has, such as the next of a sequence. */
  otherwise: 'NULL' | 'its default' | 'a new value' | 'nothing';
}

/** What migrations make of an empty database. */
export interface MadeSchema extends Pick<Snapshot, 'uniqueKeys' | 'checks'> {
  schema: SourceSchema;
  /** Without those of extensions. */
  tables: ReadonlyMap<string, readonly MadeColumn[]>;
  foreignKeys: readonly ForeignKey[];
}

/** Reads what migrations have made. */
export async function readMadeSchema(source: Source, signal: AbortSignal): Promise<MadeSchema> {
  const { connection, major } = source;
  const columns = await columnsOfTables(connection, major);
  const defaults = await defaultsOf(connection);
  const made = [...columns].map(([table, all]) => {
    const described = all.map((column): MadeColumn => {
      const fallback = column.isNotNull ? 'nothing' : 'NULL';
      return {
        column: withoutStatistics(column),
        otherwise: defaults.get(`${table} ${column.name}`) ?? fallback,
      };
    });
    return [table, described] as const;
  });
  return {
    schema: await readSchema(source, major, signal),
    tables: new Map(made),
    foreignKeys: await foreignKeys(connection),
    ...(await rowRules(connection)),
  };
}

/** A migration may analyse the rows that it makes, which nothing else has. */
function withoutStatistics(column: SnapshotColumn): SnapshotColumn {
  const described = { ...column };
  delete described.statistics;
  return described;
}

const DEFAULTS = `
  SELECT ${relationTextOf('n', 'c')} AS "table", a.attname AS "column",
         CASE WHEN a.attidentity <> '' OR pg_get_expr(d.adbin, d.adrelid) ~ '\\m(nextval|gen_random_uuid|uuid\\w*)\\('
              THEN 'a new value' ELSE 'its default' END AS otherwise
  FROM pg_attribute a
  JOIN pg_class c ON c.oid = a.attrelid AND c.relkind IN ('r', 'p')
  JOIN pg_namespace n ON n.oid = c.relnamespace AND ${isOwnRelation('n', 'c')}
  LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
  WHERE a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '' AND (a.attidentity <> '' OR a.atthasdef)`;

type Default = Record<'table' | 'column', string> & { otherwise: 'its default' | 'a new value' };

/** By table and column. */
async function defaultsOf(connection: Connection): Promise<Map<string, Default['otherwise']>> {
  const rows = await askCatalog<Default>(connection, DEFAULTS);
  return new Map(rows.map(({ table, column, otherwise }) => [`${table} ${column}`, otherwise]));
}
