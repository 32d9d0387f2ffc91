import type { SqlFile } from '../../../database/sql-file.ts';
import type { MigrationFolder } from '../folder.ts';
import type { FolderRead, Migration } from '../migration.ts';
import { lineOf, section } from '../section.ts';
import type { MigrationTool } from '../tool.ts';
import { versionedFiles, type VersionedFile } from '../versions.ts';

const FILE = /^(?<version>\d+)_[^/]*\.(sql|js|ts|[cm]js|[cm]ts)$/;

const UP = /^\s*--[\s-]*up\s+migration/im;
const DOWN = /^\s*--[\s-]*down\s+migration/im;

/**
 * node-pg-migrate, as far as it is written in SQL: one file each, in the order of the times in their names, which are
 * milliseconds or a date of 17 digits; both directions behind comments (src/migration.ts, src/sqlMigration.ts). All is
 * carried out in one transaction: a file of SQL cannot leave it.
 */
export const nodePgMigrate: MigrationTool = {
  name: 'node-pg-migrate',
  title: 'node-pg-migrate',
  example: '1706702400000_name.sql, with -- Up Migration',
  marks: (path, text) => path.endsWith('.sql') && (UP.test(text) || DOWN.test(text)),
  takes: (path) => FILE.test(path),
  surroundings: [{ file: /^package\.json$/, mentions: '"node-pg-migrate"' }],
  isLikely: () => false,
  ownTables: ['pgmigrations'],
  read,
};

function read(folder: MigrationFolder): FolderRead {
  const files = versionedFiles(folder, FILE).toSorted(
    (a, b) => timeOf(a.version) - timeOf(b.version) || COLLATION.compare(a.path, b.path),
  );
  return { migrations: files.map(migrationIn), problems: [] };
}

const COLLATION = new Intl.Collator(undefined, {
  numeric: true,
  sensitivity: 'variant',
  ignorePunctuation: true,
});

function timeOf(version: string): number {
  if (version.length !== 17) return Number(version);
  const [, year, month, day, hours, minutes, seconds] =
    /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d\d\d\d)$/.exec(version) ?? [];
  return Date.UTC(
    Number(year),
    Number(month) - 1,
    Number(day),
    Number(hours),
    Number(minutes),
    0,
    Number(seconds),
  );
}

function migrationIn({ name, path, sql }: VersionedFile): Migration {
  if (!path.endsWith('.sql')) return { name, up: sql, refusal: 'it is written in JavaScript or TypeScript' };
  const [up = -1, down = -1] = [lineOf(sql, UP), lineOf(sql, DOWN)];
  const part = (from: number, other: number): SqlFile => ({
    ...section(sql, from, other > from ? other : undefined),
    transaction: 'whole',
  });
  return { name, up: part(Math.max(up, 0), down), down: down === -1 ? undefined : part(down, up) };
}
