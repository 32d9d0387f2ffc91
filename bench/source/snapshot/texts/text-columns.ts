import { askCatalog } from '../../../database/ask-catalog.ts';
import type { Connection } from '../../../database/connection.ts';
import { relationTextOf } from '../../../database/relations.ts';
import { isOwnRelation } from '../../schema/catalog-sql.ts';
import { readColumnTexts } from '../../redact/column-texts.ts';
import type { HeldTexts } from './texts-replaced.ts';

/** How a column's texts sort. */
export interface TextOrder {
  /** For COLLATE. */
  collation: string;
  ignoresCase: boolean;
}

/** A column of a table that has texts, or may have. */
export interface TextColumn extends TextOrder {
  table: string;
  column: string;
  type: string;
  /** Undefined where nothing is known of them. */
  held: HeldTexts | undefined;
}

/** Texts within a document sort by the collation of the database, bytes and labels by their codes. */
const ORDERS = `
  SELECT ${relationTextOf('n', 'c')} AS "table", a.attname AS "column", r.rngsubtype IS NOT NULL AS "isRange",
         coalesce((SELECT format('%I.%I', cn.nspname, co.collname)
                   FROM pg_collation co JOIN pg_namespace cn ON cn.oid = co.collnamespace
                   WHERE co.oid = coalesce(r.rngcollation, a.attcollation)), 'pg_catalog."default"') AS collation
  FROM pg_class c
  JOIN pg_namespace n ON n.oid = c.relnamespace AND ${isOwnRelation('n', 'c')}
  JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
  JOIN pg_type t ON t.oid = a.atttypid
  LEFT JOIN pg_range r ON coalesce(nullif(t.typbasetype, 0), t.oid) IN (r.rngtypid, r.rngmultitypid)
    AND (SELECT typcategory FROM pg_type s WHERE s.oid = r.rngsubtype) = 'S'
  WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition`;

type Row = Record<'table' | 'column' | 'isRange' | 'collation', string>;

const BY_CODES = 'pg_catalog."C"';

/** The columns that have texts, and those of which nothing is known. */
export async function findTextColumns(connection: Connection): Promise<TextColumn[]> {
  const rows = await askCatalog<Row>(connection, ORDERS);
  const orders = new Map(rows.map((row) => [`${row.table}.${row.column}`, row]));
  return (await readColumnTexts(connection)).flatMap(({ relation, column, written, name, texts }) => {
    const order = orders.get(name);
    if (texts === 'none' || !order) return [];
    const isRange = order.isRange === 't';
    const known = texts === 'unknown' ? undefined : { ...texts, isRange };
    const held = isRange ? { kind: 'text' as const, isArray: false, isRange } : known;
    const isByCodes = held?.kind === 'bytes' || written.includes('ltree');
    return {
      ...{ table: relation, column, type: written, held },
      collation: isByCodes ? BY_CODES : order.collation,
      ignoresCase: written.includes('citext'),
    };
  });
}
