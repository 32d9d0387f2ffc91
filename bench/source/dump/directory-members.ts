import { lstat, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { dataFilesIn } from './archive-contents.ts';

/** What pg_dump calls a list of large objects in a directory, and the files in such a list. */
const LIST = /^blobs(_\d+)?\.toc$/;

/**
 * Why a directory is none that pg_dump has made: pg_restore would follow a link, or a name that leads elsewhere, to files
 * that are no part of the dump.
 *
 * @returns undefined where nothing is wrong with it
 */
export async function foreignMember(path: string): Promise<string | undefined> {
  const names = await readdir(path);
  for (const name of names)
    if (!(await lstat(join(path, name))).isFile()) return `has ${name}, which is no regular file`;
  const lists = names.filter((name) => name.startsWith('blobs') && name.includes('.toc'));
  const packed = lists.find((name) => !LIST.test(name));
  if (packed !== undefined) return `has ${packed}, which is no list of pg_dump`;
  const listed = await Promise.all(lists.map((name) => filesOfList(join(path, name))));
  const files = [...dataFilesIn(await readFile(join(path, 'toc.dat'))), ...listed.flat()];
  const outside = files.find((name) => /[/\\]/.test(name));
  return outside === undefined ? undefined : `names the file ${outside}, which is not in it`;
}

/** `16385 blob_16385.dat` */
const filesOfList = async (path: string): Promise<string[]> =>
  (await readFile(path, 'utf8')).split('\n').map((line) => line.replace(/^\d+ /, ''));
