import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { readResult } from '../../bench/cli/read-result.ts';
import { UsageError } from '../../bench/model/errors.ts';
import type { Result } from '../../bench/model/result.ts';
import { incompleteness } from '../../bench/report/heading.ts';
import { COMMAND } from './arguments.ts';

/**
 * The results of all runs in a directory, oldest first.
 *
 * @throws UsageError when there are fewer than two, when one is incomplete, or when they are not of the same kind
 */
export async function keptResults(directory: string): Promise<Result[]> {
  const runs = await runDirectories(directory);
  if (runs.length < 2)
    throw new UsageError([
      `${COMMAND} ${directory}: ${runs.length === 0 ? 'no run is' : 'only one run is'} in it; two are the fewest to compare`,
    ]);
  const results = await Promise.all(runs.map((run) => readResult(COMMAND, run)));
  const problems = [...results.flatMap(incompleteIn), ...differencesIn(results)];
  if (problems.length > 0) throw new UsageError(problems.map((problem) => `${COMMAND} ${problem}`));
  return results.toSorted((a, b) => a.run.startedAt.localeCompare(b.run.startedAt));
}

/** Those that hold a result. */
async function runDirectories(directory: string): Promise<string[]> {
  const entries = await readdir(directory).catch((error: unknown) => {
    throw new UsageError([`${COMMAND} ${directory}: it cannot be read: ${(error as Error).message}`]);
  });
  return entries.map((name) => join(directory, name)).filter((path) => existsSync(join(path, 'result.json')));
}

const incompleteIn = (result: Result): string[] => {
  const reason = incompleteness(result);
  return reason === undefined ? [] : [`${result.run.id}: ${reason}`];
};

function differencesIn(results: readonly Result[]): string[] {
  return Object.entries(KIND).flatMap(([fact, of]) => {
    const found = [...new Set(results.map(of))];
    return found.length > 1 ? [`${fact} ${found.join(' and ')}: runs to compare have the same`] : [];
  });
}

/** What makes runs equal. */
const KIND: Readonly<Record<string, (result: Result) => string>> = {
  suite: ({ run }) => run.suite.name,
  scale: ({ run }) => String(run.scale),
  workload: ({ run }) => run.workload,
  baselines: ({ run }) => run.baselines.join(', '),
  items: ({ run }) => run.only.join(', ') || 'all',
  seed: ({ run }) => String(run.seed),
  budget: ({ run }) => `${run.budgetSeconds} s`,
  PostgreSQL: ({ environment }) => `${environment.postgresVersion} ${environment.target}`,
  machine: ({ environment: { machine } }) => `${machine.cpu} with ${machine.cores} cores`,
};
