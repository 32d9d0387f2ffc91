import { statSync } from 'node:fs';
import { isCopied, type TableSource } from '../bench/model/dataset.ts';
import { pathOf } from '../bench/model/file-location.ts';
import { copyLine } from './copy-text.ts';
import { rowCounts, rowsOfTable } from './load.ts';
import { randomFor } from './random.ts';

const SAMPLED_ROWS = 200;

/** The approximate bytes of COPY text for all tables at a scale, from their first rows. On disk it is more. */
export function expectedBytes(tables: readonly TableSource[], scale: number, seed: number): number {
  const { rowsOf } = rowCounts(tables, scale);
  return tables.reduce((sum, table) => {
    if (isCopied(table)) return sum + statSync(pathOf(table.file)).size;
    const rows = rowsOf(table.name);
    const sampled = Math.min(rows, SAMPLED_ROWS);
    const context = { rows, rowsOf, random: randomFor(seed, table.name) };
    let text = 0;
    for (const row of rowsOfTable(table, context, sampled)) text += Buffer.byteLength(copyLine(row));
    return sum + (text / sampled) * rows;
  }, 0);
}
