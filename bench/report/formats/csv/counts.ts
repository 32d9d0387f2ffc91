import type { PerArm } from '../../../model/arm.ts';
import type { ReadCounters, WriteCounters } from '../../../model/counters.ts';
import type { CsvRow } from './columns.ts';

/** What PostgreSQL counts of one execution of a read. */
export const readCounts = ({ before, after }: PerArm<ReadCounters>): CsvRow => ({
  rows_before: before.rows,
  rows_after: after.rows,
  shared_blocks_before: before.sharedBlocks,
  shared_blocks_after: after.sharedBlocks,
  temp_blocks_before: before.tempBlocks,
  temp_blocks_after: after.tempBlocks,
  heap_fetches_before: before.heapFetches,
  heap_fetches_after: after.heapFetches,
  index_searches_before: before.indexSearches,
  index_searches_after: after.indexSearches,
});

/** What PostgreSQL counts of all executions of a write that were counted. */
export const writeCounts = ({ before, after }: PerArm<WriteCounters>): CsvRow => ({
  executions_before: before.executions,
  executions_after: after.executions,
  wal_records_before: before.steady.records,
  wal_records_after: after.steady.records,
  wal_bytes_before: before.steady.bytes,
  wal_bytes_after: after.steady.bytes,
  wal_bytes_without_images_before: before.steady.bytesWithoutImages,
  wal_bytes_without_images_after: after.steady.bytesWithoutImages,
  ...{
    full_page_images_before: before.steady.fullPageImages,
    full_page_images_after: after.steady.fullPageImages,
  },
  checkpoint_wal_records_before: before.postCheckpoint.records,
  checkpoint_wal_records_after: after.postCheckpoint.records,
  checkpoint_wal_bytes_before: before.postCheckpoint.bytes,
  checkpoint_wal_bytes_after: after.postCheckpoint.bytes,
  checkpoint_full_page_images_before: before.postCheckpoint.fullPageImages,
  checkpoint_full_page_images_after: after.postCheckpoint.fullPageImages,
  buffers_dirtied_before: before.buffersDirtied,
  buffers_dirtied_after: after.buffersDirtied,
  updates_before: before.updates?.updates,
  updates_after: after.updates?.updates,
  hot_updates_before: before.updates?.hotUpdates,
  hot_updates_after: after.updates?.hotUpdates,
  dead_rows_before: before.deadRows,
  dead_rows_after: after.deadRows,
  index_growth_bytes_before: before.indexGrowthBytes,
  index_growth_bytes_after: after.indexGrowthBytes,
});
