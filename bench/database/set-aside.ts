import { quoted, quotedRelation } from '../model/relation.ts';
import { askCatalog } from './ask-catalog.ts';
import type { Connection } from './connection.ts';
import { dropIndex } from './indexes.ts';
import { relationTextOf } from './relations.ts';

/** An index or a foreign key that was taken off a table, and the statement that puts it back as it was. */
export interface SetAside {
  /** As `relationText` writes it; of a foreign key, the table that refers. */
  table: string;
  putBack: string;
}

/** Each in the order in which they were made: PostgreSQL goes through them in that order. */
export interface SetAsides {
  indexes: readonly SetAside[];
  foreignKeys: readonly SetAside[];
}

/**
 * Takes off empty tables what is made faster once they have their rows, as pg_restore does: foreign keys, and indexes that
 * check nothing. What its definition does not describe completely stays.
 *
 * @param tables as `relationText` writes them
 */
export async function setAside(connection: Connection, tables: readonly string[]): Promise<SetAsides> {
  const names = tables.map(quotedRelation);
  const foreignKeys = await askCatalog<ForeignKeyRow>(connection, FOREIGN_KEYS, [names]);
  const indexes = await askCatalog<IndexRow>(connection, INDEXES, [names]);
  for (const { table, constraint } of foreignKeys)
    await connection.query(`ALTER TABLE ${quotedRelation(table)} DROP CONSTRAINT ${quoted(constraint)}`);
  for (const { index } of indexes) await connection.query(dropIndex(index));
  return {
    indexes: indexes.map(({ table, definition }) => ({ table, putBack: definition })),
    foreignKeys: foreignKeys.map(({ table, constraint, definition }) => ({
      table,
      putBack: `ALTER TABLE ${quotedRelation(table)} ADD CONSTRAINT ${quoted(constraint)} ${definition}`,
    })),
  };
}

/**
 * Whether rows of these tables may come in any order: no foreign key, no trigger, and no function of the schema in a check or
 * a default, looks at other tables while they are loaded.
 */
export async function takesAnyOrder(connection: Connection, tables: readonly string[]): Promise<boolean> {
  const names = tables.map(quotedRelation);
  const [found] = await askCatalog<{ ordered: string }>(connection, ORDERED, [names]);
  return found?.ordered === 'f';
}

interface ForeignKeyRow {
  table: string;
  constraint: string;
  definition: string;
}

interface IndexRow {
  table: string;
  index: string;
  definition: string;
}

/** SQL: whether we may put it back, and nobody else does something when we do. */
const MAY_ALTER = `
  pg_has_role(t.relowner, 'USAGE') AND NOT EXISTS (SELECT FROM pg_event_trigger e WHERE e.evtenabled <> 'D')`;

/** SQL: those that there are. */
const NAMED = '(SELECT to_regclass(name) FROM unnest($1::text[]) AS name)';

/** SQL: whether it has a comment, which its definition does not contain. */
const hasComment = (catalog: string, oid: string): string =>
  `EXISTS (SELECT FROM pg_description c WHERE c.classoid = '${catalog}'::regclass AND c.objoid = ${oid})`;

const INDEXES = `
  SELECT ${relationTextOf('n', 't')} AS "table", ${relationTextOf('n', 'i')} AS "index",
         pg_get_indexdef(i.oid) AS definition
  FROM pg_index x
  JOIN pg_class i ON i.oid = x.indexrelid AND i.relkind = 'i' AND NOT i.relispartition AND i.reltablespace = 0
  JOIN pg_class t ON t.oid = x.indrelid AND t.relkind = 'r'
  JOIN pg_namespace n ON n.oid = i.relnamespace
  WHERE t.oid IN ${NAMED} AND x.indisvalid AND x.indisready AND ${MAY_ALTER}
    AND NOT (x.indisunique OR x.indisprimary OR x.indisexclusion OR x.indisclustered OR x.indisreplident)
    AND NOT EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = i.oid AND coalesce(a.attstattarget, -1) <> -1)
    AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.refclassid = 'pg_class'::regclass AND d.refobjid = i.oid)
    AND NOT EXISTS (SELECT FROM pg_depend d
                    WHERE d.classid = 'pg_class'::regclass AND d.objid = i.oid AND d.deptype IN ('e', 'x'))
    AND NOT ${hasComment('pg_class', 'i.oid')}
  ORDER BY i.oid`;

const FOREIGN_KEYS = `
  SELECT ${relationTextOf('n', 't')} AS "table", f.conname AS "constraint", pg_get_constraintdef(f.oid) AS definition
  FROM pg_constraint f
  JOIN pg_class t ON t.oid = f.conrelid AND t.relkind = 'r' AND NOT t.relispartition
  JOIN pg_class r ON r.oid = f.confrelid AND r.relkind = 'r' AND NOT r.relispartition
  JOIN pg_namespace n ON n.oid = t.relnamespace
  WHERE f.contype = 'f' AND t.oid IN ${NAMED} AND f.convalidated AND ${MAY_ALTER}
    AND pg_has_role(r.relowner, 'USAGE')
    AND NOT EXISTS (SELECT FROM pg_trigger g WHERE g.tgconstraint = f.oid AND g.tgenabled <> 'O')
    AND NOT ${hasComment('pg_constraint', 'f.oid')}
  ORDER BY f.oid`;

const ORDERED = `
  WITH loaded AS (
    SELECT coalesce(part.relid, t) AS oid
    FROM unnest($1::text[]) AS name, to_regclass(name) AS t LEFT JOIN LATERAL pg_partition_tree(t) AS part ON true)
  SELECT EXISTS (SELECT FROM pg_constraint JOIN loaded ON loaded.oid = conrelid WHERE contype = 'f')
      OR EXISTS (SELECT FROM pg_trigger JOIN loaded ON loaded.oid = tgrelid WHERE NOT tgisinternal AND tgenabled <> 'D')
      OR EXISTS (
        SELECT FROM pg_depend f
        LEFT JOIN pg_constraint c ON f.classid = 'pg_constraint'::regclass AND c.oid = f.objid
        LEFT JOIN pg_attrdef a ON f.classid = 'pg_attrdef'::regclass AND a.oid = f.objid
        JOIN loaded ON loaded.oid IN (c.conrelid, a.adrelid)
        WHERE f.refclassid = 'pg_proc'::regclass) AS ordered`;
