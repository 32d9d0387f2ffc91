import type { Baseline } from '../../model/arm.ts';
import { ratio } from '../../format/quantity.ts';
import type { BufferColdResult } from '../../model/item-result.ts';
import type { Result } from '../../model/result.ts';
import { left, rowTitle, tablePerBaseline, type Layout, type Section, type Table } from './section.ts';
import { ratioCells, ratioColumns } from './times.ts';

/** Reads whose blocks come from the operating system's cache first. */
export function bufferColdSection(result: Result, layout: Layout): Section {
  const tables = tablePerBaseline(result, (baseline) => bufferColdTable(result, baseline, layout));
  return {
    title: 'Reads, buffer-cold',
    tables,
    remarks: [
      'shared buffers are emptied before every execution; the operating system still caches the files: no disk is read',
    ],
  };
}

function bufferColdTable({ reads }: Result, baseline: Baseline, layout: Layout): Table {
  const rows = reads.flatMap((read) => {
    if (read.state === 'failed' || read.baseline !== baseline || !read.bufferCold) return [];
    return [[rowTitle(read.title, layout), ...figures(read.bufferCold)]];
  });
  return { caption: baseline, columns: [left('read'), ...ratioColumns('speedup')], rows };
}

const figures = (cold: BufferColdResult): string[] =>
  cold.state === 'failed' ? ['', '', '', `failed: ${cold.error.message}`] : ratioCells(cold, ratio);
