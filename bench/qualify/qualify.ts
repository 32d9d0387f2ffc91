import { setImmediate as nextTurn } from 'node:timers/promises';
import { randomFor } from '../../seed/random.ts';
import type { Progress } from '../model/progress.ts';
import type {
  Qualification,
  QualifiedCase,
  SimulatedCoverage,
  SimulatedStates,
} from '../model/qualification.ts';
import type { Result } from '../model/result.ts';
import { describeRun } from '../run/describe-run.ts';
import { Phases } from '../run/phases.ts';
import { carryOut } from '../run/run.ts';
import { RunState } from '../run/run-state.ts';
import { RunStore } from '../run/run-store.ts';
import type { RunRequest } from '../run/run-request.ts';
import { bundledServer } from '../servers/embedded/index.ts';
import { NO_HOST } from '../servers/target.ts';
import { programCommand } from '../system/program.ts';
import { qualificationSuite } from '../suites/qualification/suite.ts';
import { NO_OP, OTHERS, type Case } from './cases.ts';
import { estimateRead, estimateWrite, shapes, simulateCoverage } from './coverage.ts';
import { simulateStates } from './disturbed-coverage.ts';
import { SIMULATED_ARMS } from './disturbed-machine.ts';
import { exclusionsIn } from './truths.ts';

export interface QualifyRequest {
  seed: number;
  /** The directory for the results of the cases, one directory each. */
  out: string;
}

interface Context {
  request: QualifyRequest;
  phases: Phases;
  progress: Progress;
  signal: AbortSignal;
}

const TRIALS = 2000;

/** Scatter of pairs on a quiet, a usual and a noisy machine. */
const SPREADS = [0.05, 0.2, 0.5];

const SECONDS_PER_ROW = 5;

const STATEMENT_TIMEOUT_SECONDS = 600;

/** Runs candidates with a known effect through the whole harness, and simulates its stopping rule. */
export async function qualify(
  request: QualifyRequest,
  progress: Progress,
  signal: AbortSignal,
): Promise<Qualification> {
  const context = { request, progress, signal, phases: new Phases(progress, () => undefined) };
  const coverage = await context.phases.during(
    'simulate',
    () => simulate(context),
    (rows) => `${rows.length} samples`,
  );
  const states = await context.phases.during(
    'simulate states',
    () => simulateDisturbed(context),
    (rows) => `${rows.length} samples`,
  );
  const identical = await measureCase(NO_OP, context);
  const cases = [judged(NO_OP, identical)];
  for (const known of OTHERS) cases.push(judged(known, await measureCase(known, context)));
  return { coverage, states, cases, exclusions: exclusionsIn(identical) };
}

const judged = ({ name, truth, check }: Case, results: readonly Result[]): QualifiedCase => ({
  name,
  truth,
  ...check(results),
});

/** A sample takes up to seconds; signals are handled between two samples. */
async function simulate({ request, signal }: Context): Promise<SimulatedCoverage[]> {
  const simulated: SimulatedCoverage[] = [];
  for (const [name, logRatio] of Object.entries(shapes(randomFor(request.seed, 'coverage')))) {
    for (const spread of SPREADS) {
      await nextTurn();
      signal.throwIfAborted();
      simulated.push(simulateCoverage(name, logRatio, spread, TRIALS, estimateWrite));
    }
  }
  return simulated;
}

async function simulateDisturbed({ request, signal }: Context): Promise<SimulatedStates[]> {
  const random = randomFor(request.seed, 'states');
  const simulated: SimulatedStates[] = [];
  for (const arms of SIMULATED_ARMS) {
    await nextTurn();
    signal.throwIfAborted();
    simulated.push(simulateStates(random, arms, estimateRead, TRIALS));
  }
  return simulated;
}

async function measureCase(known: Case, context: Context): Promise<Result[]> {
  const results: Result[] = [];
  for (let repeat = 1; repeat <= known.repeats; repeat++) {
    const name = known.repeats > 1 ? `${known.name} ${repeat}` : known.name;
    const seed = context.request.seed + repeat - 1;
    const measured = await context.phases.during(
      name,
      () => measureOnce(known, seed, context),
      ({ reads, writes }) => `${reads.length + writes.length} rows`,
    );
    results.push(measured);
  }
  return results;
}

async function measureOnce(
  known: Case,
  seed: number,
  { request: { out }, progress, signal }: Context,
): Promise<Result> {
  const { suite, ...measured } = workloadOf(known);
  const request: RunRequest = {
    suite,
    suitePath: undefined,
    candidatePath: undefined,
    baselines: ['shipped'],
    scale: 1,
    ...measured,
    approximate: [],
    seed,
    out,
    mix: suite.mix,
    server: bundledServer,
    statementTimeoutSeconds: STATEMENT_TIMEOUT_SECONDS,
    settings: {},
    keep: false,
  };
  const head = {
    ...describeRun(request, new Date()),
    command: programCommand('qualify', '--seed', String(seed)),
  };
  const store = new RunStore(new RunState(head, request), request);
  try {
    await carryOut(request, { store, progress: itemsOnly(progress), signal, ...NO_HOST });
    return await store.complete();
  } catch (error) {
    // The user gets the error that ended the case, whether or not its result can still be written.
    await store.endEarly(error, signal).catch(() => undefined);
    throw error;
  }
}

type Measured = Pick<RunRequest, 'suite' | 'workload' | 'only' | 'budgetSeconds'>;

/** Indexes are judged by a full run, and by how often statements are called. */
function workloadOf({ candidate, items }: Case): Measured {
  if (items instanceof Array) {
    const budgetSeconds = items.length * SECONDS_PER_ROW;
    return { suite: qualificationSuite(candidate), workload: 'headline', only: items, budgetSeconds };
  }
  const budgetSeconds = Object.keys(items).length * SECONDS_PER_ROW;
  return { suite: qualificationSuite(candidate, items), workload: 'full', only: [], budgetSeconds };
}

/** A case is one phase of the qualification; of its own phases only the items are shown. */
const itemsOnly = (progress: Progress): Progress => ({
  ...progress,
  phaseStarted: () => undefined,
  phaseAdvanced: () => undefined,
  phaseFinished: () => undefined,
});
