import { z } from 'zod';
import { UsageError } from '../../model/errors.ts';
import { Snapshot, SNAPSHOT_VERSION } from '../../model/snapshot.ts';
import { readNamedText } from '../../system/named-file.ts';
import { checkShape, fileProblem, fileProblems, parseJson } from '../../system/untrusted-json.ts';
import { strangeStatistics } from './strange-statistics.ts';

/** A snapshot that was read. */
export interface SnapshotFile {
  /** Without its directory. */
  file: string;
  path: string;
  snapshot: Snapshot;
}

/**
 * Reads a snapshot.
 *
 * @throws UsageError listing its problems, at most ten
 */
export async function readSnapshot(path: string): Promise<Snapshot> {
  const text = await readNamedText(path).catch((cause: unknown) => {
    throw new UsageError([`${path}: the file cannot be read: ${(cause as Error).message}`]);
  });
  return parseSnapshot(text, path);
}

/**
 * @param path of the file, for messages
 * @throws UsageError listing its problems, at most ten
 */
export async function parseSnapshot(text: string, path: string): Promise<Snapshot> {
  const value = parseJson(text, path);
  const version = (value as { snapshotVersion?: unknown } | null)?.snapshotVersion;
  if (version === undefined) throw fileProblem(path, 'not a snapshot: it has no snapshotVersion');
  if (version !== SNAPSHOT_VERSION)
    throw fileProblem(
      path,
      `snapshotVersion is ${JSON.stringify(version)}, and this version reads ${SNAPSHOT_VERSION}: take it again`,
    );
  const snapshot = checkShape(value, Snapshot, path, 'snapshot');
  const strange = await strangeStatistics(snapshot);
  if (strange.length > 0) throw fileProblems(path, strange);
  return snapshot;
}

/** The text of the file: one line a value of a field, so that two of them can be compared. */
export const serializeSnapshot = (snapshot: Snapshot): string => `${JSON.stringify(snapshot, null, 1)}\n`;

/** The JSON Schema (draft 2020-12) of a snapshot. */
export const snapshotJsonSchema = (): Record<string, unknown> => ({
  $id: `urn:index-impact:snapshot:${SNAPSHOT_VERSION}`,
  title: 'What index-impact knows of a database without its rows',
  ...z.toJSONSchema(Snapshot, { target: 'draft-2020-12' }),
});
