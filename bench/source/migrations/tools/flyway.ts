import type { SqlFile } from '../../../database/sql-file.ts';
import type { FileTransaction } from '../../../model/candidate.ts';
import type { MigrationFolder } from '../folder.ts';
import type { FolderRead, Migration } from '../migration.ts';
import type { MigrationTool } from '../tool.ts';
import { upAndDownFiles } from '../up-and-down-files.ts';
import { byNumber, byText, versionedFiles } from '../versions.ts';

const VERSION = String.raw`(?<version>\d+(?:[._]\d+)*)`;
const VERSIONED = new RegExp(String.raw`(^|/)V${VERSION}__[^/]*\.sql$`);
const UNDO = new RegExp(String.raw`(^|/)U${VERSION}__[^/]*\.sql$`);
const BASELINE = new RegExp(String.raw`(^|/)B${VERSION}__[^/]*\.sql$`);
const REPEATABLE = /(^|\/)R__(?<version>[^/]*)\.sql$/;
const KINDS = [VERSIONED, UNDO, BASELINE, REPEATABLE];

/**
 * Flyway: files in the folder and below it. Versioned ones in the order of their versions, part by part as numbers; a
 * baseline in the place of all up to its version; repeatable ones last, in the order of their descriptions (Redgate Flyway
 * documentation, "Versioned Migrations", "Repeatable migrations", "Baseline Migrations"). What cannot be part of a
 * transaction it carries out without one by itself; a script's `.conf` may say otherwise (`executeInTransaction`).
 */
export const flyway: MigrationTool = {
  name: 'flyway',
  title: 'Flyway',
  example: 'V1__name.sql',
  marks: (path) => KINDS.some((kind) => kind.test(path)),
  takes: (path) => KINDS.some((kind) => kind.test(path)),
  surroundings: [{ file: /^flyway\.(conf|toml)$/ }],
  isLikely: () => false,
  ownTables: ['flyway_schema_history'],
  read,
};

function read(folder: MigrationFolder): FolderRead {
  const of = (kind: RegExp) => versionedFiles(folder, kind, parts);
  const undone = of(UNDO).map((file) => ({ ...file, direction: 'down' as const }));
  const baseline = of(BASELINE)
    .toSorted((a, b) => byParts(a.version, b.version))
    .at(-1);
  const isCovered = ({ version }: { version: string }): boolean =>
    baseline !== undefined && byParts(version, baseline.version) <= 0;
  const versioned = [...of(VERSIONED), ...undone].filter((file) => !isCovered(file));
  const files = [...(baseline ? [baseline] : []), ...versioned];
  const { migrations, problems } = upAndDownFiles(
    files,
    ({ path, sql }) => scripted(folder, path, sql),
    byParts,
  );
  const repeatable = versionedFiles(folder, REPEATABLE, (description) => description)
    .toSorted((a, b) => byText(a.version, b.version))
    .map(({ name, path, sql }) => ({ name, up: scripted(folder, path, sql), isRepeatable: true as const }));
  return { migrations: [...migrations, ...repeatable].map(withRefusal), problems };
}

/** `1_02` and `1.2.0` are one version. */
const parts = (version: string): string =>
  version
    .split(/[._]/)
    .map((part) => part.replace(/^0+(?=\d)/, ''))
    .join('.')
    .replace(/(\.0)+$/, '');

function byParts(a: string, b: string): number {
  const [left, right] = [a.split('.'), b.split('.')];
  const differing = left.findIndex((part, place) => part !== right[place]);
  if (differing === -1) return left.length - right.length;
  return byNumber(left[differing] ?? '', right[differing] ?? '');
}

/** With what the configuration of the script says of its transaction. */
function scripted({ files }: MigrationFolder, path: string, sql: SqlFile): SqlFile {
  const text = files.get(`${path}.conf`)?.text ?? '';
  const [, said] = /^\s*executeInTransaction\s*=\s*(true|false)\s*$/m.exec(text) ?? [];
  const transaction: FileTransaction = said === 'false' ? 'none' : 'whole';
  return said === undefined ? sql : { ...sql, transaction };
}

function withRefusal(migration: Migration): Migration {
  const [placeholder] = /\$\{[^}\n]+\}/.exec(migration.up.text) ?? [];
  return placeholder === undefined
    ? migration
    : { ...migration, refusal: `Flyway fills in the placeholder ${placeholder}` };
}
