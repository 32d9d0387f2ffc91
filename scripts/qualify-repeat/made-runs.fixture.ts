import type { Result } from '../../bench/model/result.ts';
import { sampleResult } from '../../bench/report/sample-result.fixture.ts';

/** The sample run, begun on this day of a month, with every estimate of its rows moved by a factor of its ratio. */
export function madeRun(day: number, factor: number): Result {
  const result = sampleResult();
  const { run } = result;
  const moved = {
    ...result,
    reads: result.reads.map(read(factor)),
    writes: result.writes.map(write(factor)),
  };
  return {
    ...moved,
    run: { ...run, id: `2025100${day}-153000-a1b2`, startedAt: `2025-10-0${day}T15:30:00.000Z` },
  };
}

type Measured<Row> = Extract<Row, { state: 'measured' }>;
type Estimate = Measured<Result['reads'][number]>['estimate'];

const read =
  (factor: number) =>
  (row: Result['reads'][number]): Result['reads'][number] =>
    row.state === 'failed'
      ? row
      : withEstimates(row, (estimate) => mapped(estimate, (ratio) => ratio * factor));

const write =
  (factor: number) =>
  (row: Result['writes'][number]): Result['writes'][number] =>
    row.state === 'failed'
      ? row
      : withEstimates(row, (estimate) => mapped(estimate, (overhead) => (1 + overhead) * factor - 1));

function withEstimates<Row extends { estimate: Estimate; server?: { estimate: Estimate } | undefined }>(
  row: Row,
  move: (estimate: Estimate) => Estimate,
): Row {
  const server = row.server && { ...row.server, estimate: move(row.server.estimate) };
  return { ...row, estimate: move(row.estimate), ...(server && { server }) };
}

const mapped = (estimate: Estimate, scale: (value: number) => number): Estimate => ({
  ...estimate,
  point: scale(estimate.point),
  low: scale(estimate.low),
  high: scale(estimate.high),
});
