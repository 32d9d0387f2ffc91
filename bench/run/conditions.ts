import type { Dataset } from '../model/result.ts';
import type { Environment, Run } from '../model/run.ts';
import { sha256 } from './sha256.ts';
import type { Sources } from './unfinished-shape.ts';

/** What must stay as it is from the first measurement of a run to its last, by name. */
export type Facts = ReadonlyMap<string, string>;

/** What is asked for: known before anything is started. */
export function factsOfRequest(run: Run, sources: Sources): Facts {
  return new Map([
    ['the suite', run.suite.name],
    ["the candidate's SHA-256", sources.candidate],
    ["the migrations' SHA-256", sources.migrations],
    ["the ageing's SHA-256", sources.ageing],
    ["the opportunities' SHA-256", sources.opportunities],
    ['the concurrent write', sources.concurrentWrite ?? 'none'],
    ['the baselines', run.baselines.join(' and ')],
    ['the scale', String(run.scale)],
    ['the workload', run.workload],
    ['the choice of items', run.only.join(',')],
    ['the seed', String(run.seed)],
    ['the budget', `${run.budgetSeconds} s`],
    ['the mix', `${run.mix.reads}:${run.mix.writes}`],
    ['the goals', run.goals.map(({ read, atLeast }) => `${read} ${atLeast}x`).join(', ')],
  ]);
}

/** What it is measured on. */
export function factsOfServer(environment: Environment, { tables }: Dataset): Facts {
  const { target, postgresVersion, nodeVersion, machine, settings } = environment;
  const rows = tables.map((table) => [table.table, table.sha256]);
  return new Map([
    ['the target', target],
    ['PostgreSQL', postgresVersion],
    ['Node', nodeVersion],
    ["the rows' SHA-256", sha256(JSON.stringify(rows))],
    ['the processor', machine.cpu],
    ['the number of cores', String(machine.cores)],
    ['the cores that may be used', machine.allowedCores ?? 'all'],
    ['the memory', `${machine.memoryBytes} bytes`],
    ['the operating system', machine.os],
    ...Object.entries(settings).map(([name, value]) => [`the setting ${name}`, value] as const),
  ]);
}

/** Everything that is not as it was, in sentences. */
export const differences = (then: Facts, now: Facts): string[] =>
  [...new Set([...then.keys(), ...now.keys()])]
    .filter((fact) => then.get(fact) !== now.get(fact))
    .map((fact) => `${fact} was ${then.get(fact) ?? 'unknown'}, and is ${now.get(fact) ?? 'unknown'} now`);
