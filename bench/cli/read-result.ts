import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { CommandLine } from '../flags/commands.ts';
import type { FlagReader } from '../flags/flag-reader.ts';
import { UsageError } from '../model/errors.ts';
import type { Result } from '../model/result.ts';
import { parseResult } from '../report/result-file.ts';
import { holdsUnfinished, resultSoFar } from '../run/unfinished.ts';
import { readNamedText } from '../system/named-file.ts';

/**
 * Reads a result. The directory of a run that was killed, or has not ended, holds none that is final: there it is made of
 * what the run has measured so far.
 *
 * @param path of a result.json, or of the directory of a run
 * @throws UsageError when the file cannot be read, or holds no result
 */
export async function readResult(command: string, path: string): Promise<Result> {
  const file = await resultFileAt(path);
  if (file !== path && holdsUnfinished(path)) {
    const written = existsSync(file) ? await readResultFile(command, file) : undefined;
    return written && written.run.outcome.state !== 'running' ? written : resultSoFar(path, command);
  }
  return readResultFile(command, file);
}

async function readResultFile(command: string, file: string): Promise<Result> {
  const text = await readNamedText(file).catch((cause: unknown) => {
    throw new UsageError([`${command} ${file}: the file cannot be read: ${(cause as Error).message}`]);
  });
  return parseResult(text, file);
}

/** The result that an argument names. Beside an unknown flag, no telling is which argument is meant: none is read. */
export async function resultArgument(
  read: FlagReader,
  { command, arguments: typed, problems }: CommandLine,
  position: number,
): Promise<Result | undefined> {
  const path = typed[position];
  if (path === undefined || problems.length > 0) return undefined;
  return read.collect(() => readResult(command, path));
}

/** The result of a run that is named by its directory. */
export async function resultFileAt(path: string): Promise<string> {
  const isDirectory = await stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
  return isDirectory ? join(path, 'result.json') : path;
}
