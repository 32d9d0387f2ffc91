import type { MigrationFolder } from '../folder.ts';
import type { FolderRead } from '../migration.ts';
import type { MigrationTool } from '../tool.ts';
import { upAndDownFiles } from '../up-and-down-files.ts';
import { versionedFiles } from '../versions.ts';

const FILE = /^(?<version>\d+)_[^/]*\.(?<direction>up|down)\.sql$/;

/**
 * golang-migrate: two files each, in the order of their versions as numbers (its MIGRATIONS.md). A file is sent as one
 * message: CREATE INDEX CONCURRENTLY has to be alone in it.
 */
export const golangMigrate: MigrationTool = {
  name: 'golang-migrate',
  title: 'golang-migrate',
  example: '1_name.up.sql and 1_name.down.sql',
  marks: () => false,
  takes: (path) => FILE.test(path),
  surroundings: [{ file: /^go\.mod$/, mentions: 'golang-migrate/migrate' }],
  isLikely: (paths) => paths.filter((path) => /^\d[^/]*\.sql$/.test(path)).every((path) => FILE.test(path)),
  ownTables: ['schema_migrations'],
  read,
};

function read(folder: MigrationFolder): FolderRead {
  return upAndDownFiles(versionedFiles(folder, FILE), ({ sql }) => ({ ...sql, transaction: 'message' }));
}
