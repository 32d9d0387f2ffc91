import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { TablesElsewhere, TablesFrom } from '../model/dataset.ts';
import { UsageError } from '../model/errors.ts';
import { fileProblem } from '../system/named-file.ts';
import { checkSuite } from './check-suite.ts';
import * as published from './index-impact.ts';
import type { Suite } from './suite.ts';
import { failureIn } from './thrown.ts';

/** A module that waits for something takes seconds, not minutes. */
const LOADED_WITHIN_MS = 30_000;

/**
 * Imports the suite that a module exports by default.
 *
 * @param path of the module, or of the folder that it lies in as `suite.ts`, `.mts`, `.js`, `.mjs` or `.cjs`
 * @throws UsageError naming --suite and every problem of the module
 */
export async function loadSuite(path: string, withinMs = LOADED_WITHIN_MS): Promise<Suite> {
  const file = resolve(moduleAt(path));
  const exported = await inTime(defaultExport(file), withinMs).catch((error: unknown) => {
    throw new UsageError([
      `--suite ${path}: the module cannot be loaded: ${failureIn(dirname(file), error)}`,
    ]);
  });
  const checked = await checkSuite(exported, dirname(file));
  if (checked.state === 'sound') return checked.suite;
  throw new UsageError(checked.problems.map((problem) => `--suite ${path}: ${problem}`));
}

/**
 * For another thread: the tables of the suite that a module exports.
 *
 * @public
 */
export const tablesFrom: TablesFrom = async (path) => (await loadSuite(path)).dataset.tables;

export const tablesElsewhere = (path: string): TablesElsewhere => ({
  module: import.meta.url,
  argument: resolve(path),
});

/** @throws Error when it takes longer; what waits goes on waiting */
async function inTime<T>(work: Promise<T>, withinMs: number): Promise<T> {
  const limit = new AbortController();
  const late = sleep(withinMs, undefined, { signal: limit.signal }).then(() => {
    throw new Error(`it does not come to its end within ${withinMs / 1000} s; does it wait for something?`);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    limit.abort();
    late.catch(() => undefined);
  }
}

const EXTENSIONS = ['ts', 'mts', 'js', 'mjs', 'cjs'];

/** @throws UsageError where there is no module, or more than one */
function moduleAt(path: string): string {
  const found = isDirectory(path)
    ? EXTENSIONS.map((extension) => join(path, `suite.${extension}`)).filter((file) => existsSync(file))
    : [path];
  const [file] = found;
  const problem = file === undefined || found.length > 1 ? notOne(path, found) : fileProblem(file);
  if (file === undefined || problem !== undefined) throw new UsageError([`--suite: ${problem}`]);
  return file;
}

const notOne = (folder: string, found: readonly string[]): string =>
  found.length > 0
    ? `${folder} has more than one suite: ${found.join(', ')}; name the file instead of the folder`
    : `${folder} has no suite; add a suite.ts, .mts, .js, .mjs or .cjs that exports defineSuite({...}) by default`;

/** What cannot be looked at, such as a name with a NUL, is none. */
function isDirectory(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

/**
 * TypeScript and ES modules become what every Node can run, whatever the `type` of the package around them. No hook
 * stays in the process that measures, and no cache on the disk.
 */
async function defaultExport(file: string): Promise<unknown> {
  const { createJiti } = await import('jiti');
  const virtualModules = { 'index-impact': published };
  const jiti = createJiti(file, { fsCache: false, interopDefault: false, virtualModules });
  // jiti.import() would first try the module as it stands, and carry out again what had failed.
  const text = readFileSync(file, 'utf8');
  return defaultOf(await jiti.evalModule(text, { filename: file, async: true, forceTranspile: true }));
}

/** What a CommonJS module exports is its default. */
function defaultOf(module: unknown): unknown {
  if (typeof module !== 'object' || module === null) return module;
  const isCommonJs = !('__esModule' in module) && Object.keys(module).length > 0;
  return isCommonJs ? module : (module as { default?: unknown }).default;
}
