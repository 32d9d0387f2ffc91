import { statSync } from 'node:fs';
import { isCopied, type TableSource } from '../bench/model/dataset.ts';
import { pathOf } from '../bench/model/file-location.ts';
import { chunkOf } from './chunks.ts';
import { rowCounts } from './row-counts.ts';

/** The approximate bytes of COPY text for all tables at a scale, from their first chunks. On disk it is more. */
export function expectedBytes(tables: readonly TableSource[], scale: number, seed: number): number {
  const { rowsOf } = rowCounts(tables, scale);
  return tables.reduce((sum, table) => {
    if (isCopied(table)) return sum + statSync(pathOf(table.file)).size;
    const { text, rows } = chunkOf(table, { rowsOf, seed }, 0);
    return sum + (text.length / rows) * rowsOf(table.name);
  }, 0);
}
