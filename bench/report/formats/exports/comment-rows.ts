import { overheadText, ratioText, significant } from '../../../format/quantity.ts';
import { shortened, inSentence } from '../../../format/plain-text.ts';
import type { MeasuredRead, MeasuredWrite } from '../../../model/item-result.ts';
import type { Result } from '../../../model/result.ts';
import { left, right, type Table } from '../../sections/section.ts';
import { hotChange, walGrowthText } from '../../sections/writes.ts';
import { isNoisy } from '../../../model/outcome.ts';

export type Row = { kind: 'read'; row: MeasuredRead } | { kind: 'write'; row: MeasuredWrite };

const MOST_EACH = 5;
const MOST_FOLDED = 6;
const MOST_CHARACTERS = 80;

const COLUMNS = [
  left('statement'),
  right('before, ms'),
  right('after, ms'),
  left('speedup or overhead, 95 % interval'),
  right('WAL'),
  right('HOT'),
  left('verdict'),
];

export interface RankedRows {
  /** What a reader needs before a merge: the first five rows of reads and of writes. */
  most: Pick<Table, 'columns' | 'rows'>;
  /** The following ones. */
  rest: Pick<Table, 'columns' | 'rows'>;
  /** How many more there are. */
  omitted: number;
}

/**
 * The measured rows of the verdict's baseline, the most important first.
 *
 * @param isShown whether a row is worth one here
 */
export function rankedRows(result: Result, isShown: (row: Row) => boolean = () => true): RankedRows {
  const { reads, writes } = measuredRows(result);
  const goals = new Set(result.run.goals.map(({ read }) => read));
  const [bestReads, bestWrites] = [
    ranked(reads.filter(isShown), goals),
    ranked(writes.filter(isShown), goals),
  ];
  const rest = [...bestReads.slice(MOST_EACH), ...bestWrites.slice(MOST_EACH)];
  return {
    most: tableOf([...bestReads.slice(0, MOST_EACH), ...bestWrites.slice(0, MOST_EACH)]),
    rest: tableOf(rest.slice(0, MOST_FOLDED)),
    omitted: Math.max(0, rest.length - MOST_FOLDED),
  };
}

/** Of the verdict's baseline. */
export function measuredRows(result: Result): { reads: Row[]; writes: Row[] } {
  const baseline = result.migration?.baseline ?? result.run.baselines[0];
  return {
    reads: result.reads.flatMap((row): Row[] =>
      row.state === 'measured' && row.baseline === baseline ? [{ kind: 'read', row }] : [],
    ),
    writes: result.writes.flatMap((row): Row[] =>
      row.state === 'measured' && row.baseline === baseline ? [{ kind: 'write', row }] : [],
    ),
  };
}

/** First the slower rows, then the statements with a goal, then the largest changes. */
function ranked(rows: readonly Row[], goals: ReadonlySet<string>): Row[] {
  const rank = ({ row }: Row): number => (row.verdict === 'slower' ? 0 : goals.has(row.id) ? 1 : 2);
  return rows.toSorted((a, b) => rank(a) - rank(b) || sizeOf(b) - sizeOf(a));
}

/** Distance from no change: equal for twice and for half the time. */
function sizeOf({ kind, row }: Row): number {
  const { point } = row.estimate;
  return Math.abs(Math.log(kind === 'read' ? point : 1 + point)) || 0;
}

const tableOf = (rows: readonly Row[]): RankedRows['most'] => ({
  columns: COLUMNS,
  rows: rows.map(cellsOf),
});

function cellsOf({ kind, row }: Row): string[] {
  return [
    inSentence(shortened(row.title, MOST_CHARACTERS)),
    significant(row.before.durationMs.point),
    significant(row.after.durationMs.point),
    kind === 'read' ? ratioText(row.estimate) : overheadText(row.estimate),
    kind === 'write' ? walGrowthText(row) : '',
    kind === 'write' ? hotChange(row) : '',
    isNoisy(row.warnings) ? `${row.verdict}, noisy` : row.verdict,
  ];
}
