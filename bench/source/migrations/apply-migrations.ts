import type { Connection } from '../../database/connection.ts';
import { applySqlFile } from '../../database/migrate.ts';
import type { SqlFile } from '../../database/sql-file.ts';
import { RunError } from '../../model/errors.ts';
import type { Migration } from './migration.ts';
import { namingNeed } from './missing-need.ts';
import type { MigrationPlan } from './read-migrations.ts';

/**
 * Applies what comes before the candidate to an empty database, as the tool does.
 *
 * @param provide has the database ready for the extensions that a file creates (`provideExtensions`)
 * @throws RunError naming the migration that fails, and what it needs that an empty database has not
 */
export async function applyMigrations(
  connection: Connection,
  { tool, schema }: Pick<MigrationPlan, 'tool' | 'schema'>,
  provide: (file: SqlFile) => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  for (const migration of schema) {
    if (migration.refusal !== undefined) throw refused(migration, migration.refusal);
    await provide(migration.up);
    await applySqlFile(connection, migration.up).catch((error: unknown) => {
      throw namingNeed(error, { name: migration.name, tool, schemaOf: 'migrations' });
    });
  }
}

const refused = ({ name, up }: Migration, refusal: string): RunError =>
  new RunError(`${name} cannot be applied: ${refusal}`, {
    detail: `  in ${up.path}`,
    remedy: 'Take the schema from a database that has all migrations, or from a dump of it: --from.',
  });
