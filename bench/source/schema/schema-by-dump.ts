import type { Connection } from '../../database/connection.ts';
import type { Login } from '../../database/login.ts';
import { quotedRelation } from '../../model/relation.ts';
import { scriptOfDump } from './dump-text.ts';
import { findOmitted, foreignRelations, NEVER_CARRIED } from './left-out.ts';
import { materializedViewsInOrder } from './materialized-views.ts';
import { runPgDump } from './run-pg-dump.ts';
import type { SourceSchema } from './source-schema.ts';

/** Where a schema is read from by pg_dump. */
export interface DumpedSource {
  /** The program, which is at least of the server's major. */
  pgDump: string;
  login: Login;
  /** A session with the same database, for what pg_dump does not tell. */
  connection: Connection;
  /** What `pg_export_snapshot()` has returned in a transaction that is still open. @default pg_dump's own */
  snapshot?: string;
  signal: AbortSignal;
}

const SCHEMA_ONLY = [
  '--schema-only',
  '--no-owner',
  '--no-privileges',
  '--no-comments',
  '--no-publications',
  '--no-subscriptions',
  '--no-security-labels',
  '--no-tablespaces',
];

/**
 * Reads a schema by pg_dump, which takes an AccessShare lock on every table.
 *
 * @throws RunError when pg_dump fails, such as for a role without SELECT on a table
 */
export async function schemaByDump(source: DumpedSource): Promise<SourceSchema> {
  const { connection } = source;
  const omitted = await findOmitted(connection);
  const leftOut = [...NEVER_CARRIED, ...omitted.map(({ object, reason }) => ({ object, reason }))];
  const foreign = (await foreignRelations(connection)).map(
    (name) => `--exclude-table=${quotedRelation(name)}`,
  );
  return {
    way: 'pg_dump',
    beforeRows: await sectionOf(source, ['--section=pre-data', ...foreign]),
    afterRows: await sectionOf(source, ['--section=post-data', ...foreign]),
    materializedViews: await materializedViewsInOrder(connection, leftOut),
    leftOut,
  };
}

async function sectionOf(
  { pgDump, login, snapshot, signal }: DumpedSource,
  sections: readonly string[],
): Promise<string> {
  const wanted = [...SCHEMA_ONLY, ...sections, ...(snapshot === undefined ? [] : [`--snapshot=${snapshot}`])];
  return scriptOfDump(await runPgDump(pgDump, login, wanted, signal));
}
