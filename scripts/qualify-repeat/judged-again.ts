import { judge } from '../../bench/analyse/judge.ts';
import type { ReadMeasurement, WriteMeasurement } from '../../bench/model/measurement.ts';
import type { ReadResult, WriteResult } from '../../bench/model/item-result.ts';
import type { Result } from '../../bench/model/result.ts';
import type { ReadDescription, WriteDescription } from '../../bench/model/work-item.ts';

/**
 * The same result with its rows estimated and judged from their pairs by the analysis as it is now: another estimator
 * can be tried on kept results. Disturbances are not kept with the pairs: warnings of them are missing.
 */
export const judgedAgain = (result: Result): Result => {
  const { reads, writes } = judge({
    reads: result.reads.map(readMeasurement),
    writes: result.writes.map(writeMeasurement),
    canaries: [],
  });
  return { ...result, reads, writes };
};

function readMeasurement(row: ReadResult): ReadMeasurement<ReadDescription> {
  const { id, title, baseline, sql, weight, source, parameters } = row;
  const head = {
    item: { kind: 'read', workload: 'headline', id, title, sql, weight, source } as const,
    baseline,
    parameters,
  };
  if (row.state === 'failed') return { ...head, state: 'failed', error: row.error };
  const { pairs, plans, counters, answers } = row;
  return { ...head, state: 'measured', pairs, plans, counters, answers, disturbances: [], planning: [] };
}

function writeMeasurement(row: WriteResult): WriteMeasurement<WriteDescription> {
  const { id, title, baseline, sql, weight, table, operation } = row;
  const item = { kind: 'write', workload: 'headline', id, title, sql, weight, table, operation } as const;
  if (row.state === 'failed') return { item, baseline, state: 'failed', error: row.error };
  const { pairs, counters } = row;
  return { item, baseline, state: 'measured', pairs, counters, disturbances: [] };
}
