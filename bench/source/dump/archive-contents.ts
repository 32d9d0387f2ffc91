import { ARCHIVE_MAGIC, Cursor, readHeader } from './archive-header.ts';

/** Since which version of the format an entry has a part (PostgreSQL, src/bin/pg_dump/pg_backup_archiver.h). */
const SECTION_SINCE = 11;
const TABLE_METHOD_SINCE = 14;
const KIND_SINCE = 16;

/**
 * The files with rows and large objects that the table of contents of a directory names (pg_backup_archiver.c, ReadToc;
 * pg_backup_directory.c).
 *
 * @throws RangeError where it ends before
 */
export function dataFilesIn(toc: Buffer): string[] {
  const cursor = new Cursor(toc, ARCHIVE_MAGIC.length);
  const { minor } = readHeader(cursor);
  const files: string[] = [];
  for (let entries = cursor.int(); entries > 0; entries--) {
    skipEntry(cursor, minor);
    const file = cursor.text();
    if (file !== '') files.push(file);
  }
  return files;
}

function skipEntry(cursor: Cursor, minor: number): void {
  cursor.int();
  cursor.int();
  const skipTexts = (count: number): void => {
    for (let texts = 0; texts < count; texts++) cursor.text();
  };
  // Two OIDs, tag and kind.
  skipTexts(4);
  if (minor >= SECTION_SINCE) cursor.int();
  // Definition, DROP, COPY, schema and tablespace.
  skipTexts(5);
  if (minor >= TABLE_METHOD_SINCE) cursor.text();
  if (minor >= KIND_SINCE) cursor.int();
  // Owner, and whether it has OIDs.
  skipTexts(2);
  // What it depends on; an empty text ends it.
  while (cursor.text() !== '');
}
