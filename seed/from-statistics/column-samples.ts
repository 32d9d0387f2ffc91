import type { SnapshotColumn } from '../../bench/model/snapshot.ts';

/** Values of a column that its statistics name. */
export const samplesOf = ({ statistics }: SnapshotColumn): string[] =>
  statistics ? [...statistics.mostCommon.map(({ value }) => value), ...statistics.bounds] : [];
