import type { SqlFile } from '../../database/sql-file.ts';
import type { MigrationFolder } from './folder.ts';
import { byText } from './versions.ts';

/** A migration that has a folder of its own. */
interface SqlFolder {
  name: string;
  sql: SqlFile;
  /** Another file of the same folder. */
  beside: (file: string) => SqlFile | undefined;
}

/**
 * The folders that a folder of migrations has, in the order of their names.
 *
 * @param file that each of them has
 * @returns also the names of those without it
 */
export function sqlFolders(
  { files }: MigrationFolder,
  file: string,
): { found: SqlFolder[]; without: string[] } {
  const names = new Set([...files.keys()].flatMap((path) => /^([^/]+)\//.exec(path)?.[1] ?? []));
  const ordered = [...names].toSorted(byText);
  return {
    found: ordered.flatMap((name) => {
      const sql = files.get(`${name}/${file}`);
      return sql ? [{ name, sql, beside: (other) => files.get(`${name}/${other}`) }] : [];
    }),
    without: ordered.filter((name) => !files.has(`${name}/${file}`)),
  };
}
