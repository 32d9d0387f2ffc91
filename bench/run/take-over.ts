import type { ReadItem, WriteItem } from '../model/work-item.ts';
import type { Suite } from '../suite/define-suite.ts';
import { markOf } from './item-mark.ts';
import type { Measured } from './measured.ts';
import type { ItemMark, KeptMeasurements } from './unfinished-shape.ts';

type Items = Pick<Suite, 'reads' | 'writes'>;

/** What has been measured, without what failed; of each item only what tells it from others. */
export const keptOf = ({ reads, writes, canaries, ...others }: Measured) => ({
  ...others,
  reads: reads.flatMap(marked),
  writes: writes.flatMap(marked),
  canaries: canaries.flatMap(marked),
});

const marked = <T extends { item: ReadItem | WriteItem; state: string }>(
  measurement: T,
): (Omit<T, 'item'> & { item: ItemMark })[] =>
  measurement.state === 'measured' ? [{ ...measurement, item: markOf(measurement.item) }] : [];

/** The items of which the suite has others now, or none, each in a sentence. */
export function changedItems({ reads, writes, canaries }: KeptMeasurements, suite: Items): string[] {
  const marks = new Map([...suite.reads, ...suite.writes].map((item) => [item.id, markOf(item).sha256]));
  const changed = [...reads, ...writes, ...canaries]
    .map(({ item }) => item)
    .filter(({ id, sha256 }) => marks.get(id) !== sha256);
  return [...new Set(changed.map(({ id }) => `${id} is another statement now`))];
}

/** What was kept, with the suite's items, none of which has changed. */
export const takenOver = (kept: KeptMeasurements, { reads, writes }: Items): Measured => ({
  ...kept,
  reads: withItems(kept.reads, reads),
  writes: withItems(kept.writes, writes),
  canaries: withItems<KeptMeasurements['canaries'][number], ReadItem | WriteItem>(kept.canaries, [
    ...reads,
    ...writes,
  ]),
});

const withItems = <Kept extends { item: ItemMark }, Item extends { id: string }>(
  kept: readonly Kept[],
  items: readonly Item[],
): (Omit<Kept, 'item'> & { item: Item })[] =>
  kept.flatMap((measurement) => {
    const item = items.find(({ id }) => id === measurement.item.id);
    return item ? [{ ...measurement, item }] : [];
  });
