import type { PerArm } from '../../../model/arm.ts';
import type { ReadCounters, WriteCounters } from '../../../model/counters.ts';

/** In the order of the file. Names hold the unit; `_before` and `_after` are the arms. */
export const COLUMNS = [
  ...(['id', 'title', 'kind', 'baseline', 'state', 'verdict', 'notes', 'error'] as const),
  ...(['before_ms', 'before_low_ms', 'before_high_ms', 'after_ms', 'after_low_ms', 'after_high_ms'] as const),
  ...(['metric', 'ratio', 'ratio_low', 'ratio_high', 'confidence', 'n', 'method', 'p_value'] as const),
  ...(['server_before_ms', 'server_after_ms', 'server_ratio', 'server_low', 'server_high'] as const),
  ...(['p50_before_ms', 'p50_after_ms', 'p50_ratio', 'p50_low', 'p50_high'] as const),
  ...(['p95_before_ms', 'p95_after_ms', 'p95_ratio', 'p95_low', 'p95_high'] as const),
  ...(['p99_before_ms', 'p99_after_ms', 'p99_ratio', 'p99_low', 'p99_high', 'p99_verdict'] as const),
  ...(['plan_changed', 'indexes_before', 'indexes_after', 'answers', 'writers'] as const),
  ...(['rows_before', 'rows_after', 'shared_blocks_before', 'shared_blocks_after'] as const),
  ...(['temp_blocks_before', 'temp_blocks_after', 'heap_fetches_before', 'heap_fetches_after'] as const),
  ...(['index_searches_before', 'index_searches_after', 'executions_before', 'executions_after'] as const),
  ...(['wal_records_before', 'wal_records_after', 'wal_bytes_before', 'wal_bytes_after'] as const),
  ...(['wal_bytes_without_images_before', 'wal_bytes_without_images_after'] as const),
  ...(['full_page_images_before', 'full_page_images_after'] as const),
  ...(['checkpoint_wal_records_before', 'checkpoint_wal_records_after'] as const),
  ...(['checkpoint_wal_bytes_before', 'checkpoint_wal_bytes_after'] as const),
  ...(['checkpoint_full_page_images_before', 'checkpoint_full_page_images_after'] as const),
  ...(['buffers_dirtied_before', 'buffers_dirtied_after', 'updates_before', 'updates_after'] as const),
  ...(['hot_updates_before', 'hot_updates_after', 'dead_rows_before', 'dead_rows_after'] as const),
  ...(['index_growth_bytes_before', 'index_growth_bytes_after'] as const),
] as const;

type Column = (typeof COLUMNS)[number];

/** A row by its columns; an empty cell is missing. */
export type CsvRow = Partial<Record<Column, string | number | undefined>>;

/** PostgreSQL's counts of one execution of a read. */
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

/** PostgreSQL's counts over all counted executions of a write. */
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
