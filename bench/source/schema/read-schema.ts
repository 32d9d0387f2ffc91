import type { Source } from '../open-source.ts';
import { findPgDump } from './find-pg-dump.ts';
import { schemaByCatalog } from './schema-by-catalog/schema-by-catalog.ts';
import { schemaByDump } from './schema-by-dump.ts';
import type { SourceSchema } from './source-schema.ts';
import { withoutUnusedExtensions } from './unused-extensions.ts';

/**
 * Reads a schema by pg_dump where there is one that fits, and otherwise from the catalog.
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
  const pgDump = await findPgDump(major, rebuiltOn);
  if (pgDump === undefined) return schemaByCatalog(connection);
  return schemaByDump({ pgDump: pgDump.path, login, connection, snapshot, signal });
}
