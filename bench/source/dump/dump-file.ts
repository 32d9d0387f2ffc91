import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { UsageError } from '../../model/errors.ts';
import type { DumpedFile } from '../../model/source.ts';
import { fileProblem } from '../../system/named-file.ts';
import { ARCHIVE_MAGIC, archiveHeader } from './archive-header.ts';
import { foreignMember } from './directory-members.ts';
import { isClusterDump, isSqlDump, sqlHeader, type DumpHeader } from './dump-header.ts';
import { firstBytes, isGzip, isUtf16, packedBy, unpacked } from './first-bytes.ts';

/** What pg_dump has written, as its first bytes describe it. */
export interface DumpFile {
  /** A file, or a directory that pg_dump has made. */
  path: string;
  /** Only pg_restore reads an archive: custom, directory or tar. */
  form: 'sql' | 'packed sql' | 'archive';
  header: DumpHeader;
}

/** How a dump is named in what is shown. */
export const dumpedFile = ({ path, header: { version, pgDump } }: DumpFile): DumpedFile => ({
  file: basename(path),
  ...(version !== undefined && { version }),
  ...(pgDump !== undefined && { pgDump }),
});

/** What a dump takes of a disk once it is restored, by a cautious guess: most take several times as much. */
export async function leastBytes({ path }: DumpFile): Promise<number> {
  const found = await stat(path);
  if (!found.isDirectory()) return found.size / 2;
  const sizes = (await readdir(path)).map(async (name) => (await stat(join(path, name))).size);
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size / 2, 0);
}

/**
 * Finds out what kind of dump there is. Only its beginning is read.
 *
 * @throws UsageError where there is none
 */
export async function examineDump(path: string): Promise<DumpFile> {
  const isDirectory = await stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
  const problem = isDirectory ? undefined : fileProblem(path, Infinity);
  if (problem !== undefined) throw new UsageError([`--from: ${problem}`]);
  const bytes = await firstBytes(isDirectory ? join(path, 'toc.dat') : path).catch((error: unknown) => {
    const { code, message } = error as NodeJS.ErrnoException;
    throw code === 'ENOENT'
      ? refused(path, 'is a directory without toc.dat', 'name one that pg_dump --format=directory has made')
      : refused(path, `cannot be read (${message})`, 'have its owner let you read it');
  });
  const foreign = isDirectory ? await foreignMember(path).catch(() => DAMAGED) : undefined;
  if (foreign !== undefined) throw refused(path, foreign, AGAIN);
  return { path, ...described(path, bytes) };
}

const refused = (path: string, what: string, remedy: string): UsageError =>
  new UsageError([`--from: ${path} ${what}; ${remedy}`]);

function described(path: string, bytes: Buffer): Omit<DumpFile, 'path'> {
  if (bytes.length === 0) throw refused(path, 'is empty', AGAIN);
  const archive = archiveIn(bytes);
  if (archive) return { form: 'archive', header: headerOf(path, archive) };
  const packer = packedBy(bytes);
  if (packer !== undefined) throw refused(path, `is packed by ${packer}`, 'unpack it first');
  if (isUtf16(bytes)) throw refused(path, 'is UTF-16, as > of PowerShell writes it', 'use pg_dump --file');
  if (!isGzip(bytes)) return { form: 'sql', header: sqlHeader(sqlIn(path, bytes)) };
  const inside = unpacked(bytes);
  if (inside === undefined) throw refused(path, 'is a damaged gzip file', AGAIN);
  if (archiveIn(inside)) throw refused(path, 'is an archive of pg_dump inside of gzip', 'gunzip it first');
  return { form: 'packed sql', header: sqlHeader(sqlIn(path, inside)) };
}

const DAMAGED = 'has a toc.dat that cannot be read to its end';

const AGAIN = 'make the dump again, and look at what pg_dump says';

/** A member's name begins a tar, and its content comes after one block. */
const TAR_BLOCK = 512;

/** Where an archive's own header begins; undefined where the bytes are none. */
function archiveIn(bytes: Buffer): Buffer | undefined {
  const isTar = bytes.toString('latin1', 0, 8) === 'toc.dat\0';
  const content = isTar ? bytes.subarray(TAR_BLOCK) : bytes;
  return content.toString('latin1', 0, ARCHIVE_MAGIC.length) === ARCHIVE_MAGIC ? content : undefined;
}

function headerOf(path: string, archive: Buffer): DumpHeader {
  try {
    return archiveHeader(archive);
  } catch {
    throw refused(path, 'ends in the middle of its header', AGAIN);
  }
}

/** @throws UsageError where the text is not what pg_dump writes */
function sqlIn(path: string, bytes: Buffer): string {
  const text = bytes.toString('latin1');
  if (isClusterDump(text))
    throw refused(path, 'is a dump of a whole cluster (pg_dumpall)', 'dump one database, with pg_dump');
  if (isSqlDump(text)) return text;
  throw refused(path, 'is no dump of pg_dump', 'it takes what pg_dump writes, in any of its formats');
}
