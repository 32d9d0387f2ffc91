import { open } from 'node:fs/promises';
import { constants, gunzipSync } from 'node:zlib';

const MOST_BYTES = 64 * 1024;

/** @throws ErrnoException when the file cannot be read */
export async function firstBytes(path: string): Promise<Buffer> {
  const file = await open(path);
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(MOST_BYTES), 0, MOST_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/** What the first bytes of a gzip file unpack to; undefined where they cannot be unpacked. */
export function unpacked(bytes: Buffer): Buffer | undefined {
  try {
    return gunzipSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH });
  } catch {
    return undefined;
  }
}

/** How files begin that some other program has to unpack. */
const PACKED: readonly { by: string; magic: string }[] = [
  { by: 'zstd', magic: '28b52ffd' },
  { by: 'xz', magic: 'fd377a585a00' },
  { by: 'bzip2', magic: '425a68' },
  { by: 'lz4', magic: '04224d18' },
  { by: 'zip', magic: '504b0304' },
];

export const isGzip = (bytes: Buffer): boolean => beginsWith(bytes, '1f8b');

/** The program that has packed a file; undefined where none of the known ones has. */
export const packedBy = (bytes: Buffer): string | undefined =>
  PACKED.find(({ magic }) => beginsWith(bytes, magic))?.by;

/** As PowerShell's `>` writes text. */
export const isUtf16 = (bytes: Buffer): boolean => beginsWith(bytes, 'fffe') || beginsWith(bytes, 'feff');

const beginsWith = (bytes: Buffer, hexadecimal: string): boolean =>
  bytes.toString('hex', 0, hexadecimal.length / 2) === hexadecimal;
