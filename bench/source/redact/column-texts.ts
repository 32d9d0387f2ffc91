import { askCatalog } from '../../database/ask-catalog.ts';
import type { Connection } from '../../database/connection.ts';
import { isUserSchema, relationTextOf } from '../../database/relations.ts';
import { UsageError } from '../../model/errors.ts';
import { typedName } from '../typed-name.ts';
import type { ColumnTexts, TextKind } from './fake-values.ts';

/** The columns of a table or view by their names, those only that have texts. */
type TextsOfRelation = ReadonlyMap<string, ColumnTexts>;

/** By `relationText`. */
export type TextColumns = ReadonlyMap<string, TextsOfRelation>;

/** Each column with the type below its domains and arrays. */
export const COLUMNS = `
  SELECT ${relationTextOf('n', 'c')} AS relation, a.attname AS "column", format_type(a.atttypid, a.atttypmod) AS written,
         bool_or(t.typcategory = 'A') AS is_array,
         (array_agg(t.typname ORDER BY depth DESC))[1] AS type, (array_agg(t.typcategory ORDER BY depth DESC))[1] AS category,
         (array_agg(t.typnamespace = 'pg_catalog'::regnamespace ORDER BY depth DESC))[1] AS is_own
  FROM pg_class c
  JOIN pg_namespace n ON n.oid = c.relnamespace AND ${isUserSchema('n')}
  JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
  CROSS JOIN LATERAL (
    WITH RECURSIVE below AS (
      SELECT a.atttypid AS oid, 0 AS depth
      UNION ALL
      SELECT CASE t.typtype WHEN 'd' THEN t.typbasetype ELSE t.typelem END, depth + 1
      FROM below JOIN pg_type t ON t.oid = below.oid
      WHERE t.typtype = 'd' OR t.typcategory = 'A'
    ) SELECT * FROM below) AS b
  JOIN pg_type t ON t.oid = b.oid
  WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f')
  GROUP BY relation, a.attnum, a.attname, written
  ORDER BY relation, a.attnum`;

type Row = Record<'relation' | 'column' | 'written' | 'is_array' | 'type' | 'category' | 'is_own', string>;

const KINDS: Readonly<Record<string, TextKind>> = {
  json: 'json',
  jsonb: 'json',
  hstore: 'hstore',
  xml: 'xml',
  tsvector: 'lexemes',
  tsquery: 'lexemes',
  bytea: 'bytes',
  ltree: 'text',
};

/** `pg_type.typcategory`: booleans, times, enums, geometry, addresses of networks, numbers, intervals, bits. */
export const WITHOUT_TEXT = 'BDEGINTV';

/** Other types of PostgreSQL's own without texts. */
export const OWN_WITHOUT_TEXT =
  /^(uuid|macaddr8?|pg_lsn|xid8?|cid|tid|pg_snapshot|txid_snapshot|.*range|char)$/;

interface Asked {
  /** Columns that keep them, as `relationText` writes the table, with a point and the name of the column. */
  keptTexts: readonly string[];
  /** Tables whose rows are copied. */
  copied: ReadonlySet<string>;
  /** Schemas in which names without one are looked up. */
  searchPath: readonly string[];
}

/**
 * The columns that have texts.
 *
 * @throws UsageError naming the columns of which nothing is known, and those of `keptTexts` that are not there
 */
export async function textColumns(
  connection: Connection,
  { keptTexts, copied, searchPath }: Asked,
): Promise<TextColumns> {
  const columns = await readColumnTexts(connection);
  const names = new Set(columns.map(({ name }) => name));
  const kept = keptTexts.map((typed) => typedName(typed, names, searchPath));
  const unknown = columns.filter(
    ({ relation, name, texts }) => texts === 'unknown' && copied.has(relation) && !kept.includes(name),
  );
  const missing = kept.filter((name) => !names.has(name));
  const problems = [
    ...unknown.map(
      ({ name, written }) =>
        `--redact: nothing is known of texts in ${name}, of type ${written}; to keep them: --keep-text ${name}`,
    ),
    ...missing.map((name) => `--keep-text: the source has no column ${name}`),
  ];
  if (problems.length > 0) throw new UsageError(problems);
  const found = new Map<string, Map<string, ColumnTexts>>();
  for (const { relation, column, name, texts } of columns) {
    if (texts === 'unknown' || texts === 'none' || kept.includes(name)) continue;
    found.set(relation, (found.get(relation) ?? new Map<string, ColumnTexts>()).set(column, texts));
  }
  return found;
}

interface TypedColumn {
  /** As `relationText` writes it. */
  relation: string;
  column: string;
  /** With its table. */
  name: string;
  /** Its type, as `format_type` writes it. */
  written: string;
  texts: ColumnTexts | 'none' | 'unknown';
}

/** The columns of all tables and views, and which texts they have. */
export async function readColumnTexts(connection: Connection): Promise<TypedColumn[]> {
  const rows = await askCatalog<Row>(connection, COLUMNS);
  return rows.map((row) => ({ ...row, name: `${row.relation}.${row.column}`, texts: textsOf(row) }));
}

/** Types of PostgreSQL's own as a statement names them, in lower case. */
const NAMED_WITHOUT_TEXT =
  /^(bool|boolean|int[248]|integer|bigint|smallint|float[48]|numeric|decimal|money|date|interval|time(stamp)?(tz)?|uuid|inet|cidr|macaddr8?|oid|reg(class|config|oper|operator|proc|procedure|role|type|namespace)|(int[48]|num|ts|tstz|date)(multi)?range|point|line|lseg|box|path|polygon|circle|bit|varbit|pg_lsn|xid8?)$/;

const NAMED_TEXT = /^(text|varchar|bpchar|name|citext)$/;

/** The texts of a value that a statement casts to a type; undefined for a type of which nothing is known. */
export function castTexts(type: string, isArray: boolean): ColumnTexts | 'no text' | undefined {
  if (NAMED_WITHOUT_TEXT.test(type)) return 'no text';
  const kind = KINDS[type] ?? (NAMED_TEXT.test(type) ? 'text' : undefined);
  return kind === undefined ? undefined : { kind, isArray };
}

function textsOf({ type, category, is_own, is_array }: Row): ColumnTexts | 'none' | 'unknown' {
  if (WITHOUT_TEXT.includes(category) || (is_own === 't' && OWN_WITHOUT_TEXT.test(type))) return 'none';
  const kind = KINDS[type] ?? (category === 'S' ? 'text' : undefined);
  return kind === undefined ? 'unknown' : { kind, isArray: is_array === 't' };
}
