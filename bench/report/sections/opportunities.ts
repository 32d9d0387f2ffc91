import { bytes, milliseconds, ratio, significant } from '../../format/quantity.ts';
import type { AttemptedIndex, OpportunityResult, Result } from '../../model/result.ts';
import { left, right, rowTitle, type Layout, type Section, type Table } from './section.ts';
import { ratioCells, ratioColumns } from './times.ts';

/** Indexes that the document proposes for later: whether they can be created, and their effect. */
export function opportunitiesSection({ opportunities }: Result, layout: Layout): Section {
  return {
    title: 'Opportunities',
    tables: [attemptsTable(opportunities), readsTable(opportunities, layout)].filter(
      ({ rows }) => rows.length > 0,
    ),
    remarks: [
      'compared with the indexes of the candidate; the statements, as written and as run, are in migrations/opportunities',
      'WAL: additional records of one INSERT into the table',
    ],
  };
}

function attemptsTable(opportunities: readonly OpportunityResult[]): Table {
  return {
    caption: undefined,
    columns: [
      left('opportunity'),
      left('as written'),
      left('nearest form'),
      left('instead of'),
      right('WAL'),
    ],
    rows: opportunities.map(({ title, asWritten, nearest, writes }) => [
      title,
      outcome(asWritten),
      outcome(nearest),
      nearest.state === 'created' ? nearest.dropped.map(sized).join('; ') : '',
      recordsPerInsert(writes),
    ]),
  };
}

const outcome = (attempt: AttemptedIndex): string =>
  attempt.state === 'created'
    ? `created: ${attempt.made.map(built).join('; ')}`
    : `refused: ${attempt.message}`;

const sized = (index: { name: string; bytes: number }): string => `${index.name}, ${bytes(index.bytes)}`;

const built = (index: { name: string; bytes: number; buildMs: number }): string =>
  `${sized(index)}, built in ${milliseconds(index.buildMs)}`;

function recordsPerInsert(writes: OpportunityResult['writes']): string {
  const counters = writes.find(({ operation }) => operation === 'INSERT')?.counters;
  if (!counters) return '';
  return significant(
    (counters.after.steady.records - counters.before.steady.records) / counters.after.executions,
  );
}

function readsTable(opportunities: readonly OpportunityResult[], layout: Layout): Table {
  const rows = opportunities.flatMap(({ reads }) =>
    reads.map((read) =>
      read.state === 'failed'
        ? [rowTitle(read.title, layout), '', '', '', '', `failed: ${read.error.message}`]
        : [
            rowTitle(read.title, layout),
            ...ratioCells(read, ratio),
            `${namesOf(read.plans.after.indexes)} (${namesOf(read.plans.before.indexes)})`,
          ],
    ),
  );
  return {
    caption: 'statements that they would serve',
    columns: [left('read'), ...ratioColumns('speedup'), left('plan after (before)')],
    rows,
  };
}

const namesOf = (indexes: readonly string[]): string => indexes.join(' + ') || 'no index';
