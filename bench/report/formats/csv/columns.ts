/** In the order of the file. Names say the unit; `_before` and `_after` are the arms. */
export const COLUMNS = [
  ...(['id', 'title', 'kind', 'baseline', 'state', 'verdict', 'notes', 'error'] as const),
  ...(['before_ms', 'before_low_ms', 'before_high_ms', 'after_ms', 'after_low_ms', 'after_high_ms'] as const),
  ...(['metric', 'ratio', 'ratio_low', 'ratio_high', 'confidence', 'n', 'method', 'p_value'] as const),
  ...(['server_before_ms', 'server_after_ms', 'server_ratio', 'server_low', 'server_high'] as const),
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

/** A row by its columns; a cell that says nothing is missing. */
export type CsvRow = Partial<Record<Column, string | number | undefined>>;
