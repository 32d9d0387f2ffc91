import type { Baseline } from '../../../../model/arm.ts';
import { plainText } from '../../../../format/plain-text.ts';
import { ratio } from '../../../../format/quantity.ts';
import type { ReadResult } from '../../../../model/result.ts';
import { failuresOf } from '../../../notes.ts';
import { renderTable } from '../terminal-table.ts';
import { wrap } from '../wrap.ts';
import { packed } from './packed.ts';
import { changedPlans, letterColumn, planColumn, planLegend } from './plans.ts';
import { rowsTable } from './rows-table.ts';
import { groupsOf, hasRoomForPlans, type View } from './view.ts';

/** What the candidate does for these reads, a line each. */
export function readLines(view: View, reads: readonly ReadResult[]): string[] {
  if (reads.length === 0) return [];
  return [
    ...groupsOf(view).flatMap((baselines) => tableLines(view, reads, baselines)),
    ...failuresOf(reads).map((failure) => wrap(plainText(failure), view.width, '  ')),
  ];
}

function tableLines(view: View, reads: readonly ReadResult[], baselines: readonly Baseline[]): string[] {
  const { width, styles, notes } = view;
  const plans = changedPlans(reads, baselines);
  const style = { heading: 'speedup', ratio, layout: 'side by side', notes } as const;
  const column = hasRoomForPlans(view) ? planColumn(plans) : letterColumn(plans);
  const table = rowsTable('Reads', reads, baselines, style, plans.changes.length > 0 ? [column] : []);
  const legend = hasRoomForPlans(view) ? [] : planLegend(plans);
  return [
    '',
    renderTable(table, width, styles),
    ...(legend.length > 0
      ? packed([`plan after (before) on ${plans.baseline}:`, ...legend], width, '  ').map(styles.dim)
      : []),
  ];
}
