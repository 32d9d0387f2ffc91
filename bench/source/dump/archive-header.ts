import type { DumpHeader } from './dump-header.ts';

/** What an archive of pg_dump begins with: the whole file, `toc.dat` of a directory, or the first member of a tar. */
export const ARCHIVE_MAGIC = 'PGDMP';

/** Since PostgreSQL 8.0 both versions are in it; since 16, one byte says how it is compressed. */
const VERSIONS_SINCE = 10;
const ALGORITHM_SINCE = 15;

/** Second, minute, hour, day, month, year, and whether it was summer time. */
const NUMBERS_OF_TIME = 7;

/**
 * Reads the beginning of an archive (PostgreSQL, src/bin/pg_dump/pg_backup_archiver.c, ReadHead).
 *
 * @throws RangeError where it ends before
 */
export const archiveHeader = (bytes: Buffer): DumpHeader =>
  readHeader(new Cursor(bytes, ARCHIVE_MAGIC.length)).header;

/** @param cursor behind the magic; it is left behind the header */
export function readHeader(cursor: Cursor): { minor: number; header: DumpHeader } {
  const [major, minor] = [cursor.byte(), cursor.byte()];
  if (major !== 1 || minor < VERSIONS_SINCE) return { minor, header: {} };
  cursor.byte();
  cursor.intBytes = cursor.byte();
  // The width of offsets, and the format.
  cursor.skip(2);
  if (minor >= ALGORITHM_SINCE) cursor.byte();
  else cursor.int();
  for (let at = 0; at < NUMBERS_OF_TIME; at++) cursor.int();
  // The name of the database.
  cursor.text();
  const [version, pgDump] = [versionIn(cursor.text()), versionIn(cursor.text())];
  const header = { ...(version !== undefined && { version }), ...(pgDump !== undefined && { pgDump }) };
  return { minor, header };
}

/** `15.18 (Debian 15.18-0+deb12u1)` is 15.18. */
const versionIn = (text: string): string | undefined => /^\d[\w.]*/.exec(text)?.[0];

/** Goes through the numbers and texts of an archive. */
export class Cursor {
  readonly #bytes: Buffer;
  #at: number;
  intBytes = 4;

  constructor(bytes: Buffer, at: number) {
    this.#bytes = bytes;
    this.#at = at;
  }

  byte(): number {
    return this.#bytes.readUInt8(this.#at++);
  }

  skip(count: number): void {
    this.#at += count;
  }

  /** A sign, then the value, its lowest byte first. */
  int(): number {
    const sign = this.byte() === 0 ? 1 : -1;
    const value = this.#bytes.readUIntLE(this.#at, this.intBytes);
    this.skip(this.intBytes);
    return sign * value;
  }

  text(): string {
    const length = this.int();
    if (length <= 0) return '';
    if (this.#at + length > this.#bytes.length) throw new RangeError('the archive ends in its header');
    const text = this.#bytes.toString('utf8', this.#at, this.#at + length);
    this.skip(length);
    return text;
  }
}
