import type { SqlFile } from '../../database/sql-file.ts';
import type { MigrationFolder } from './folder.ts';

/** A file whose name has a version. */
export interface VersionedFile {
  /** In the folder. */
  path: string;
  /** In a form that is the same for the same version. */
  version: string;
  /** Of its migration: of the file, without what says its direction and kind. */
  name: string;
  direction: 'up' | 'down';
  sql: SqlFile;
}

/**
 * The files whose path a pattern fits.
 *
 * @param pattern with the groups `version` and, where a file has one direction only, `direction`
 */
export function versionedFiles(
  { files }: MigrationFolder,
  pattern: RegExp,
  normalise: (version: string) => string = withoutZeros,
): VersionedFile[] {
  return [...files].flatMap(([path, sql]) => {
    const { version, direction } = pattern.exec(path)?.groups ?? {};
    if (version === undefined) return [];
    const found = direction === 'down' ? ('down' as const) : ('up' as const);
    return [{ path, version: normalise(version), name: nameOf(path), direction: found, sql }];
  });
}

const nameOf = (path: string): string =>
  path.slice(path.lastIndexOf('/') + 1).replace(/(\.(up|down))?\.\w+$/, '');

const withoutZeros = (digits: string): string => digits.replace(/^0+(?=\d)/, '');

/** Of whole numbers without leading zeros, however large. */
export const byNumber = (a: string, b: string): number => a.length - b.length || byText(a, b);

/** As the bytes are, whatever the language. */
export const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** A sentence for every version that several of the files have. */
export function sharedVersions(files: readonly Pick<VersionedFile, 'version' | 'path'>[]): string[] {
  const groups = new Map<string, string[]>();
  for (const { version, path } of files) groups.set(version, [...(groups.get(version) ?? []), path]);
  return [...groups].flatMap(([version, paths]) =>
    paths.length > 1 ? [`version ${version} has several files: ${paths.join(', ')}`] : [],
  );
}
