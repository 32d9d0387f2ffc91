import type { Arm, Baseline } from '../model/arm.ts';
import { overheadText, ratioText } from '../format/quantity.ts';
import { outline } from '../model/plan.ts';
import { plainText } from '../format/plain-text.ts';
import type { ReadResult, WriteResult } from '../model/item-result.ts';
import type { Result } from '../model/result.ts';
import type { Row } from './notes.ts';
import { left, type Table } from './sections/section.ts';
import { hasImagesApart } from './sections/write-counters.ts';
import { walGrowthText } from './sections/writes.ts';
import { stylesFor } from './formats/terminal/terminal-style.ts';
import { renderTable } from './formats/terminal/terminal-table.ts';
import type { Screen } from './formats/terminal/terminal.ts';
import { legend, standingCell } from './verdict-mark.ts';
import { wrap } from './formats/terminal/wrap.ts';

/** The run on one major version, or why there is none. */
export type MatrixEntry =
  { major: number; state: 'measured'; result: Result } | { major: number; state: 'failed'; message: string };

type Measured = Extract<MatrixEntry, { state: 'measured' }>;

const FLIP = '*';

/** The same suite on several majors, side by side, as text for a terminal. */
export function renderMatrix(entries: readonly MatrixEntry[], { columns, color }: Screen): string {
  const styles = stylesFor(color);
  const { bold } = styles;
  const width = Math.max(60, columns) - 1;
  const dim = (text: string): string => styles.dim(wrap(text, width, '  '));
  const measured = entries.filter((entry) => entry.state === 'measured');
  const flips = tablesOfFlips(measured);
  const tables = [...tablesOf(measured), ...flips].filter(hasRows);
  const rows = measured.flatMap(({ result }) => [...result.reads, ...result.writes]);
  return [
    ...tables.flatMap((table) => ['', bold(table.caption ?? ''), renderTable(table, width, styles)]),
    ...legend(rows, 'narrow').map((line) => dim(line)),
    ...flipLegend(measured.length, flips.some(hasRows)).map((line) => dim(line)),
    dim('WAL: growth of the bytes that one execution writes, counted exactly'),
    ...measured.flatMap(({ major, result }) =>
      hasImagesApart(result) ? [] : [dim(`WAL on ${major}: full-page images among them`)],
    ),
    ...entries.flatMap((entry) =>
      entry.state === 'failed'
        ? [wrap(plainText(`PostgreSQL ${entry.major} could not be measured: ${entry.message}`), width, '')]
        : [],
    ),
    '',
  ].join('\n');
}

const hasRows = ({ rows }: Table): boolean => rows.length > 0;

function flipLegend(majors: number, areThere: boolean): string[] {
  if (areThere) return [`${FLIP} the plan differs from that on the previous major`];
  return majors > 1 ? ['every read has the same plan on these majors'] : [];
}

const baselinesOf = ([first]: readonly Measured[]): readonly Baseline[] => first?.result.run.baselines ?? [];

function tablesOf(measured: readonly Measured[]): Table[] {
  const each = (tableOf: (baseline: Baseline) => Table): Table[] => baselinesOf(measured).map(tableOf);
  return [
    ...each((baseline) => table(`Reads  ${baseline}`, measured, readsOn(baseline), speedupCell)),
    ...each((baseline) => table(`Writes  ${baseline}`, measured, writesOn(baseline), overheadCell)),
    ...each((baseline) => table(`Writes  ${baseline}  WAL`, measured, writesOn(baseline), walCell)),
  ];
}

type RowsOf<R extends Row> = (result: Result) => readonly R[];

const readsOn =
  (baseline: Baseline): RowsOf<ReadResult> =>
  ({ reads }) =>
    reads.filter((read) => read.baseline === baseline);

const writesOn =
  (baseline: Baseline): RowsOf<WriteResult> =>
  ({ writes }) =>
    writes.filter((write) => write.baseline === baseline);

/** One row an item, one column a major. `cell` also gets the value of the previous major. */
function table<R extends Row>(
  caption: string,
  measured: readonly Measured[],
  rowsOf: RowsOf<R>,
  cell: (row: R, previous: R | undefined) => string,
): Table {
  const all = measured.map(({ result }) => rowsOf(result));
  return {
    caption,
    columns: [left('PostgreSQL'), ...measured.map(({ major }) => left(String(major)))],
    rows: (all[0] ?? []).map(({ id, title }) => {
      const same = all.map((rows) => rows.find((row) => row.id === id));
      return [title, ...same.map((row, position) => (row ? cell(row, same[position - 1]) : ''))];
    }),
  };
}

function speedupCell(read: ReadResult, previous: ReadResult | undefined): string {
  const mark = standingCell(read, [], 'narrow');
  if (read.state === 'failed') return mark;
  const flips = ARMS.some((arm) => hasFlipped(read, previous, arm));
  return `${ratioText(read.estimate)} ${mark}${flips ? FLIP : ''}`;
}

function overheadCell(write: WriteResult): string {
  const mark = standingCell(write, [], 'narrow');
  return write.state === 'failed' ? mark : `${overheadText(write.estimate)} ${mark}`;
}

const walCell = (write: WriteResult): string => walGrowthText(write);

const ARMS: readonly Arm[] = ['before', 'after'];

const hasFlipped = (read: ReadResult, previous: ReadResult | undefined, arm: Arm): boolean =>
  read.state === 'measured' &&
  previous?.state === 'measured' &&
  read.plans[arm].signature !== previous.plans[arm].signature;

const tablesOfFlips = (measured: readonly Measured[]): Table[] =>
  baselinesOf(measured).map((baseline) => flipsTable(measured, baseline));

/** Only reads whose plan differs between majors. */
function flipsTable(measured: readonly Measured[], baseline: Baseline): Table {
  const whole = ARMS.map((arm) => {
    const flipping = table(`Plans that flip  ${baseline}`, measured, readsOn(baseline), (read) =>
      read.state === 'measured' ? outline(read.plans[arm].tree) : '',
    );
    const rows = flipping.rows
      .filter(([, ...plans]) => new Set(plans.filter((plan) => plan !== '')).size > 1)
      .map(([title, ...plans]) => [`${title}, ${arm}`, ...plans]);
    return { ...flipping, rows };
  });
  const [first] = whole;
  return first
    ? { ...first, rows: whole.flatMap(({ rows }) => rows) }
    : { caption: '', columns: [], rows: [] };
}
