import type { SqlFile } from '../../../database/sql-file.ts';
import type { MigrationFolder } from '../folder.ts';
import type { FolderRead, Migration } from '../migration.ts';
import type { MigrationTool } from '../tool.ts';
import { byNumber, byText, versionedFiles } from '../versions.ts';

const COMMITTED = /^(committed\/)?\d{6,}[^/]*\.sql$/;
const CURRENT = /^(current\.sql|current\/(?<version>\d+)(-[^/]*)?\.sql)$/;

const PREVIOUS = /^--! Previous: (.*?)\r?$/m;
const HASH = /^--! Hash: (.*?)\r?$/m;

/**
 * graphile-migrate: the committed migrations in the order of their names, each of which names the hash of the one before;
 * then the current one, unless it is empty (its README, and src/migration.ts). It has no way back. With `--! no-transaction`
 * a file is sent as one message: CREATE INDEX CONCURRENTLY has to be alone in it.
 */
export const graphileMigrate: MigrationTool = {
  name: 'graphile-migrate',
  title: 'graphile-migrate',
  example: 'committed/000001.sql',
  marks: (path, text) => COMMITTED.test(path) && PREVIOUS.test(text),
  takes: (path) => COMMITTED.test(path) || CURRENT.test(path),
  surroundings: [{ file: /^\.gmrc(\.\w+)?$/ }],
  isLikely: () => false,
  ownTables: ['graphile_migrate.migrations', 'graphile_migrate.current'],
  read,
};

function read(folder: MigrationFolder): FolderRead {
  const committed = [...folder.files]
    .filter(([path]) => COMMITTED.test(path))
    .map(([path, sql]) => ({ path, name: path.replace(/^committed\/|\.sql$/g, ''), sql }))
    .toSorted((a, b) => byText(a.name, b.name));
  return {
    migrations: [...committed.map(({ name, sql }) => migrationOf(name, sql)), ...currentOf(folder)],
    problems: committed.flatMap(({ path, sql }, place) => chainProblem(path, sql, committed[place - 1]?.sql)),
  };
}

function migrationOf(name: string, sql: SqlFile): Migration {
  const [placeholder] = /:DATABASE_(NAME|OWNER)\b/.exec(sql.text) ?? [];
  const [, included] = /^--!\s*include\s+(\S+)/m.exec(sql.text) ?? [];
  const transaction = /^--!\s*no-transaction\b/m.test(sql.text) ? ('message' as const) : ('whole' as const);
  return {
    name,
    up: { ...sql, transaction },
    refusal:
      (placeholder && `graphile-migrate fills in the placeholder ${placeholder}`) ??
      (included && `it includes ${included}, which graphile-migrate commit writes into it`),
  };
}

/** One that has comments only is not under way. */
function currentOf(folder: MigrationFolder): Migration[] {
  const whole = folder.files.get('current.sql');
  const files = versionedFiles(folder, CURRENT).toSorted((a, b) => byNumber(a.version, b.version));
  const sqls = [...(whole ? [whole] : []), ...files.map(({ sql }) => sql)];
  const text = sqls.map((sql) => sql.text).join('\n');
  const isEmpty = /^(\s|--(?!!\s*include\b)[^\n]*(\n|$))*$/.test(text);
  return isEmpty ? [] : [migrationOf('current', { path: sqls.map(({ path }) => path).join(', '), text })];
}

function chainProblem(path: string, sql: SqlFile, before: SqlFile | undefined): string[] {
  const [previous, hash] = [PREVIOUS.exec(sql.text)?.[1], HASH.exec(sql.text)?.[1]];
  if (previous === undefined || hash === undefined)
    return [`${path} has no header "--! Previous: ..." and "--! Hash: ..."`];
  const expected = before ? HASH.exec(before.text)?.[1] : '-';
  return previous === expected || (!before && previous === '')
    ? []
    : [
        `${path} follows ${previous}, and ${before ? `the file before it is ${expected ?? 'without a hash'}` : 'no file is before it'}`,
      ];
}
