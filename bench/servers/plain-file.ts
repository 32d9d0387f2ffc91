import { constants } from 'node:fs';
import { open } from 'node:fs/promises';

const MOST_BYTES = 64 * 1024;

/**
 * The beginning of a file that somebody else may have put there: a link, a pipe that nobody writes to or a device is
 * not read. A link on the way to it is followed.
 *
 * @throws ErrnoException when there is no such file
 */
export async function readPlainFile(path: string): Promise<string> {
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  try {
    if (!(await file.stat()).isFile()) return '';
    const { bytesRead, buffer } = await file.read(Buffer.alloc(MOST_BYTES), 0, MOST_BYTES, 0);
    return buffer.toString('utf8', 0, bytesRead);
  } finally {
    await file.close();
  }
}
