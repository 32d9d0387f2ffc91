import { makingHere, type MakeChunk } from '../../seed/chunks.ts';
import { rowCounts } from '../../seed/row-counts.ts';
import { withRowThreads } from '../../seed/row-threads.ts';
import { isCopied } from '../model/dataset.ts';
import type { DatasetRequest } from './run-request.ts';

/** Starting a thread takes about as long as making so many rows, and its compiler knows nothing yet. */
const WORTH_THREADS = 50_000;

/**
 * Runs `use` with what makes the rows of a suite: threads, where more than one are wanted, there are rows enough, and the suite is a
 * module; otherwise this one, while the server writes what it has sent.
 */
export function withRowMaker<T>(
  { suite: { dataset }, tablesFrom, scale, seed }: DatasetRequest,
  threads: number,
  use: (make: MakeChunk) => Promise<T>,
): Promise<T> {
  const { rowsOf } = rowCounts(dataset.tables, scale);
  const made = dataset.tables.filter((table) => !isCopied(table));
  const rows = made.reduce((sum, { name }) => sum + rowsOf(name), 0);
  if (!tablesFrom || threads < 2 || rows < WORTH_THREADS)
    return use(makingHere(dataset.tables, { rowsOf, seed }));
  return withRowThreads(threads, { tablesFrom, scale, seed }, use);
}
