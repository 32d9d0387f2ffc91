import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { RunError } from '../../model/errors.ts';
import type { Locale } from '../../model/locale.ts';
import { shownPath } from '../../system/named-file.ts';
import type { DumpFile } from './dump-file.ts';
import { findPgRestore, localeOfArchive, sqlOfArchive } from './pg-restore.ts';
import { truncated } from './truncated.ts';

/** Read at a time. */
const CHUNK_BYTES = 256 * 1024;

/**
 * A dump as SQL, chunk by chunk.
 *
 * @throws RunError when it cannot be read to its end
 */
export async function* sqlOf(dump: DumpFile, signal: AbortSignal): AsyncGenerator<Buffer> {
  if (dump.form === 'archive') yield* sqlOfArchive(await findPgRestore(dump), dump.path, signal);
  else yield* sqlOfFile(dump, signal);
}

/**
 * How the database that a dump was made of encodes and sorts text.
 *
 * @returns undefined where the dump does not tell
 * @throws RunError when it cannot be read
 */
export const localeOfDump = async (dump: DumpFile, signal: AbortSignal): Promise<Locale | undefined> =>
  dump.form === 'archive'
    ? localeOfArchive(await findPgRestore(dump), dump.path, signal)
    : dump.header.locale;

async function* sqlOfFile({ path, form }: DumpFile, signal: AbortSignal): AsyncGenerator<Buffer> {
  const file = createReadStream(path, { highWaterMark: CHUNK_BYTES });
  const sql =
    form === 'packed sql' ? pipeline(file, createGunzip({ chunkSize: CHUNK_BYTES }), () => undefined) : file;
  try {
    for await (const chunk of sql) yield chunk as Buffer;
  } catch (cause) {
    signal.throwIfAborted();
    throw unreadable(path, cause as NodeJS.ErrnoException);
  } finally {
    file.destroy();
  }
}

/** zlib's code for a stream that ends before its end mark. */
const UNFINISHED = 'Z_BUF_ERROR';

const unreadable = (path: string, cause: NodeJS.ErrnoException): RunError =>
  cause.code === UNFINISHED
    ? truncated(path, 'its gzip stream has no end')
    : new RunError(`${shownPath(path)} cannot be read to its end`, {
        detail: `  ${cause.message}`,
        remedy: 'Make the dump again, or copy it again from where it was made.',
        cause,
      });
