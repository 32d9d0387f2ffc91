import type { TableSize } from '../database/table-sizes.ts';
import type { Baseline } from '../model/arm.ts';
import type { TableStorage } from '../model/result.ts';

/** Leaves out tables without a row: they hold no more than empty index pages. */
export function compareSizes(
  baseline: Baseline,
  before: readonly TableSize[],
  after: readonly TableSize[],
): TableStorage[] {
  return before.flatMap((size) => {
    const grown = after.find(({ table }) => table === size.table);
    if (!grown || size.tableBytes <= EMPTY_TABLE_BYTES) return [];
    const partitions = comparePartitions(size, grown);
    const ofTable = { baseline, table: size.table, before: figures(size), after: figures(grown) };
    return [{ ...ofTable, ...(partitions.length > 0 && { partitions }), ...compareNodes(size, grown) }];
  });
}

/** Nothing where one server holds everything. */
const compareNodes = (before: TableSize, after: TableSize): Pick<TableStorage, 'nodes' | 'shards'> => ({
  ...(before.nodes.length > 0 && { nodes: { before: [...before.nodes], after: [...after.nodes] } }),
  ...(before.shards && after.shards && { shards: { before: before.shards, after: after.shards } }),
});

const comparePartitions = (before: TableSize, after: TableSize): NonNullable<TableStorage['partitions']> =>
  before.partitions.flatMap(({ table, ...bytes }) => {
    const grown = after.partitions.find((partition) => partition.table === table);
    if (!grown) return [];
    return [{ table, before: bytes, after: { tableBytes: grown.tableBytes, indexBytes: grown.indexBytes } }];
  });

/** The one page that a TOAST table's index has from the start. */
const EMPTY_TABLE_BYTES = 8192;

const figures = ({ tableBytes, indexBytes, indexes }: TableSize) => ({ tableBytes, indexBytes, indexes });
