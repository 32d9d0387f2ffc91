import type { SnapshotStatement } from '../../model/snapshot.ts';
import type { Described } from '../open-source.ts';
import type { ObservedStatement } from '../statements/source-statement.ts';
import type { SnapshotFile } from './read-snapshot.ts';

/** What a snapshot tells of its database beside its schema and its values. */
export const describedBy = ({ file, snapshot }: Pick<SnapshotFile, 'file' | 'snapshot'>): Described => ({
  file,
  snapshot,
  takenAt: new Date(snapshot.readAt),
  sizes: new Map(snapshot.tables.map(({ name, rows, pages }) => [name, { rows, bytes: pages * PAGE_BYTES }])),
  statements: snapshot.statements.map(observed),
  searchPath: snapshot.searchPath,
  settings: snapshot.settings,
});

const PAGE_BYTES = 8192;

/** Where nobody knows how long calls were counted, their numbers are proportions. */
function observed(statement: SnapshotStatement): ObservedStatement {
  const { sql, origin, calls, totalMs, walBytes, countedHours } = statement;
  const weight = countedHours === undefined ? calls : calls / countedHours;
  return { sql, origin, calls, totalMs, walBytes, weight, countedHours };
}
