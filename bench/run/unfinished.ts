import { existsSync } from 'node:fs';
import { realpath, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { NotComparable, UsageError } from '../model/errors.ts';
import { Result } from '../model/result.ts';
import { VERSION } from '../system/program.ts';
import { checkShape, fileProblem, parseJson } from '../system/untrusted-json.ts';
import { writeWhole } from '../report/write-report.ts';
import { readNamedFile } from '../system/named-file.ts';
import { assembleResult } from './assemble-result.ts';
import { sha256 } from './fingerprints.ts';
import type { keptOf } from './kept-measurements.ts';
import { Unfinished } from './unfinished-shape.ts';

const FILE = 'unfinished.json';

/** What is written down. When it is read again, a schema checks that it is an `Unfinished`. */
type Written = Omit<Unfinished, 'version' | 'measured'> & { measured: ReturnType<typeof keptOf> };

export async function writeUnfinished(directory: string, unfinished: Written): Promise<void> {
  const content = JSON.stringify({ version: VERSION, ...unfinished });
  await writeWhole(join(directory, FILE), `{"sha256":"${sha256(content)}","content":${content}}\n`);
}

export const holdsUnfinished = (directory: string): boolean => existsSync(join(directory, FILE));

export const removeUnfinished = (directory: string): Promise<void> =>
  rm(join(directory, FILE), { force: true });

/**
 * The result of a run that has written none: it was killed, or has not ended. It has no claims: only the suite can
 * judge them, and no code of a suite runs here.
 *
 * @param path of the run's directory
 * @param asked what the directory was named for, for messages
 * @throws UsageError when no run has written what is there
 */
export async function resultSoFar(path: string, asked: string): Promise<Result> {
  const { unfinished } = await readUnfinished(path, asked);
  const result = assembleResult(unfinished, [], new Map());
  return checkShape(result, Result, join(path, FILE), 'run');
}

/**
 * @param path of a run's directory, or of a file in it
 * @param asked what the path was named for, for messages
 * @returns what it had measured, and the directory that its own is in
 * @throws UsageError when there is nothing to go on with, or what there is was not written by a run in this directory
 * @throws NotComparable when another version of the program has written it
 */
export async function readUnfinished(
  path: string,
  asked: string,
): Promise<{ unfinished: Unfinished; out: string }> {
  const directory = await directoryOf(path);
  const file = join(directory, FILE);
  const bytes = await readNamedFile(file).catch(() => {
    throw new UsageError([`${asked}: ${directory} holds no unfinished run`]);
  });
  const unfinished = parseUnfinished(bytes.toString(), file, asked);
  const { id } = unfinished.run;
  const place = await realpath(directory);
  if (basename(place) !== id)
    throw fileProblem(
      file,
      `run.id: it is the run ${id}, and lies in a directory called ${basename(place)}; call that ${id} again`,
    );
  return { unfinished, out: dirname(basename(directory) === id ? directory : place) };
}

const directoryOf = async (path: string): Promise<string> => {
  const isDirectory = await stat(path).then(
    (found) => found.isDirectory(),
    () => true,
  );
  return isDirectory ? path : dirname(path);
};

/** The checksum detects accidents only: anybody can compute it. */
function parseUnfinished(text: string, file: string, asked: string): Unfinished {
  const [, expected, content = ''] = /^\{"sha256":"(\w{64})","content":(.*)\}\n$/s.exec(text) ?? [];
  if (sha256(content) !== expected) throw new UsageError([`${asked}: ${file} is damaged; measure anew`]);
  const value = parseJson(content, file);
  const version = (value as { version?: unknown } | null)?.version;
  if (typeof version === 'string' && version !== VERSION)
    throw new NotComparable([`index-impact was ${version}, and is ${VERSION} now`]);
  return checkShape(value, Unfinished, file, 'run');
}
