import type { SqlFile } from '../../database/sql-file.ts';

/**
 * A part of a file, which keeps the numbers of its lines.
 *
 * @param from the place where one of its lines begins
 * @param to behind its end @default the end of the file
 */
export function section({ path, text }: SqlFile, from: number, to = text.length): SqlFile {
  const linesBefore = text.slice(0, from).split('\n').length - 1;
  return { path, text: '\n'.repeat(linesBefore) + text.slice(from, to).trimEnd() + '\n' };
}

/** Where a line that fits begins; undefined where there is none. */
export function lineOf({ text }: SqlFile, pattern: RegExp): number | undefined {
  const at = text.search(pattern);
  return at === -1 ? undefined : at;
}
