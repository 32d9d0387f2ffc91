import type { Mix } from '../model/migration.ts';

/** How often each statement is called in an hour, by its id. */
export type HourlyCalls = ReadonlyMap<string, number>;

interface Weighted {
  id: string;
  weight: number;
}

/**
 * Calls in an hour, where weights are such calls. Another mix than that of the weights divides the same number of calls
 * otherwise among reads and writes.
 */
export function hourlyCalls(reads: readonly Weighted[], writes: readonly Weighted[], mix: Mix): HourlyCalls {
  const [ofReads, ofWrites] = [weightOf(reads), weightOf(writes)];
  const perShare = (ofReads + ofWrites) / (mix.reads + mix.writes);
  return new Map([
    ...calls(reads, (mix.reads * perShare) / ofReads),
    ...calls(writes, (mix.writes * perShare) / ofWrites),
  ]);
}

const calls = (items: readonly Weighted[], factor: number): [string, number][] =>
  items.map(({ id, weight }) => [id, weight > 0 ? weight * factor : 0]);

const weightOf = (items: readonly Weighted[]): number => items.reduce((sum, { weight }) => sum + weight, 0);
