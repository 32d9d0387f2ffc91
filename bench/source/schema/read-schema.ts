import { askCatalog } from '../../database/ask-catalog.ts';
import type { Connection } from '../../database/connection.ts';
import { isUserSchema } from '../../database/relations.ts';
import type { Source } from '../open-source.ts';
import { findPgDump } from './find-pg-dump.ts';
import { schemaByCatalog } from './schema-by-catalog/schema-by-catalog.ts';
import { schemaByDump } from './schema-by-dump.ts';
import type { SourceSchema } from './source-schema.ts';
import { withoutUnusedExtensions } from './unused-extensions.ts';

/**
 * Reads a schema by pg_dump where there is one that fits and the role may read every table, and otherwise from the catalog.
 *
 * @param rebuiltOn the major of the server that will have it
 */
export const readSchema = async (
  source: Source,
  rebuiltOn: number,
  signal: AbortSignal,
): Promise<SourceSchema> =>
  withoutUnusedExtensions(source.connection, await wholeSchema(source, rebuiltOn, signal));

async function wholeSchema(
  { connection, login, snapshot, major }: Source,
  rebuiltOn: number,
  signal: AbortSignal,
): Promise<SourceSchema> {
  const pgDump = (await mayLockAll(connection)) ? await findPgDump(major, rebuiltOn) : undefined;
  if (pgDump === undefined) return schemaByCatalog(connection);
  return schemaByDump({ pgDump: pgDump.path, login, connection, snapshot, signal });
}

const CLOSED_TO_US = `
  SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace AND ${isUserSchema('n')}
  WHERE c.relkind IN ('r', 'p') AND NOT (has_table_privilege(c.oid, 'SELECT') AND has_schema_privilege(n.oid, 'USAGE'))
  LIMIT 1`;

/** pg_dump locks every table, which takes the right to read it. The catalog can be read without. */
const mayLockAll = async (connection: Connection): Promise<boolean> =>
  (await askCatalog(connection, CLOSED_TO_US)).length === 0;
