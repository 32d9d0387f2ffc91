import type { MigrationFolder } from '../folder.ts';
import type { FolderRead } from '../migration.ts';
import type { MigrationTool } from '../tool.ts';
import { upAndDownFiles } from '../up-and-down-files.ts';
import { byNumber, byText, versionedFiles } from '../versions.ts';

/** A day is no version: several files of it are in the order of their names. */
const DAY = String.raw`\d{4}-\d\d-\d\d[^/]*?`;
const FILE = new RegExp(String.raw`^(?<version>${DAY}|\d+)([._ -][^/]*?)?(\.(?<direction>up|down))?\.sql$`);

/** SQL files that somebody applies in the order of their numbers, with psql or a program of their own. */
export const numberedSql: MigrationTool = {
  name: 'sql',
  title: 'numbered SQL files',
  example: '001-name.sql',
  marks: () => false,
  takes: (path) => FILE.test(path),
  surroundings: [],
  isLikely: () => true,
  ownTables: [],
  read,
};

function read(folder: MigrationFolder): FolderRead {
  const files = versionedFiles(folder, FILE).map((file) =>
    /^\d{4}-/.test(file.name) ? { ...file, version: file.name } : file,
  );
  return upAndDownFiles(files, ({ sql }) => sql, byNumberOrDay);
}

const byNumberOrDay = (a: string, b: string): number =>
  /^\d+$/.test(a) && /^\d+$/.test(b) ? byNumber(a, b) : byText(a, b);
