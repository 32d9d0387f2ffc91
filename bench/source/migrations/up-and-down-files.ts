import type { SqlFile } from '../../database/sql-file.ts';
import type { FolderRead } from './migration.ts';
import { byNumber, byText, sharedVersions, type VersionedFile } from './versions.ts';

/**
 * The migrations of files that have one direction each, in the order of their versions.
 *
 * @param sql the file as the tool carries it out
 */
export function upAndDownFiles(
  files: readonly VersionedFile[],
  sql: (file: VersionedFile) => SqlFile,
  compare: (a: string, b: string) => number = byNumber,
): FolderRead {
  const ups = files.filter(({ direction }) => direction === 'up');
  const downs = files.filter(({ direction }) => direction === 'down');
  const downOf = new Map(downs.map((down) => [down.version, sql(down)]));
  const alone = downs.filter((down) => !ups.some(({ version }) => version === down.version));
  return {
    migrations: ups
      .toSorted((a, b) => compare(a.version, b.version) || byText(a.name, b.name))
      .map((up) => ({ name: up.name, up: sql(up), down: downOf.get(up.version) })),
    problems: [
      ...sharedVersions(ups),
      ...sharedVersions(downs),
      ...alone.map(({ path }) => `${path} takes back a migration that is not there`),
    ],
  };
}
