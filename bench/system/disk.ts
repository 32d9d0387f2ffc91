import { statfs } from 'node:fs/promises';

/** What this user may still write on the disk that a directory is on. */
export async function freeBytes(directory: string): Promise<number> {
  const { bavail, bsize } = await statfs(directory);
  return bavail * bsize;
}

/** Whether writing failed because the disk, or what this user may have of it, is full. */
export const isFull = (error: unknown): error is Error =>
  error instanceof Error && ['ENOSPC', 'EDQUOT'].includes((error as NodeJS.ErrnoException).code ?? '');
