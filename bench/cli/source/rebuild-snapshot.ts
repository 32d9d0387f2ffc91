import { applyWithin } from '../../database/apply-within.ts';
import { isSessionLoss, withConnection, type Connection } from '../../database/connection.ts';
import { createDatabase } from '../../database/databases.ts';
import { provideExtensions } from '../../database/extensions.ts';
import { STATEMENT_TIMEOUT } from '../../database/login.ts';
import type { Site } from '../../database/server.ts';
import type { SqlFile } from '../../database/sql-file.ts';
import { RunError } from '../../model/errors.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import type { LeftOut } from '../../model/source.ts';
import { settle } from '../../run/settle.ts';
import { notAsInSource } from '../../../seed/from-statistics/from-statistics.ts';
import type { MigrationPlan } from '../../source/migrations/read-migrations.ts';
import { loadMadeRows, type LoadedRows } from '../../source/snapshot/load-made-rows.ts';
import { onMadeSchema } from '../../source/snapshot/on-made-schema.ts';
import type { SnapshotFile } from '../../source/snapshot/read-snapshot.ts';
import { unfitValues } from '../../source/snapshot/unfit-values.ts';
import { fileProblems } from '../../system/untrusted-json.ts';
import { schemaOfFolder } from './folder-schema.ts';

/** Enough for the statements to find rows: the suite has all of them. */
const MOST_ROWS = 100_000;

export interface RebuiltSnapshot {
  /** On the schema that was built. */
  snapshot: Snapshot;
  rows: number;
  leftOut: LeftOut[];
}

interface Rebuilding {
  snapshot: SnapshotFile;
  /** Of the folder whose migrations before the candidate make the schema; undefined for the snapshot's own. */
  plan: MigrationPlan | undefined;
}

/**
 * Makes a database of a snapshot, with some of the rows that it describes.
 *
 * @throws UsageError where values are none of their column's type
 * @throws RunError where the server refuses the schema, with the place, or the rows
 */
export async function rebuildSnapshot(
  site: Site,
  database: string,
  { snapshot: file, plan }: Rebuilding,
): Promise<RebuiltSnapshot> {
  const { snapshot, leftOut } = plan
    ? await onMadeSchema(file.snapshot, await schemaOfFolder(site, file, plan))
    : { snapshot: file.snapshot, leftOut: [] };
  const { schema, locale, unknown } = snapshot;
  const sqlOf = (part: 'beforeRows' | 'afterRows'): SqlFile => ({
    path: plan ? `the schema of the migrations, ${part}` : `${file.path}: schema.${part}`,
    text: schema[part],
  });
  const [before, after] = [sqlOf('beforeRows'), sqlOf('afterRows')];
  await createDatabase(site, database, locale);
  await provideExtensions(site, database, [before, after]);
  const { rows, leftOut: broken } = await withConnection(
    site.server.owner(database),
    site.signal,
    async (connection) => {
      await applyWithin(STATEMENT_TIMEOUT, connection, before);
      const made = await loadRows(connection, { ...file, snapshot }, site.signal);
      await applyWithin(STATEMENT_TIMEOUT, connection, after);
      await settle(site, connection);
      return made;
    },
  );
  const unlike = [...leftOut, ...broken, ...schema.leftOut, ...unknown, ...notAsInSource(snapshot)];
  return { snapshot, rows, leftOut: unlike };
}

async function loadRows(
  connection: Connection,
  { path, snapshot }: SnapshotFile,
  signal: AbortSignal,
): Promise<LoadedRows> {
  const unfit = await unfitValues(connection, snapshot);
  if (unfit.length > 0) throw fileProblems(path, unfit);
  return loadMadeRows(connection, snapshot, MOST_ROWS, signal).catch((error: unknown) => {
    throw ofSnapshot(path, error);
  });
}

/** Rows that a file describes and nobody can make, or the server refuses, are that file's fault. */
function ofSnapshot(path: string, error: unknown): unknown {
  const isLost: boolean = isSessionLoss(error);
  if (isLost || !(error instanceof RunError)) return error;
  return new RunError(`${path}: the rows that it describes cannot be loaded: ${error.message}`, {
    ...(error.detail !== undefined && { detail: error.detail }),
    remedy: 'If the file was edited, take the snapshot again.',
    cause: error.cause,
  });
}
