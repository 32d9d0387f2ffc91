import { freemem, platform, totalmem } from 'node:os';
import type { Server } from '../database/server.ts';
import type { MemoryUse } from '../model/run.ts';
import type { Warning } from '../model/outcome.ts';

/** What the pages of a server's databases can lie in, in bytes. */
export interface ServerMemory {
  sharedBuffersBytes: number;
  /** Not in use when the run began, shared buffers included; undefined where another machine would have to tell. */
  freeBytes: number | undefined;
}

const SHARED_BUFFERS = `SELECT pg_size_bytes(current_setting('shared_buffers')) AS bytes`;

/** `effective_cache_size` would not tell: it is the same on servers where nobody set it, and a guest sets it himself. */
export async function serverMemory(server: Pick<Server, 'administer' | 'processId'>): Promise<ServerMemory> {
  const { rows } = await server.administer((admin) => admin.query<{ bytes: string }>(SHARED_BUFFERS));
  const isHere = server.processId !== undefined;
  return { sharedBuffersBytes: Number(rows[0]?.bytes), freeBytes: isHere ? freeBytes() : undefined };
}

/** What this machine could still give, and no more than a limit of this process's control group. */
function freeBytes(): number {
  // Elsewhere than on Linux, memory that caches files does not count as free.
  const free = platform() === 'linux' ? freemem() : totalmem();
  return Math.min(free, process.constrainedMemory() || Infinity);
}

/**
 * Whether so many bytes of databases fit. A page that was read lies in shared buffers, and again in the page cache. Of a
 * server elsewhere it is known only that what fits its shared buffers is in memory.
 */
export function memoryUse(dataBytes: number, { sharedBuffersBytes, freeBytes }: ServerMemory): MemoryUse {
  const wantedBytes = dataBytes + Math.min(dataBytes, sharedBuffersBytes);
  const use = { dataBytes, wantedBytes, sharedBuffersBytes };
  if (freeBytes === undefined)
    return { ...use, regime: dataBytes <= sharedBuffersBytes ? 'in memory' : 'unknown' };
  return { ...use, freeBytes, regime: wantedBytes <= freeBytes ? 'in memory' : 'larger than memory' };
}

/** For the run's notes: nothing where all was in memory, as far as anybody knows. The report has the figures. */
export const memoryWarnings = ({ regime }: MemoryUse): Warning[] =>
  regime === 'larger than memory' ? [LARGER_THAN_MEMORY] : [];

const LARGER_THAN_MEMORY: Warning = {
  code: 'larger-than-memory',
  cause:
    'larger than memory: the databases that existed at the same time did not fit, and times include reading from disk, of both arms alike',
  remedy:
    'read the times as those of data that is larger than memory, or measure at a smaller --scale or with more memory',
};
