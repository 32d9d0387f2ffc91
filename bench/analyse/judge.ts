import type { ReadMeasurement, WriteMeasurement } from '../model/measurement.ts';
import type { Failure, Warning } from '../model/outcome.ts';
import type { Pair, PairedDurations } from '../model/pair.ts';
import type { ReadResult, Times, WriteResult } from '../model/result.ts';
import { clientDurations, durationMs, logRatios, overheadOf, serverDurations, speedup } from './estimates.ts';
import { FEWEST_FOR_INTERVAL } from './order-statistics.ts';
import { READ_PRECISION, WRITE_PRECISION, type PrecisionTarget } from './precision.ts';
import { holm, signTest } from './sign-test.ts';
import { MATERIAL_READ, MATERIAL_WRITE, verdictOn } from './verdict.ts';
import { warningsOn } from './warnings.ts';

/**
 * Turns what was measured into results. All rows are judged together, because Holm's adjustment counts them;
 * a failed row counts as one that rejects nothing.
 */
export function judge(
  reads: readonly ReadMeasurement[],
  writes: readonly WriteMeasurement[],
): { reads: ReadResult[]; writes: WriteResult[] } {
  const pValues = [...reads, ...writes].map((row) =>
    row.state === 'measured' ? signTest(logRatios(clientDurations(row.pairs))) : 1,
  );
  const adjusted = holm(pValues);
  const pValueOf = (row: number) => ({ pValue: pValues[row] ?? 1, adjusted: adjusted[row] ?? 1 });
  return {
    reads: reads.map((row, position) => judgeRead(row, pValueOf(position))),
    writes: writes.map((row, position) => judgeWrite(row, pValueOf(reads.length + position))),
  };
}

interface Probability {
  pValue: number;
  adjusted: number;
}

function judgeRead(measurement: ReadMeasurement, probability: Probability): ReadResult {
  const { item, baseline, parameters } = measurement;
  const head = { id: item.id, title: item.title, baseline, sql: item.sql, source: item.source };
  const identity = {
    ...head,
    parameters: parameters.map((value) => (value === null ? null : String(value))),
  };
  if (measurement.state === 'failed') return { ...identity, state: 'failed', error: measurement.error };
  const judged = judgePairs(measurement.pairs, probability, MATERIAL_READ, READ_PRECISION);
  if (judged.state === 'failed') return { ...identity, ...judged };
  const { plans, counters, answers } = measurement;
  const planning = timesOf(measurement.planning);
  const warnings = answers === 'ties differ' ? [...judged.warnings, TIES_DIFFER] : judged.warnings;
  const exact = { plans, counters, answers, ...(planning && { planning: asOverhead(planning) }) };
  return { ...identity, ...judged, warnings, ...exact };
}

const TIES_DIFFER: Warning = {
  code: 'ties-differ',
  cause:
    'both arms return as many rows with the same sort keys, but other ones of those that tie at the limit',
  remedy: 'add a unique column to ORDER BY where it matters which of them come back',
};

function judgeWrite(measurement: WriteMeasurement, probability: Probability): WriteResult {
  const { item, baseline } = measurement;
  const head = { id: item.id, title: item.title, baseline, sql: item.sql };
  const identity = { ...head, table: item.table, operation: item.operation };
  if (measurement.state === 'failed') return { ...identity, state: 'failed', error: measurement.error };
  const judged = judgePairs(measurement.pairs, probability, MATERIAL_WRITE, WRITE_PRECISION);
  if (judged.state === 'failed') return { ...identity, ...judged };
  const { server, ...rest } = judged;
  return { ...identity, ...asOverhead(rest), ...(server && { server: asOverhead(server) }) };
}

function judgePairs(
  pairs: readonly Pair[],
  { pValue, adjusted }: Probability,
  material: number,
  precision: PrecisionTarget,
) {
  const client = timesOf(clientDurations(pairs));
  if (!client) return { state: 'failed' as const, error: tooFewToEstimate(pairs.length) };
  const server = timesOf(serverDurations(pairs));
  const warnings = warningsOn(pairs, client.estimate, precision);
  return {
    state: 'measured' as const,
    pairs: [...pairs],
    ...client,
    ...(server && { server }),
    pValue,
    verdict: verdictOn(client.estimate, adjusted, material, warnings),
    warnings,
  };
}

/** Both durations and their speedup, or nothing where there are too few for an interval. */
function timesOf(durations: PairedDurations): Times | undefined {
  const estimate = speedup(durations);
  const before = durationMs(durations, 'before');
  const after = durationMs(durations, 'after');
  if (!estimate || !before || !after) return undefined;
  return { before: { durationMs: before }, after: { durationMs: after }, estimate };
}

const asOverhead = <T extends Times>(times: T): T => ({ ...times, estimate: overheadOf(times.estimate) });

function tooFewToEstimate(pairs: number): Failure {
  return {
    message: `${pairs} pairs were measured; an interval needs ${FEWEST_FOR_INTERVAL}`,
    detail: 'The rows to write to, or the time, ran out: raise --scale or --budget.',
  };
}
