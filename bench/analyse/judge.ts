import { overheadText, ratioText } from '../format/quantity.ts';
import type { Baseline } from '../model/arm.ts';
import type { Estimate } from '../model/estimate.ts';
import type { CanaryMeasurement, ReadMeasurement, Timed, WriteMeasurement } from '../model/measurement.ts';
import type { Outcome, Warning } from '../model/outcome.ts';
import type { BufferColdResult, MeasuredWrite, ReadResult, WriteResult } from '../model/item-result.ts';
import type { Result } from '../model/result.ts';
import type { Tails } from '../model/tails.ts';
import type { ReadDescription, WriteDescription } from '../model/work-item.ts';
import { judgeCanary, noiseWarning, type CanaryDescription } from './canary.ts';
import {
  clientDurations,
  logRatios,
  overheadOf,
  quietSpeedup,
  serverDurations,
  asOverhead,
  asOverheads,
  timesOf,
  tooFewToEstimate,
} from './estimates.ts';
import { flipWarnings, judgeGenericPlan } from './generic-plan.ts';
import { pendingListWarnings } from './pending-lists.ts';
import { judgePlanning } from './planning-times.ts';
import { READ_PRECISION, WRITE_PRECISION, type PrecisionTarget } from './precision.ts';
import { holm } from './holm.ts';
import { ratiosOf, sharedRatios, type Ratios } from './ratios.ts';
import { recallWarnings } from './recall.ts';
import { busyRoundsWarning, reproducibilityOf } from './reproducibility.ts';
import { shift } from './stability.ts';
import { serverRatio } from './server-ratio.ts';
import { tailsOf } from './tails.ts';
import { withVerdicts } from './tail-verdicts.ts';
import { pValueOf } from './trimmed-mean.ts';
import { MATERIAL_READ, MATERIAL_WRITE, verdictOn } from './verdict.ts';
import { warningsOn } from './warnings.ts';

/** Everything that gets a verdict. */
export interface Measurements {
  reads: readonly ReadMeasurement<ReadDescription>[];
  writes: readonly WriteMeasurement<WriteDescription>[];
  canaries: readonly CanaryMeasurement<CanaryDescription>[];
}

/** What is known of rows beside what was measured of them. */
interface Beforehand {
  /** What distinguishes the servers, where the arms stay on two: the times do not have it in them. */
  apart?: Ratios;
  /** Both sides of each canary. @default two copies */
  twins?: string;
  /** On every row. */
  noise?: readonly Warning[];
}

/**
 * Turns measurements into results. All rows are judged together, because writes learn their scatter from each other, and
 * Holm's adjustment counts all. A failed row counts as one that rejects nothing. A noisy canary is a warning on every row.
 */
export function judge(
  measured: Measurements,
  { apart = {}, twins, noise: known = [] }: Beforehand = {},
): Pick<Result, 'reads' | 'writes' | 'canaries'> {
  const { reads, writes } = measured;
  const canaries = measured.canaries.map(judgeCanary);
  const noise = [...known, ...noiseWarning(canaries, twins)];
  const shared = sharedRatios(ratiosOf(writes, WRITE_PRECISION));
  const pValues = [...ratiosOf(reads, READ_PRECISION, apart), ...shared].map(({ client }) =>
    pValueOf(client),
  );
  const adjusted = holm(pValues);
  const tails = withVerdicts(
    [...reads, ...writes].map((row) => (row.state === 'failed' ? undefined : tailsOf(row.executions))),
  );
  const context = (row: number): RowContext => ({
    pValue: pValues[row] ?? 1,
    adjusted: adjusted[row] ?? 1,
    tails: tails[row],
    apart,
    noise,
  });
  return {
    reads: reads.map((row, position) => judgeRead(row, context(position))),
    writes: writes.map((row, position) =>
      judgeWrite(row, { ...context(reads.length + position), shared: shared[position] }),
    ),
    canaries,
  };
}

/** What a row's verdict needs from all other rows. */
interface RowContext {
  /** Its ratios, where their scatter is known from others, too. */
  shared?: Ratios | undefined;
  pValue: number;
  adjusted: number;
  tails: Tails | undefined;
  apart: Ratios;
  noise: readonly Warning[];
}

const identityOf = ({ id, title, sql, weight }: ReadDescription | WriteDescription, baseline: Baseline) => ({
  id,
  title,
  baseline,
  sql,
  weight,
});

