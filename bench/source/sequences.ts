import { escapeIdentifier, escapeLiteral } from 'pg';
import type { Connection } from '../database/connection.ts';
import { isUserSchema, relationTextOf } from '../database/relations.ts';

interface Sequence {
  /** Quoted, with its schema. */
  name: string;
  isReadable: boolean;
  /** The column that it belongs to. */
  owner: { table: string; column: string } | undefined;
}

export const SEQUENCES = `
  SELECT format('%I.%I', n.nspname, c.relname) AS name, ${relationTextOf('n', 'c')} AS "text",
         has_sequence_privilege(c.oid, 'SELECT') AS "isReadable",
         CASE WHEN t.oid IS NOT NULL THEN format('%I.%I', tn.nspname, t.relname) END AS "table", a.attname AS "column"
  FROM pg_class c
  JOIN pg_namespace n ON n.oid = c.relnamespace AND ${isUserSchema('n')}
  LEFT JOIN pg_depend d ON d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.objsubid = 0
    AND d.refclassid = 'pg_class'::regclass AND d.deptype IN ('a', 'i') AND d.refobjsubid > 0
  LEFT JOIN pg_class t ON t.oid = d.refobjid
  LEFT JOIN pg_namespace tn ON tn.oid = t.relnamespace
  LEFT JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
  WHERE c.relkind = 'S'
    AND NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = 'pg_class'::regclass AND e.objid = c.oid AND e.deptype = 'e')
  ORDER BY 1`;

type Row = Record<'name' | 'table' | 'isReadable', string> & { column: string | null };

export async function listSequences(connection: Connection): Promise<Sequence[]> {
  const { rows } = await connection.query<Row>(SEQUENCES);
  return rows.map(({ name, isReadable, table, column }) => ({
    name,
    isReadable: isReadable === 't',
    owner: column === null ? undefined : { table, column: escapeIdentifier(column) },
  }));
}

/**
 * SQL that has every sequence go on behind the rows that were copied: the sequence of a column behind its largest value,
 * another one where it is at the source.
 */
export async function sequenceSql(connection: Connection): Promise<string> {
  let sql = '';
  for (const { name, isReadable, owner } of await listSequences(connection)) {
    if (owner) sql += continuingBehind(name, owner);
    else if (isReadable) sql += await continuingAt(name, connection);
  }
  return sql;
}

const continuingBehind = (
  name: string,
  { table, column }: NonNullable<Sequence['owner']>,
): string => `SELECT pg_catalog.setval(${escapeLiteral(name)}, top.value)
  FROM (SELECT ${column} AS value FROM ${table} ORDER BY ${column} DESC NULLS LAST LIMIT 1) AS top
  WHERE top.value > 0;\n`;

async function continuingAt(name: string, connection: Connection): Promise<string> {
  const { value, isCalled } = await lastValue(name, connection);
  return `SELECT pg_catalog.setval(${escapeLiteral(name)}, ${value}, ${isCalled});\n`;
}

/** The number that a sequence gave last; one that gave none yet has the number that it begins with. */
interface LastValue {
  /** It may have more digits than a number keeps. */
  value: string;
  isCalled: boolean;
}

/** pg_sequence_last_value() would lock the sequence as a write does. */
export async function lastValue(name: string, connection: Connection): Promise<LastValue> {
  const { rows } = await connection.query<Record<'value' | 'called', string>>(
    `SELECT last_value AS value, is_called AS called FROM ${name}`,
  );
  const { value = '1', called } = rows[0] ?? {};
  return { value, isCalled: called === 't' };
}
