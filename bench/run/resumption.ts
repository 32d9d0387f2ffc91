import { NotComparable } from '../model/errors.ts';
import type { Dataset } from '../model/result.ts';
import type { Environment, Run } from '../model/run.ts';
import type { ServerPair } from '../model/two-servers.ts';
import { describeRun } from './describe-run.ts';
import { sha256 } from './fingerprints.ts';
import { changedItems, takenOver } from './kept-measurements.ts';
import type { Measured } from './measured.ts';
import type { RunRequest } from './run-request.ts';
import type { Sources, Unfinished } from './unfinished-shape.ts';

/**
 * What an unfinished run has measured, for the run that goes on with it.
 *
 * @throws NotComparable with everything about the request that is not as it was
 */
export function measuredBefore(unfinished: Unfinished, request: RunRequest, sources: Sources): Measured {
  const { run, measured } = unfinished;
  const asked = conditionsOfRequest(describeRun(request, new Date()), sources);
  refuse([
    ...differences(conditionsOfRequest(run, unfinished.sources), asked),
    ...changedItems(measured, request.suite),
  ]);
  return takenOver(measured, request.suite);
}

/** @throws NotComparable with every difference between this server and the unfinished run's */
export function refuseOtherServer(
  unfinished: Unfinished,
  environment: Environment,
  dataset: Dataset,
  servers: ServerPair | undefined,
): void {
  const then = conditionsOfServer(unfinished.environment, unfinished.dataset);
  const now = conditionsOfServer(environment, dataset);
  refuse([
    ...differences(then, now),
    ...differences(conditionsOfPair(unfinished.servers), conditionsOfPair(servers)),
  ]);
}

/** Where the arms are on two servers: those of the first are conditions already. */
function conditionsOfPair(servers: ServerPair | undefined): Conditions {
  if (!servers) return new Map();
  const { after, differing } = servers;
  return new Map([
    ['PostgreSQL of --after', after.postgresVersion],
    ...differing.map((one) => [`the setting ${one.setting} of --after`, one.after] as const),
  ]);
}

function refuse(changes: readonly string[]): void {
  if (changes.length > 0) throw new NotComparable(changes);
}

/** What must stay as it is from the first measurement of a run to its last, by name. */
type Conditions = ReadonlyMap<string, string>;

/** What is asked for: known before anything is started. */
function conditionsOfRequest(run: Run, sources: Sources): Conditions {
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
    ['the meaning of weights', run.weightsAre ?? 'proportions'],
    ['the goals', run.goals.map(({ read, atLeast }) => `${read} ${atLeast}x`).join(', ')],
  ]);
}

/** What it is measured on. */
function conditionsOfServer(environment: Environment, { tables }: Dataset): Conditions {
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

/** A sentence for each condition that has changed. */
const differences = (then: Conditions, now: Conditions): string[] =>
  [...new Set([...then.keys(), ...now.keys()])]
    .filter((name) => then.get(name) !== now.get(name))
    .map((name) => `${name} was ${then.get(name) ?? 'unknown'}, and is ${now.get(name) ?? 'unknown'} now`);
