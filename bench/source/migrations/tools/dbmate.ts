import type { SqlFile } from '../../../database/sql-file.ts';
import type { MigrationFolder } from '../folder.ts';
import type { FolderRead, Migration } from '../migration.ts';
import { lineOf, section } from '../section.ts';
import type { MigrationTool } from '../tool.ts';
import { byText, sharedVersions, versionedFiles, type VersionedFile } from '../versions.ts';

const FILE = /^(?<version>\d+)[^/]*\.sql$/;

const UP = /^--\s*migrate:up(\s*$|\s+\S+)/m;
const DOWN = /^--\s*migrate:down(\s*$|\s+\S+)/m;

/**
 * dbmate: one file each, in the order of their names, with both directions behind `-- migrate:up` and `-- migrate:down`
 * (its README, "Creating Migrations", and pkg/dbmate/migration.go). With `transaction:false` a direction is sent as one
 * message: CREATE INDEX CONCURRENTLY has to be alone in it.
 */
export const dbmate: MigrationTool = {
  name: 'dbmate',
  title: 'dbmate',
  example: '20240131120000_name.sql, with -- migrate:up',
  marks: (_path, text) => /^--\s*migrate:(up|down)\b/m.test(text),
  takes: (path) => FILE.test(path),
  surroundings: [],
  isLikely: () => false,
  ownTables: ['schema_migrations'],
  read,
};

function read(folder: MigrationFolder): FolderRead {
  const files = versionedFiles(folder, FILE, (version) => version).toSorted((a, b) => byText(a.path, b.path));
  return {
    migrations: files.map(migrationIn),
    problems: [...sharedVersions(files), ...files.flatMap(problemsOf)],
  };
}

function migrationIn({ name, sql }: VersionedFile): Migration {
  const down = lineOf(sql, DOWN);
  return {
    name,
    up: direction(sql, lineOf(sql, UP) ?? 0, down),
    down: down === undefined ? undefined : direction(sql, down),
  };
}

/** Its options stand behind its name. */
function direction(sql: SqlFile, from: number, to?: number): SqlFile {
  const [line = ''] = sql.text.slice(from).split('\n', 1);
  return { ...section(sql, from, to), transaction: /\stransaction:false\b/.test(line) ? 'message' : 'whole' };
}

function problemsOf({ path, sql }: VersionedFile): string[] {
  const [up, down] = [lineOf(sql, UP), lineOf(sql, DOWN)];
  const missing = [
    ...(up === undefined ? [`${path} has no line "-- migrate:up"`] : []),
    ...(down === undefined ? [`${path} has no line "-- migrate:down"`] : []),
  ];
  if (up === undefined || down === undefined) return missing;
  if (up > down) return [`${path} has "-- migrate:down" before "-- migrate:up"`];
  const isBare = sql.text
    .slice(0, up)
    .split('\n')
    .every((line) => /^\s*(--|$)/.test(line));
  return isBare ? [] : [`${path} has statements before "-- migrate:up"`];
}
