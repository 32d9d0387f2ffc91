import { Sweep, SWEEP_VERSION } from '../../model/sweep.ts';
import { checkShape, fileProblem, parseJson } from '../../system/untrusted-json.ts';

/**
 * Reads a sweep.json.
 *
 * @param path of the file, for messages
 * @throws UsageError listing its problems, at most ten
 */
export function parseSweep(text: string, path: string): Sweep {
  const value = parseJson(text, path);
  const version = (value as { sweepVersion?: unknown } | null)?.sweepVersion;
  if (version === undefined) throw fileProblem(path, 'not a sweep.json: it has no sweepVersion');
  if (version !== SWEEP_VERSION)
    throw fileProblem(
      path,
      `sweepVersion is ${JSON.stringify(version)}, and this version reads ${SWEEP_VERSION}: read it with the version that wrote it`,
    );
  return checkShape(value, Sweep, path, 'sweep');
}

/** The text of sweep.json: one line a field; an estimate takes one line. */
export const serializeSweep = (sweep: Sweep): string =>
  `${JSON.stringify(sweep, null, 1).replace(/\{\s+"(?:point|buildMs|scale|table)": [^{}[\]]+\}/g, (part) => part.replace(/\n\s*/g, ' '))}\n`;
