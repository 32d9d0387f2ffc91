import type { Baseline } from '../../model/arm.ts';
import { ratio } from '../../format/quantity.ts';
import type { GenericPlanResult } from '../../model/item-result.ts';
import type { Result } from '../../model/result.ts';
import {
  left,
  rowTitle,
  tablePerBaseline,
  type Column,
  type Layout,
  type Section,
  type Table,
} from './section.ts';
import { ratioCells, ratioColumns } from './times.ts';

/** Reads with parameters as prepared statements, beside the same reads planned for each execution. */
export function genericPlansSection(result: Result, layout: Layout): Section {
  const tables = tablePerBaseline(result, (baseline) => genericPlansTable(result, baseline, layout));
  return {
    title: 'Reads, prepared',
    tables,
    remarks: [
      'a custom plan is made for the values of one execution; a generic plan is made once for all values (plan_cache_mode)',
      'the same plan is timed once where planning takes less than a hundredth of the time',
    ],
  };
}

const inGroup = (group: string): Column[] => ratioColumns('speedup').map((column) => ({ ...column, group }));

function genericPlansTable({ reads }: Result, baseline: Baseline, layout: Layout): Table {
  const rows = reads.flatMap((read) => {
    if (read.state === 'failed' || read.baseline !== baseline || !read.generic) return [];
    return [[rowTitle(read.title, layout), ...ratioCells(read, ratio), ...genericCells(read.generic)]];
  });
  const columns = [left('read'), ...inGroup('custom plan'), ...inGroup('generic plan')];
  return { caption: baseline, columns, rows };
}

function genericCells(generic: GenericPlanResult): string[] {
  if (generic.state === 'measured') return ratioCells(generic, ratio);
  const instead = generic.state === 'failed' ? `failed: ${generic.error.message}` : 'the same plan';
  return [instead, '', '', ''];
}
