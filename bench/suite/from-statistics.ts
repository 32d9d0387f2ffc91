import { readFileSync } from 'node:fs';
import { fromStatistics as tablesOf } from '../../seed/from-statistics/from-statistics.ts';
import type { GeneratedTable } from '../model/dataset.ts';
import { UsageError } from '../model/errors.ts';
import { pathOf, type FileLocation } from '../model/file-location.ts';
import { Snapshot, SNAPSHOT_VERSION } from '../model/snapshot.ts';
import { utf8Text } from '../system/utf8-text.ts';

/**
 * The tables of a snapshot, with rows that its statistics describe: `dataset: fromStatistics(new URL('shop.snapshot.json',
 * import.meta.url))`. A table without rows is left out. Every run holds the filled tables against the snapshot.
 *
 * @throws UsageError naming the file, and the first thing that is wrong with it
 */
export function fromStatistics(file: FileLocation): { tables: GeneratedTable[]; snapshot: string } {
  const path = pathOf(file);
  return { tables: tablesOf(snapshotAt(path)), snapshot: path };
}

function snapshotAt(path: string): Snapshot {
  const { success, data, error } = Snapshot.safeParse(contentOf(path));
  if (success) return data;
  const [issue] = error.issues;
  const place = issue?.path.join('.') ?? '';
  const problem = place === 'snapshotVersion' ? `it is not of version ${SNAPSHOT_VERSION}` : issue?.message;
  throw new UsageError([`${path} is no snapshot that can be read: ${place ? `${place}: ` : ''}${problem}`]);
}

function contentOf(path: string): unknown {
  try {
    return JSON.parse(utf8Text(readFileSync(path)));
  } catch (error) {
    throw new UsageError([`${path} is no snapshot that can be read: ${(error as Error).message}`]);
  }
}
