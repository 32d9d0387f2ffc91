import type { Snapshot, SnapshotStatement } from '../../model/snapshot.ts';
import type { Described } from '../open-source.ts';
import type { ObservedStatement } from '../statements/source-statement.ts';

/** What a snapshot tells of its database beside tables and their rows. */
export const describedBy = ({ statements, searchPath, settings }: Snapshot): Described => ({
  statements: statements.map(observed),
  searchPath,
  settings,
});

/** Where nobody knows how long calls were counted, their numbers are proportions. */
function observed(statement: SnapshotStatement): ObservedStatement {
  const { sql, origin, calls, totalMs, walBytes, countedHours } = statement;
  const weight = countedHours === undefined ? calls : calls / countedHours;
  return { sql, origin, calls, totalMs, walBytes, weight, countedHours };
}
