import type { MigrationFolder } from '../folder.ts';
import type { FolderRead } from '../migration.ts';
import type { MigrationTool } from '../tool.ts';
import { byText, sharedVersions, versionedFiles } from '../versions.ts';

const FILE = /^(?<version>\d+)_[^/]*\.sql$/;

/** The first of a project that an early version of the CLI made holds Supabase's own schema, and is passed over. */
const OF_EARLY_CLI = /^(\d{14})_init\.sql$/;
const EARLY = '20211209000000';

/**
 * Supabase: one file each, in the order of their names (supabase/cli, pkg/migration/list.go). Since 2.109 the CLI carries
 * out what cannot be part of a transaction without one. It has no way back.
 */
export const supabase: MigrationTool = {
  name: 'supabase',
  title: 'Supabase',
  example: '20240131120000_name.sql',
  marks: () => false,
  takes: (path) => FILE.test(path),
  surroundings: [{ file: /^config\.toml$/, mentions: 'project_id' }],
  isLikely: () => false,
  ownTables: ['supabase_migrations.schema_migrations'],
  read,
};

function read(folder: MigrationFolder): FolderRead {
  const files = versionedFiles(folder, FILE, (version) => version).toSorted((a, b) => byText(a.path, b.path));
  const [, first] = OF_EARLY_CLI.exec(files[0]?.path ?? '') ?? [];
  const applied = first !== undefined && first < EARLY ? files.slice(1) : files;
  return {
    migrations: applied.map(({ name, sql }) => ({ name, up: sql })),
    problems: sharedVersions(applied),
  };
}
