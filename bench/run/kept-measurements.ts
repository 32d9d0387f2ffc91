import type { ReadItem, WriteItem } from '../model/work-item.ts';
import type { Suite } from '../suite/suite.ts';
import { fingerprintOf } from './fingerprints.ts';
import type { Measured } from './measured.ts';
import type { KeptMeasurements } from './unfinished-shape.ts';

type Items = Pick<Suite, 'reads' | 'writes'>;

/** The measurements as they are written down. Of each item they keep what a report says of it, and its fingerprint. */
export const keptOf = ({ reads, writes, canaries, ...others }: Measured) => ({
  ...others,
  reads: reads.map((read) => ({ ...read, item: keptRead(read.item) })),
  writes: writes.map((write) => ({ ...write, item: keptWrite(write.item) })),
  canaries: canaries.map((canary) => ({ ...canary, item: keptItem(canary.item) })),
});

const keptItem = (item: ReadItem | WriteItem) => {
  const { id, title, weight, sql } = item;
  return { id, title, weight, sql, sha256: fingerprintOf(item) };
};

const keptRead = (item: ReadItem) => ({ ...keptItem(item), source: item.source });

const keptWrite = (item: WriteItem) => ({
  ...keptItem(item),
  table: item.table,
  operation: item.operation,
});

/** A sentence for each measured item that the suite has changed or removed. */
export function changedItems({ reads, writes, canaries }: KeptMeasurements, suite: Items): string[] {
  const known = new Map([...suite.reads, ...suite.writes].map((item) => [item.id, fingerprintOf(item)]));
  const changed = [...reads, ...writes, ...canaries]
    .filter(({ state }) => state === 'measured')
    .filter(({ item }) => known.get(item.id) !== item.sha256);
  return [...new Set(changed.map(({ item }) => `${item.id} is another statement now`))];
}

/** What was measured, with the suite's own items. Failed items are left out, and yardsticks: they are measured anew. */
export const takenOver = (kept: KeptMeasurements, { reads, writes }: Items): Measured => ({
  ...kept,
  reads: withItems(kept.reads, reads),
  writes: withItems(kept.writes, writes),
  yardsticks: [],
  canaries: withItems<KeptMeasurements['canaries'][number], ReadItem | WriteItem>(kept.canaries, [
    ...reads,
    ...writes,
  ]),
});

const withItems = <Kept extends { item: { id: string }; state: string }, Item extends { id: string }>(
  kept: readonly Kept[],
  items: readonly Item[],
): (Omit<Extract<Kept, { state: 'measured' }>, 'item'> & { item: Item })[] =>
  kept.flatMap((measurement) => {
    const item = items.find(({ id }) => id === measurement.item.id);
    return item && isMeasured(measurement) ? [{ ...measurement, item }] : [];
  });

const isMeasured = <Kept extends { state: string }>(
  kept: Kept,
): kept is Extract<Kept, { state: 'measured' }> => kept.state === 'measured';
