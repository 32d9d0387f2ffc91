import type { Baseline } from '../../model/arm.ts';
import { ratio, significant } from '../../model/quantity.ts';
import type { Result, Times } from '../../model/result.ts';
import {
  decimal,
  left,
  right,
  rowTitle,
  type Column,
  type Layout,
  type Section,
  type Table,
} from './section.ts';

/** Reads with parameters as prepared statements, beside the same reads planned anew each time. */
export function genericPlansSection(result: Result, layout: Layout): Section {
  const tables = result.run.baselines
    .map((baseline) => genericPlansTable(result, baseline, layout))
    .filter(({ rows }) => rows.length > 0);
  return {
    title: 'Reads, prepared',
    tables,
    remarks: [
      'a custom plan is made for the values of one execution; a generic one is made once and has to do for any (plan_cache_mode)',
    ],
  };
}

const inGroup = (group: string): Column[] =>
  [decimal('before', 'ms'), decimal('after', 'ms'), right('speedup'), left('95 % interval')].map(
    (column) => ({ ...column, group }),
  );

function genericPlansTable({ reads }: Result, baseline: Baseline, layout: Layout): Table {
  const rows = reads.flatMap((read) => {
    if (read.state === 'failed' || read.baseline !== baseline || !read.generic) return [];
    const generic =
      read.generic.state === 'failed'
        ? [`failed: ${read.generic.error.message}`, '', '', '']
        : figures(read.generic);
    return [[rowTitle(read.title, layout), ...figures(read), ...generic]];
  });
  const columns = [left('read'), ...inGroup('custom plan'), ...inGroup('generic plan')];
  return { caption: baseline, columns, rows };
}

function figures({ before, after, estimate }: Times): string[] {
  const { point, interval } = ratio(estimate);
  return [significant(before.durationMs.point), significant(after.durationMs.point), point, interval];
}
