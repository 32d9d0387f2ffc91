import { overhead, overheadText } from '../../format/quantity.ts';
import type { Sweep } from '../../model/sweep.ts';
import type { Layout, Section } from '../sections/section.ts';
import { scalesTable } from './scales-table.ts';
import { timedRows } from './timed-rows.ts';

/** What the candidate adds to each write, at each scale: on a page with its interval. */
export function overheadSection(sweep: Sweep, layout: Layout): Section {
  const rows = timedRows(sweep, ({ run }) => run?.writes ?? []);
  return scalesTable('Overhead of writes by rows', rows, sweep, (estimate) =>
    layout === 'page' ? overheadText(estimate) : overhead(estimate).point,
  );
}
