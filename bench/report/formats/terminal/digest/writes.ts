import type { Baseline } from '../../../../model/arm.ts';
import { walGrowth } from '../../../../model/counters.ts';
import { inSentence } from '../../../../format/plain-text.ts';
import { changeText, counted, overhead } from '../../../../format/quantity.ts';
import type { WriteResult } from '../../../../model/item-result.ts';
import { CUT, renderTable } from '../terminal-table.ts';
import { packed } from './lines.ts';
import { rowsTable } from './rows-table.ts';
import { groupsOf, type View } from './view.ts';

/** The cost of these writes, one line each, and their WAL. */
export function writeLines(view: View, writes: readonly WriteResult[]): string[] {
  if (writes.length === 0) return [];
  const { width, styles, result } = view;
  const style = { heading: 'overhead', ratio: overhead, layout: 'side by side', notes: [] } as const;
  const logged = result.run.baselines.flatMap((baseline) => logText(writes, baseline));
  return [
    ...groupsOf(view).flatMap((baselines) => [
      '',
      renderTable(rowsTable('Writes', writes, baselines, style, []), width, styles, CUT),
    ]),
    ...packed(logged, width, '  ').map(styles.dim),
  ];
}

/** The exact counts: the write whose WAL grows most, and how many updates are HOT less often. */
function logText(writes: readonly WriteResult[], baseline: Baseline): string[] {
  const logged = writes.flatMap((write) =>
    write.state === 'measured' && write.baseline === baseline && write.counters
      ? [{ title: write.title, counters: write.counters, growth: walGrowth(write.counters) ?? 0 }]
      : [],
  );
  const [most] = logged.toSorted((a, b) => b.growth - a.growth);
  if (!most) return [];
  const updates = logged.filter(({ counters }) => counters.before.updates && counters.after.updates);
  const rarer = updates.filter(
    ({ counters: { before, after } }) => (after.updates?.hotUpdates ?? 0) < (before.updates?.hotUpdates ?? 0),
  );
  const hot =
    updates.length > 0
      ? `, HOT updates rarer in ${rarer.length} of ${counted(updates.length, 'UPDATE')}`
      : '';
  return [`WAL on ${baseline}: up to ${changeText(most.growth)} (${inSentence(most.title)})${hot}`];
}
