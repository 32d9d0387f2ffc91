import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { UsageError } from '../model/errors.ts';
import type { Suite } from './define-suite.ts';
import { suiteProblems } from './suite-problems.ts';
import { reasonOf } from './thrown.ts';

/**
 * Imports the suite that a module exports by default.
 *
 * @param path of the module, relative to the working directory
 * @throws UsageError naming --suite and every problem of the module
 */
export async function loadSuite(path: string): Promise<Suite> {
  const file = resolve(path);
  if (!existsSync(file)) throw new UsageError([`--suite ${path}: there is no such file`]);
  const module = await importModule(file).catch((error: unknown) => {
    throw new UsageError([`--suite ${path}: the module cannot be loaded: ${reasonOf(error)}`]);
  });
  const problems = suiteProblems(module.default);
  if (problems.length > 0) throw new UsageError(problems.map((problem) => `--suite ${path}: ${problem}`));
  return module.default as Suite;
}

const importModule = (file: string): Promise<Record<string, unknown>> =>
  import(pathToFileURL(file).href) as Promise<Record<string, unknown>>;
