import { bytes } from '../../format/quantity.ts';
import { RunError } from '../../model/errors.ts';
import { embedded } from '../../servers/embedded/index.ts';
import { leastDiskBytes } from '../../run/needs.ts';
import type { Inspection } from '../../source/inspection.ts';
import { sampledBytes } from '../../source/sample/sample-plan.ts';
import { freeBytes } from '../../system/disk.ts';
import type { MeasuringServer } from './rebuild.ts';

/** Of a row of a table, beside its values: its header and its pointer (PostgreSQL manual, 73.6). */
const ROW_BYTES = 28;

/**
 * Where the run will be on a server of ours, its databases are on the same disk as the files.
 *
 * @throws RunError, before any row is copied, where the disk has less room than they take
 */
export async function refuseWithoutRoom(
  folder: string,
  { tables, sample }: Inspection,
  { server, budgetSeconds }: MeasuringServer,
): Promise<void> {
  const values = tables.map(({ name, rows, bytes: all }) => ({
    name,
    bytes: Math.max(0, all - ROW_BYTES * rows),
  }));
  const text = sampledBytes(values, sample);
  const databases = server.target === embedded.name && budgetSeconds > 0 ? leastDiskBytes(text) : 0;
  const free = await freeBytes(folder);
  if (text + databases <= free) return;
  throw new RunError('There is no room for the rows of the source', {
    detail: `They take about ${bytes(text)} in files${databases > 0 ? ` and ${bytes(databases)} in the databases of a run` : ''}; the disk of ${folder} has ${bytes(free)} left.`,
    remedy: REMEDY,
  });
}

/** What to do where a disk is full. */
export const REMEDY =
  'Make room there, name another directory in TMPDIR, or copy less with --max-size, --tables or --exclude.';
