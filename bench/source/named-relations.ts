import type { Connection } from '../database/connection.ts';
import { isUserSchema, relationTextOf, rootOf } from '../database/relations.ts';
import type { Relation } from '../suite/statement-facts.ts';

/** An index, and the table that it is made on. */
export type MadeIndex = Relation & { index: string };

/** A name without a schema is that of the first one of the search path that has it. */
const NAMED = `
  SELECT c.oid, n.oid AS schema, w.index,
         rank() OVER (PARTITION BY w.name, w.schema, w.index ORDER BY array_position($2, n.nspname::text)) AS place
  FROM json_to_recordset($1) AS w (name text, schema text, index text)
  JOIN pg_class c ON c.relname = w.name AND c.relkind IN ('r', 'p', 'm', 'i', 'I')
  JOIN pg_namespace n ON n.oid = c.relnamespace AND ${isUserSchema('n')}
    AND (w.schema IS NULL OR n.nspname = w.schema)`;

/** An index is in the schema of its table. */
const INDEXES = `
  SELECT DISTINCT ${relationTextOf('n', 'i')} AS name
  FROM (${NAMED}) AS named
  JOIN pg_class i ON i.relnamespace = named.schema AND i.relname = named.index AND i.relkind IN ('i', 'I')
  JOIN pg_namespace n ON n.oid = named.schema
  WHERE place = 1 ORDER BY 1`;

const TABLES = `
  SELECT DISTINCT ${relationTextOf('rn', 'r')} AS name
  FROM (${NAMED}) AS named
  LEFT JOIN pg_index x ON x.indexrelid = named.oid
  JOIN pg_class r ON r.oid = ${rootOf('coalesce(x.indrelid, named.oid)')}
  JOIN pg_namespace rn ON rn.oid = r.relnamespace
  WHERE place = 1 ORDER BY 1`;

/**
 * What a source has under the names that a migration uses. The file may set a search path itself: where no schema of
 * this one has a name, any other schema does.
 */
export class NamedRelations {
  readonly #connection: Connection;
  readonly #searchPath: readonly string[];

  constructor(connection: Connection, searchPath: readonly string[]) {
    this.#connection = connection;
    this.#searchPath = searchPath;
  }

  /** Tables with these names, or with an index of such a name; partitions as the table that they are part of. */
  tables(names: readonly Relation[]): Promise<string[]> {
    return this.#texts(TABLES, names);
  }

  /** Those of these indexes that are there. */
  indexes(made: readonly MadeIndex[]): Promise<string[]> {
    return this.#texts(INDEXES, made);
  }

  async #texts(sql: string, names: readonly Relation[]): Promise<string[]> {
    const { rows } = await this.#connection.query<{ name: string }>(sql, [
      JSON.stringify(names),
      this.#searchPath,
    ]);
    return rows.map(({ name }) => name);
  }
}
