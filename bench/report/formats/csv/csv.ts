import { stringify } from 'csv-stringify/sync';
import type { MeasuredRead, ReadResult, WriteResult } from '../../../model/item-result.ts';
import type { Result } from '../../../model/result.ts';
import { COLUMNS, type CsvRow, readCounts, writeCounts } from './columns.ts';
import { tailCells } from './tail-cells.ts';
import type { Baseline } from '../../../model/arm.ts';
import { inSentence, plainText } from '../../../format/plain-text.ts';
import type { Times } from '../../../model/times.ts';
import type { Failure } from '../../../model/outcome.ts';

/**
 * One row for each item and baseline with all its figures, for spreadsheets and scripts: CSV (RFC 4180) with a
 * heading. Durations are in milliseconds, a speedup is before / after, an overhead is a fraction. A text that a
 * spreadsheet would take for a formula begins with an apostrophe.
 */
export const renderCsv = (result: Result): string =>
  stringify(
    csvRows(result).map((row) => COLUMNS.map((column) => row[column] ?? '')),
    { columns: [...COLUMNS], header: true, escape_formulas: true, record_delimiter: 'windows' },
  );

interface Item {
  id: string;
  title: string;
  baseline: Baseline;
}

/** One row for every item, every way of measuring it, and every baseline. */
const csvRows = (result: Result): CsvRow[] => [
  ...result.reads.flatMap((read) => readRows('read', read)),
  ...result.writes.flatMap(writeRows),
  ...result.concurrency.map((item) => ({
    ...named('concurrent write', { ...item, id: '' }),
    ...measured('overhead', item),
    writers: item.writers,
  })),
  ...result.opportunities.flatMap(({ reads }) => reads.flatMap((read) => readRows('opportunity read', read))),
  ...result.canaries.map((canary) => ({
    ...named('canary', canary),
    ...(canary.state === 'failed'
      ? failed(canary)
      : {
          ...measured('speedup', canary),
          ...tailCells(canary.tails),
          verdict: canary.isQuiet ? 'quiet' : 'noisy',
        }),
  })),
];

function readRows(kind: string, read: ReadResult): CsvRow[] {
  if (read.state === 'failed') return [{ ...named(kind, read), ...failed(read) }];
  const { generic, bufferCold, planning, taskPlanning } = read;
  return [
    {
      ...named(kind, read),
      ...measured('speedup', read),
      ...judged(read),
      ...tailCells(read.tails),
      ...plansOf(read.plans),
      answers: read.answers.comparison,
      ...readCounts(read.counters),
    },
    ...(generic ? [otherWay(`${kind}, generic plan`, read, generic)] : []),
    ...(bufferCold ? [otherWay(`${kind}, buffer-cold`, read, bufferCold)] : []),
    ...(planning ? [{ ...named(`${kind}, planning`, read), ...measured('overhead', planning) }] : []),
    ...(taskPlanning
      ? [{ ...named(`${kind}, planning of a task`, read), ...measured('overhead', taskPlanning) }]
      : []),
  ];
}

type OtherWay = NonNullable<MeasuredRead['generic'] | MeasuredRead['bufferCold']>;

function otherWay(kind: string, item: Item, found: OtherWay): CsvRow {
  if (found.state === 'failed') return { ...named(kind, item), ...failed(found) };
  return {
    ...named(kind, item),
    ...(found.state === 'measured' ? measured('speedup', found) : { state: found.state }),
    ...('plans' in found ? plansOf(found.plans) : {}),
  };
}

function writeRows(write: WriteResult): CsvRow[] {
  if (write.state === 'failed') return [{ ...named('write', write), ...failed(write) }];
  const { counters, asynchronous } = write;
  return [
    {
      ...named('write', write),
      ...measured('overhead', write),
      ...judged(write),
      ...tailCells(write.tails),
      ...(counters ? writeCounts(counters) : {}),
    },
    ...(asynchronous
      ? [{ ...named('write, synchronous_commit off', write), ...measured('overhead', asynchronous) }]
      : []),
  ];
}

const named = (kind: string, { id, title, baseline }: Item): CsvRow => ({
  id: plainText(id),
  title: plainText(inSentence(title)),
  kind,
  baseline,
});

const failed = ({ error }: { error: Failure }): CsvRow => ({
  state: 'failed',
  error: plainText(error.message),
});

const judged = ({
  verdict,
  warnings,
  pValue,
}: Extract<WriteResult | ReadResult, { state: 'measured' }>): CsvRow => ({
  verdict,
  notes: plainText(warnings.map(({ code }) => code).join(' ')),
  p_value: pValue,
});

const plansOf = ({ changed, before, after }: MeasuredRead['plans']): CsvRow => ({
  plan_changed: changed ? 'yes' : 'no',
  indexes_before: plainText(before.indexes.join(' ')),
  indexes_after: plainText(after.indexes.join(' ')),
});

/** The times with their intervals. */
function measured(metric: 'speedup' | 'overhead', times: Times & { server?: Times | undefined }): CsvRow {
  const { before, after, estimate, server } = times;
  return {
    state: 'measured',
    metric,
    before_ms: before.durationMs.point,
    after_ms: after.durationMs.point,
    before_low_ms: before.durationMs.low,
    before_high_ms: before.durationMs.high,
    after_low_ms: after.durationMs.low,
    after_high_ms: after.durationMs.high,
    ratio: estimate.point,
    ratio_low: estimate.low,
    ratio_high: estimate.high,
    confidence: estimate.confidence,
    n: estimate.n,
    method: plainText(estimate.method),
    ...(server
      ? {
          ...{
            server_before_ms: server.before.durationMs.point,
            server_after_ms: server.after.durationMs.point,
          },
          server_ratio: server.estimate.point,
          server_low: server.estimate.low,
          server_high: server.estimate.high,
        }
      : {}),
  };
}
