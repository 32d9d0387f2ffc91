import type { Baseline } from '../../../../model/arm.ts';
import { ratio } from '../../../../format/quantity.ts';
import type { ReadResult } from '../../../../model/item-result.ts';
import { CUT, renderTable } from '../terminal-table.ts';
import { packed } from './lines.ts';
import { type LastColumn, rowsTable } from './rows-table.ts';
import { groupsOf, hasRoomForPlans, type View } from './view.ts';
import { left } from '../../../sections/section.ts';
import { planBaseline, planChange, recallRemarks } from '../../../sections/reads.ts';

/** The effect on these reads, one line each. */
export function readLines(view: View, reads: readonly ReadResult[]): string[] {
  if (reads.length === 0) return [];
  return [
    ...groupsOf(view).flatMap((baselines) => tableLines(view, reads, baselines)),
    ...packed(recallRemarks(reads), view.width, '  ').map(view.styles.dim),
  ];
}

function tableLines(view: View, reads: readonly ReadResult[], baselines: readonly Baseline[]): string[] {
  const { width, styles } = view;
  const plans = changedPlans(reads, baselines);
  const style = { heading: 'speedup', ratio, layout: 'side by side', notes: [] } as const;
  const column = hasRoomForPlans(view) ? planColumn(plans) : letterColumn(plans);
  const table = rowsTable('Reads', reads, baselines, style, plans.changes.length > 0 ? [column] : []);
  const legend = hasRoomForPlans(view) ? [] : planLegend(plans);
  return [
    '',
    renderTable(table, width, styles, CUT),
    ...(legend.length > 0
      ? packed([`plan after (before) on ${plans.baseline}:`, ...legend], width, '  ').map(styles.dim)
      : []),
  ];
}

/** The changed plans. */
interface ChangedPlans {
  baseline: Baseline;
  /** "ix_leads_score_created (ix_leads_qualification_score)": each change once, in the order of the reads. */
  changes: readonly string[];
}

function changedPlans(reads: readonly ReadResult[], baselines: readonly Baseline[]): ChangedPlans {
  const baseline = planBaseline(baselines);
  const own = reads.filter((read) => read.baseline === baseline);
  return { baseline, changes: [...new Set(own.flatMap((read) => changeOf(read) ?? []))] };
}

const changeOf = (read: ReadResult): string | undefined =>
  read.state === 'measured' && read.plans.changed ? planChange(read) : undefined;

/** The change. */
const planColumn = ({ baseline }: ChangedPlans): LastColumn<ReadResult> => ({
  column: left(`plan after (before) on ${baseline}`),
  cellOf: (reads) => changeOn(reads, baseline) ?? '',
});

/** The letter that stands for it. */
const letterColumn = ({ baseline, changes }: ChangedPlans): LastColumn<ReadResult> => ({
  column: left('plan'),
  cellOf: (reads) => {
    const change = changeOn(reads, baseline);
    return change === undefined ? '' : letter(changes.indexOf(change));
  },
});

/** "a ix_leads_score_created (ix_leads_qualification_score)". */
const planLegend = ({ changes }: ChangedPlans): string[] =>
  changes.map((change, position) => `${letter(position)} ${change}`);

function changeOn(reads: readonly ReadResult[], baseline: Baseline): string | undefined {
  const read = reads.find((one) => one.baseline === baseline);
  return read && changeOf(read);
}

/** "a" to "z", then "aa", "ab". */
const letter = (position: number): string =>
  (position < 26 ? '' : letter(Math.floor(position / 26) - 1)) + String.fromCharCode(97 + (position % 26));
