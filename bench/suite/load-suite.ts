import { dirname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { UsageError } from '../model/errors.ts';
import { fileProblem } from '../system/named-file.ts';
import { checkSuite } from './check-suite.ts';
import type { Suite } from './suite.ts';
import { reasonOf } from './thrown.ts';

/**
 * Imports the suite that a module exports by default.
 *
 * @param path of the module, relative to the working directory
 * @throws UsageError naming --suite and every problem of the module
 */
export async function loadSuite(path: string): Promise<Suite> {
  const file = resolve(path);
  const problem = fileProblem(path);
  if (problem !== undefined) throw new UsageError([`--suite: ${problem}`]);
  const module = await importModule(file).catch((error: unknown) => {
    throw new UsageError([`--suite ${path}: the module cannot be loaded: ${reasonOf(error)}`]);
  });
  const checked = await checkSuite(module.default, dirname(file));
  if (checked.state === 'sound') return checked.suite;
  throw new UsageError(checked.problems.map((problem) => `--suite ${path}: ${problem}`));
}

const importModule = (file: string): Promise<Record<string, unknown>> =>
  import(pathToFileURL(file).href) as Promise<Record<string, unknown>>;
