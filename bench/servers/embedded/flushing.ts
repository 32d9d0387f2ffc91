import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Server } from '../../database/server.ts';

const run = promisify(execFile);

/** syncfs(2) of the file system that this directory is on: it takes one program of GNU or BusyBox on Linux. */
export const flushing = (directory: string): Server['flush'] =>
  process.platform === 'linux' ? () => flush(directory) : undefined;

async function flush(directory: string): Promise<void> {
  await run('sync', ['-f', directory]);
}
