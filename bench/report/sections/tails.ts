import type { Baseline } from '../../model/arm.ts';
import type { Estimate, Verdict } from '../../model/estimate.ts';
import { overheadText, ratioText, significant } from '../../format/quantity.ts';
import type { Result } from '../../model/result.ts';
import { measuredQuantile, p99AgainstMedian, QUANTILES, type Tails } from '../../model/tails.ts';
import { decimal, left, rowTitle, type Column, type Layout, type Section, type Table } from './section.ts';

/** p50, p95 and p99 of all executions. A screen has only the rows of which p99 tells something else than the median. */
export function tailsSection(result: Result, layout: Layout): Section {
  const tables = kindsOf(result).flatMap((kind) =>
    result.run.baselines.map((baseline) => tailsTable(kind, baseline, layout)),
  );
  return {
    title: 'Tails',
    tables: tables.filter(({ rows }) => rows.length > 0),
    remarks: [
      'of all timed executions: half take at most p50, 95 % at most p95, and 99 % at most p99, which has a verdict of its own',
      'p95 takes 72 executions of each arm, p99 368: a cell is empty where there were fewer',
    ],
  };
}

interface Kind {
  name: string;
  plural: string;
  ratioName: string;
  text: (estimate: Estimate) => string;
  rows: readonly Row[];
}

/** What was measured, as far as tails are about it. A canary has no verdict. */
type Row = { title: string; baseline: Baseline } & (
  { state: 'failed' } | { state: 'measured'; verdict?: Verdict; tails?: Tails | undefined }
);

const kindsOf = ({ reads, writes, canaries }: Result): Kind[] => [
  { name: 'read', plural: 'reads', ratioName: 'speedup', text: ratioText, rows: reads },
  { name: 'write', plural: 'writes', ratioName: 'overhead', text: overheadText, rows: writes },
  { name: 'canary', plural: 'canaries', ratioName: 'ratio', text: ratioText, rows: canaries },
];

function tailsTable(
  { name, plural, ratioName, text, rows }: Kind,
  baseline: Baseline,
  layout: Layout,
): Table {
  const shares = SHOWN[layout];
  const known = rows.flatMap((row) => {
    if (row.state === 'failed' || row.baseline !== baseline || !row.tails) return [];
    return isShown(row, layout) ? [{ ...row, tails: row.tails }] : [];
  });
  return {
    caption: `${plural}, ${baseline}`,
    columns: [left(name), ...shares.flatMap((share) => columnsOf(share, ratioName)), left('verdict on p99')],
    rows: known.map(({ title, tails }) => [
      rowTitle(title, layout),
      ...shares.flatMap((share) => cellsOf(tails, share, text)),
      measuredQuantile(tails, 0.99)?.verdict ?? '',
    ]),
  };
}

type Share = (typeof QUANTILES)[number];

const SHOWN: Readonly<Record<Layout, readonly Share[]>> = {
  page: QUANTILES,
  'side by side': [0.5, 0.99],
  stacked: [0.5, 0.99],
  'plans apart': [0.99],
  narrow: [0.99],
};

const isShown = ({ verdict, tails }: { verdict?: Verdict; tails?: Tails | undefined }, layout: Layout) =>
  layout === 'page' || (verdict !== undefined && p99AgainstMedian({ verdict, tails }) !== undefined);

function columnsOf(share: Share, ratioName: string): Column[] {
  const columns = [decimal('before', 'ms'), decimal('after', 'ms'), left(`${ratioName} [95 %]`)];
  return columns.map((column) => ({ ...column, group: `p${share * 100}` }));
}

function cellsOf(tails: Tails, share: Share, text: Kind['text']): string[] {
  const found = measuredQuantile(tails, share);
  if (!found) return ['', '', ''];
  const { before, after, estimate } = found;
  return [significant(before.durationMs.point), significant(after.durationMs.point), text(estimate)];
}
