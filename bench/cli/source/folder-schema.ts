import { withConnection } from '../../database/connection.ts';
import { createDatabase, dropDatabase } from '../../database/databases.ts';
import { provideExtensions } from '../../database/extensions.ts';
import { catalogLogin } from '../../database/login.ts';
import { databaseName, type Site } from '../../database/server.ts';
import type { SqlFile } from '../../database/sql-file.ts';
import { RunError } from '../../model/errors.ts';
import { quoted } from '../../model/relation.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import { applyMigrations } from '../../source/migrations/apply-migrations.ts';
import { readMadeSchema, type MadeSchema } from '../../source/migrations/made-schema.ts';
import type { MigrationPlan } from '../../source/migrations/read-migrations.ts';
import { withSource } from '../../source/open-source.ts';
import type { SnapshotFile } from '../../source/snapshot/read-snapshot.ts';
import { programCommand } from '../../system/program.ts';

/**
 * Applies what comes before the candidate to an empty database, and reads what that has made.
 *
 * @throws RunError naming the migration that fails there, with its place and what to do
 */
export async function schemaOfFolder(
  site: Site,
  { snapshot, path }: SnapshotFile,
  plan: MigrationPlan,
): Promise<MadeSchema> {
  const { server, signal } = site;
  const database = databaseName(server, 'folder');
  await createDatabase(site, database, snapshot.locale);
  const provide = (file: SqlFile): Promise<void> =>
    provideExtensions(site, database, [file]).catch((error: unknown) => {
      throw inFile(file, error);
    });
  await withConnection(server.owner(database), signal, async (connection) => {
    await connection.query(lookingUpNames(snapshot, plan));
    await applyMigrations(connection, plan, provide);
  }).catch((error: unknown) => {
    throw withWayOut(error, { path, snapshot }, plan);
  });
  const login = { ...catalogLogin(server.owner(database).url), environment: 'ignored' as const };
  const made = await withSource({ login }, signal, (source) => readMadeSchema(source, signal));
  await dropDatabase(site, database);
  return made;
}

/** SQL: names without a schema are made where the source has them, in schemas that the tool makes for itself. */
function lookingUpNames({ searchPath: { schemas } }: Snapshot, { schema }: MigrationPlan): string {
  const isMade = (name: string): boolean =>
    schema.some(({ up: { text } }) => /\bCREATE\s+SCHEMA\b/i.test(text) && text.includes(name));
  const makes = schemas
    .filter((name) => !isMade(name))
    .map((name) => `CREATE SCHEMA IF NOT EXISTS ${quoted(name)};`);
  return [...makes, `SET search_path TO ${schemas.map(quoted).join(', ')};`].join('\n');
}

const inFile = ({ path }: SqlFile, error: unknown): unknown =>
  error instanceof RunError
    ? new RunError(`${path}: ${error.message}`, { ...given(error), cause: error })
    : error;

/** A migration that only a database of somebody's can take does not keep the candidate from being measured. */
function withWayOut(
  error: unknown,
  { path, snapshot }: Pick<SnapshotFile, 'path' | 'snapshot'>,
  { candidate }: MigrationPlan,
): unknown {
  if (!(error instanceof RunError)) return error;
  const remedy =
    snapshot.schema.beforeRows === ''
      ? `Correct the migration, or take a snapshot that has the schema: ${programCommand('snapshot', '--from', 'URL')}`
      : `Correct the migration, or measure on the schema that the snapshot has: ${programCommand('try', '--snapshot', path, candidate.up.path)}`;
  return new RunError(error.message, { ...given(error), remedy, cause: error.cause });
}

const given = ({ detail }: RunError): { detail?: string } => (detail === undefined ? {} : { detail });
