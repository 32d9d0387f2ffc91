import type { MigrationFolder } from '../folder.ts';
import type { FolderRead } from '../migration.ts';
import type { MigrationTool } from '../tool.ts';
import { sqlFolders } from '../sql-folders.ts';

/**
 * Prisma Migrate: a folder each, in the order of their names (prisma.io, "About migration histories"). It goes back by no
 * file of its own; `down.sql` is what its "Generating down migrations" has people write. Newer versions split a file with
 * CREATE INDEX CONCURRENTLY, which has to be alone in its file for older ones.
 */
export const prisma: MigrationTool = {
  name: 'prisma',
  title: 'Prisma Migrate',
  example: '20240131120000_name/migration.sql',
  marks: (path) => path === 'migration_lock.toml',
  takes: (path) => /^[^/]+\/migration\.sql$/.test(path),
  surroundings: [{ file: /^schema\.prisma$/ }, { file: /^prisma\.config\.\w+$/ }],
  isLikely: () => true,
  ownTables: ['_prisma_migrations'],
  read,
};

function read(folder: MigrationFolder): FolderRead {
  const { found, without } = sqlFolders(folder, 'migration.sql');
  return {
    migrations: found.map(({ name, sql, beside }) => ({ name, up: sql, down: beside('down.sql') })),
    problems: without.map((name) => `${name} has no migration.sql`),
  };
}
