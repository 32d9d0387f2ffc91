import type { Baseline } from '../../model/arm.ts';
import { ratio, significant } from '../../model/quantity.ts';
import type { BufferColdResult, Result } from '../../model/result.ts';
import { decimal, left, right, rowTitle, type Layout, type Section, type Table } from './section.ts';

/** Reads whose blocks have to come from the operating system first. */
export function bufferColdSection(result: Result, layout: Layout): Section {
  const tables = result.run.baselines
    .map((baseline) => bufferColdTable(result, baseline, layout))
    .filter(({ rows }) => rows.length > 0);
  return {
    title: 'Reads, buffer-cold',
    tables,
    remarks: [
      'shared buffers are emptied before every execution; the operating system still holds the files, so that no disk is read',
    ],
  };
}

function bufferColdTable({ reads }: Result, baseline: Baseline, layout: Layout): Table {
  const rows = reads.flatMap((read) => {
    if (read.state === 'failed' || read.baseline !== baseline || !read.bufferCold) return [];
    return [[rowTitle(read.title, layout), ...figures(read.bufferCold)]];
  });
  const columns = [left('read'), decimal('before', 'ms'), decimal('after', 'ms')];
  return { caption: baseline, columns: [...columns, right('speedup'), left('95 % interval')], rows };
}

function figures(cold: BufferColdResult): string[] {
  if (cold.state === 'failed') return ['', '', '', `failed: ${cold.error.message}`];
  const { point, interval } = ratio(cold.estimate);
  const durations = [cold.before, cold.after].map(({ durationMs }) => significant(durationMs.point));
  return [...durations, point, interval];
}