function judgeRead(measurement: ReadMeasurement<ReadDescription>, context: RowContext): ReadResult {
  const { item, baseline, parameters } = measurement;
  const head = { ...identityOf(item, baseline), source: item.source };
  const identity = {
    ...head,
    parameters: parameters.map((value) => (value === null ? null : String(value))),
  };
  if (measurement.state === 'failed') return { ...identity, state: 'failed', error: measurement.error };
  const judged = judgeTimed(measurement, context, READ);
  if (judged.state === 'failed') return { ...identity, ...judged };
  const { plans, counters, answers } = measurement;
  const generic = measurement.generic && judgeGenericPlan(measurement.generic, context.apart);
  return {
    ...identity,
    ...judged,
    warnings: [
      ...judged.warnings,
      ...(answers.comparison === 'ties differ' ? [TIES_DIFFER] : []),
      ...recallWarnings(answers),
      ...flipWarnings({ ...judged, plans }, generic),
    ],
    plans,
    counters,
    answers,
    ...judgePlanning(measurement, context.apart.client),
    ...(generic && { generic }),
    ...(measurement.bufferCold && { bufferCold: judgeBufferCold(measurement.bufferCold) }),
  };
}

/** Shown beside the verdict on cached reads, without a verdict of its own. */
function judgeBufferCold(measurement: Outcome<Timed>): BufferColdResult {
  if (measurement.state === 'failed') return measurement;
  const { pairs } = measurement;
  const times = timesOf(clientDurations(pairs), READ_PRECISION);
  if (!times) return { state: 'failed', error: tooFewToEstimate(pairs.length) };
  return { state: 'measured', pairs: [...pairs], ...times };
}

const TIES_DIFFER: Warning = {
  code: 'ties-differ',
  cause:
    'both arms return equally many rows with the same sort keys, but different rows among those that tie at the limit',
  remedy: 'add a unique column to ORDER BY where it matters which of them are returned',
};

function judgeWrite(measurement: WriteMeasurement<WriteDescription>, context: RowContext): WriteResult {
  const { item, baseline } = measurement;
  const identity = { ...identityOf(item, baseline), table: item.table, operation: item.operation };
  if (measurement.state === 'failed') return { ...identity, state: 'failed', error: measurement.error };
  const judged = judgeTimed(measurement, context, WRITE);
  if (judged.state === 'failed') return { ...identity, ...judged };
  const { server, quietRounds, tails, ...rest } = judged;
  const { counters } = measurement;
  const asynchronous = measurement.asynchronous && judgeAsynchronous(measurement.asynchronous);
  return {
    ...identity,
    ...asOverhead(rest),
    warnings: [...rest.warnings, ...pendingListWarnings(counters)],
    ...(server && { server: asOverhead(server) }),
    ...(quietRounds && { quietRounds: overheadOf(quietRounds) }),
    ...(tails && { tails: asOverheads(tails) }),
    ...(counters && { counters }),
    ...(asynchronous && { asynchronous }),
  };
}

function judgeAsynchronous({ pairs }: Timed): MeasuredWrite['asynchronous'] {
  const times = timesOf(clientDurations(pairs), WRITE_PRECISION);
  return times && { pairs: [...pairs], ...asOverhead(times) };
}

/** How rows of a kind are judged, and how a speedup is written for them. */
interface Kind {
  material: number;
  precision: PrecisionTarget;
  text: (speedup: Estimate) => string;
}

const READ: Kind = { material: MATERIAL_READ, precision: READ_PRECISION, text: ratioText };
const WRITE: Kind = {
  material: MATERIAL_WRITE,
  precision: WRITE_PRECISION,
  text: (speedup) => overheadText(overheadOf(speedup)),
};

function judgeTimed(
  { pairs, disturbances }: Timed,
  { shared, pValue, adjusted, tails, apart, noise }: RowContext,
  { material, precision, text }: Kind,
) {
  const onClient = { ...precision, apart: apart.client };
  const client = timesOf(clientDurations(pairs), onClient, shared?.client);
  if (!client) return { state: 'failed' as const, error: tooFewToEstimate(pairs.length) };
  const server = timesOf(serverDurations(pairs), { ...precision, apart: apart.server }, shared?.server);
  const ofServers = serverRatio(pairs, precision);
  const reproducibility = reproducibilityOf(clientDurations(pairs));
  const quietRounds = quietSpeedup(clientDurations(pairs), onClient);
  const warnings = [
    ...warningsOn({ pairs, disturbances }, client.estimate, precision),
    ...busyRoundsWarning(client.estimate, quietRounds, text),
  ];
  return {
    state: 'measured' as const,
    pairs: [...pairs],
    ...client,
    ...(server && { server }),
    ...(ofServers && { serverRatio: ofServers }),
    ...(reproducibility && { reproducibility }),
    ...(quietRounds && { quietRounds }),
    ...(tails && { tails }),
    drift: Math.exp(shift(logRatios(clientDurations(pairs)))),
    pValue,
    verdict: verdictOn(client.estimate, adjusted, material, warnings),
    warnings: [...noise, ...warnings],
  };
}
