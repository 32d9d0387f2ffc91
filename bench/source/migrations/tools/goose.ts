import type { SqlFile } from '../../../database/sql-file.ts';
import type { MigrationFolder } from '../folder.ts';
import type { FolderRead, Migration } from '../migration.ts';
import { lineOf, section } from '../section.ts';
import type { MigrationTool } from '../tool.ts';
import { byNumber, sharedVersions, versionedFiles, type VersionedFile } from '../versions.ts';

const FILE = /^(?<version>\d+)_[^/]*(?<!_test)\.(sql|go)$/;

const annotation = (words: string): RegExp =>
  new RegExp(String.raw`^--\s*\+goose\s+${words}[^\S\n]*\r?$`, 'im');

const UP = annotation('up');
const DOWN = annotation('down');
const NO_TRANSACTION = annotation(String.raw`no\s+transaction`);
const SUBSTITUTES = annotation(String.raw`envsubs?t?\s+on`);

/**
 * goose: one file each, in the order of their versions as numbers, with both directions behind annotations (pressly.github.io/goose,
 * "Annotations"). Without `NO TRANSACTION` a file has one transaction; with it, each statement has its own. What
 * `StatementBegin` and `StatementEnd` keep together, PostgreSQL's own parser keeps together.
 */
export const goose: MigrationTool = {
  name: 'goose',
  title: 'goose',
  example: '00001_name.sql, with -- +goose Up',
  marks: (_path, text) => /^--\s*\+goose\s/im.test(text),
  takes: (path) => FILE.test(path),
  surroundings: [{ file: /^go\.mod$/, mentions: 'pressly/goose' }],
  isLikely: () => false,
  ownTables: ['goose_db_version'],
  read,
};

function read(folder: MigrationFolder): FolderRead {
  const files = versionedFiles(folder, FILE).toSorted((a, b) => byNumber(a.version, b.version));
  return {
    migrations: files.map(migrationIn),
    problems: [...sharedVersions(files), ...files.flatMap(problemsOf)],
  };
}

function migrationIn({ name, path, sql }: VersionedFile): Migration {
  if (path.endsWith('.go')) return { name, up: sql, refusal: 'it is written in Go' };
  const transaction = NO_TRANSACTION.test(sql.text) ? 'none' : 'whole';
  const part = (from: number, to?: number): SqlFile => ({ ...section(sql, from, to), transaction });
  const down = lineOf(sql, DOWN);
  return {
    name,
    up: part(lineOf(sql, UP) ?? 0, down),
    down: down === undefined ? undefined : part(down),
    refusal: SUBSTITUTES.test(sql.text) ? 'goose fills in environment variables (ENVSUB ON)' : undefined,
  };
}

function problemsOf({ path, sql }: VersionedFile): string[] {
  if (path.endsWith('.go')) return [];
  const up = lineOf(sql, UP);
  if (up === undefined) return [`${path} has no line "-- +goose Up"`];
  if (up > (lineOf(sql, DOWN) ?? Infinity)) return [`${path} has "-- +goose Down" before "-- +goose Up"`];
  const times = (words: string): number => sql.text.match(new RegExp(annotation(words), 'gim'))?.length ?? 0;
  return times('statementbegin') === times('statementend')
    ? []
    : [`${path} has a StatementBegin without its StatementEnd, or the other way round`];
}
