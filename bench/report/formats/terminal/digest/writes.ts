import type { Baseline, PerArm } from '../../../../model/arm.ts';
import { walGrowth, type WriteCounters } from '../../../../model/counters.ts';
import { hotLosses, hotShares } from '../../../../model/hot-loss.ts';
import { addedPendingLists } from '../../../../model/pending-list.ts';
import { inSentence } from '../../../../format/plain-text.ts';
import {
  bytes,
  changeText,
  counted,
  hotText,
  milliseconds,
  overhead,
  significant,
} from '../../../../format/quantity.ts';
import type { WriteResult } from '../../../../model/item-result.ts';
import { p99AgainstMedian } from '../../../../model/tails.ts';
import { left } from '../../../sections/section.ts';
import { hotChange } from '../../../sections/writes.ts';
import { CUT, renderTable } from '../terminal-table.ts';
import { packed } from './lines.ts';
import { rowsTable, type LastColumn } from './rows-table.ts';
import { groupsOf, hasRoomForPlans, type View } from './view.ts';

/** The cost of these writes, one line each, and their WAL. */
export function writeLines(view: View, writes: readonly WriteResult[]): string[] {
  if (writes.length === 0) return [];
  const { width, styles, result } = view;
  const style = { heading: 'overhead', ratio: overhead, layout: 'side by side', notes: [] } as const;
  const { baselines } = result.run;
  const logged = baselines.flatMap((baseline) => logText(writes, baseline));
  const tails = baselines.flatMap((baseline) => tailText(writes, baseline));
  const isHotShown = hasRoomForPlans(view) && writes.some((write) => hotChange(write) !== '');
  return [
    ...groupsOf(view).flatMap((baselines) => [
      '',
      renderTable(
        rowsTable('Writes', writes, baselines, style, isHotShown ? baselines.map(hotColumn) : []),
        width,
        styles,
        CUT,
      ),
    ]),
    ...packed([...logged, ...tails], width, '  ').map(styles.dim),
  ];
}

/** "p99 on shipped: slower in INSERT orders, 0.812 -> 8.91 ms": where it tells something else than the median. */
function tailText(writes: readonly WriteResult[], baseline: Baseline): string[] {
  const changes = writes.flatMap((write) => {
    const p99 = write.state === 'measured' && write.baseline === baseline && p99AgainstMedian(write);
    if (!p99) return [];
    const change = `${significant(p99.before.durationMs.point)} -> ${milliseconds(p99.after.durationMs.point)}`;
    return [`${p99.verdict} in ${inSentence(write.title)}, ${change}`];
  });
  const more = changes.length > 1 ? `, and ${changes.length - 1} more` : '';
  return changes[0] === undefined ? [] : [`p99 on ${baseline}: ${changes[0]}${more}`];
}

/** The exact counts: the write whose WAL grows most, and the updates that are HOT less often. */
function logText(writes: readonly WriteResult[], baseline: Baseline): string[] {
  const logged = writes.flatMap((write) =>
    write.state === 'measured' && write.baseline === baseline && write.counters
      ? [{ ...write, counters: write.counters }]
      : [],
  );
  const growthOf = ({ counters }: (typeof logged)[number]): number => walGrowth(counters) ?? 0;
  const [most] = logged.toSorted((a, b) => growthOf(b) - growthOf(a));
  if (!most) return [];
  return [
    `WAL on ${baseline}: up to ${changeText(growthOf(most))} (${inSentence(most.title)})`,
    ...hotLossText(logged, baseline),
    ...pendingText(logged, baseline),
  ];
}

/** "GIN on shipped: 3 pages pending after INSERT notes (ix_tags), and 320 B of WAL later for each": the write with most. */
function pendingText(
  writes: readonly { title: string; counters: PerArm<WriteCounters> }[],
  baseline: Baseline,
): string[] {
  const added = writes.flatMap(({ title, counters }) =>
    addedPendingLists(counters).map((list) => ({ title, ...list })),
  );
  const [most] = added.toSorted((a, b) => b.laterBytes - a.laterBytes);
  if (!most) return [];
  const { title, index, pages } = most;
  const later = `${bytes(Math.round(most.laterBytes))} of WAL later for each`;
  return [
    `GIN on ${baseline}: ${counted(pages, 'page')} pending after ${inSentence(title)} (${index}), and ${later}`,
  ];
}

/** "HOT on shipped: lost in 2 of 3 writes that update, most in UPDATE orders.status (92.0 % -> 3.0 %)". */
function hotLossText(writes: Parameters<typeof hotLosses>[0], baseline: Baseline): string[] {
  const updates = writes.filter(({ counters }) => counters && hotShares(counters));
  if (updates.length === 0) return [];
  const losses = hotLosses(updates);
  const [most] = losses;
  const where = most ? `, most in ${inSentence(most.title)} (${hotText(most)})` : '';
  return [
    `HOT on ${baseline}: lost in ${losses.length} of ${counted(updates.length, 'write that updates', 'writes that update')}${where}`,
  ];
}

/** The share of updates that are HOT, where a line has room for it. */
const hotColumn = (baseline: Baseline): LastColumn<WriteResult> => ({
  column: left(`HOT on ${baseline}`),
  cellOf: (writes) => {
    const write = writes.find((one) => one.baseline === baseline);
    return write ? hotChange(write) : '';
  },
});
