import type { SqlFile } from '../../../database/sql-file.ts';
import type { MigrationFolder } from '../folder.ts';
import type { FolderRead } from '../migration.ts';
import { sqlFolders } from '../sql-folders.ts';
import type { MigrationTool } from '../tool.ts';
import { byText, sharedVersions } from '../versions.ts';

/**
 * Diesel: a folder each, in the order of their versions: what stands before the first `_`, without hyphens
 * (docs.diesel.rs, diesel_migrations). With `run_in_transaction = false` in its metadata.toml a file is sent as one message:
 * CREATE INDEX CONCURRENTLY has to be alone in it.
 */
export const diesel: MigrationTool = {
  name: 'diesel',
  title: 'Diesel',
  example: '2024-01-31-120000_name/up.sql',
  marks: (path, text) => /^[^/]+\/metadata\.toml$/.test(path) && text.includes('run_in_transaction'),
  takes: (path) => /^[^/]+\/up\.sql$/.test(path),
  surroundings: [{ file: /^diesel\.toml$/ }, { file: /^Cargo\.toml$/, mentions: 'diesel' }],
  isLikely: () => true,
  ownTables: ['__diesel_schema_migrations'],
  read,
};

function read(folder: MigrationFolder): FolderRead {
  const { found, without } = sqlFolders(folder, 'up.sql');
  const versioned = found
    .map((one) => ({ ...one, version: versionOf(one.name), path: one.name }))
    .toSorted((a, b) => byText(a.version, b.version));
  return {
    migrations: versioned.map(({ name, sql, beside }) => {
      const transaction = isOutside(beside('metadata.toml')) ? ('message' as const) : ('whole' as const);
      const down = beside('down.sql');
      return { name, up: { ...sql, transaction }, down: down && { ...down, transaction } };
    }),
    problems: [...sharedVersions(versioned), ...without.map((name) => `${name} has no up.sql`)],
  };
}

const versionOf = (name: string): string => (name.split('_')[0] ?? '').replaceAll('-', '');

const isOutside = (metadata: SqlFile | undefined): boolean =>
  /^\s*run_in_transaction\s*=\s*false\b/m.test(metadata?.text ?? '');
