import type { PerArm } from '../../model/arm.ts';
import { countedOver } from '../../format/counted-over.ts';
import { bytes, count, longDuration, longDurationText } from '../../format/quantity.ts';
import type { HourlyStatement } from '../../model/hour.ts';
import type { Result } from '../../model/result.ts';
import { left, right, rowTitle, type Layout, type Section } from './section.ts';

/** What an hour of the application saves and costs, by statement, where its calls are known. */
export function hourSection({ migration, source }: Result, layout: Layout): Section {
  const { hour, baseline = '' } = { ...migration };
  const hours = source?.statements.countedHours;
  const columns = [left('statement'), right('calls'), right('saved'), right('added'), right('more WAL')];
  const rows = (hour?.statements ?? []).toSorted(bySaving).map((statement) => cellsOf(statement, layout));
  return {
    title: 'An hour of the application',
    tables: rows.length > 0 ? [{ caption: undefined, columns, rows }] : [],
    remarks: [
      `on ${baseline}; calls: what the suite says, or --mix makes of it; most saved first, most added last`,
      ...(hours === undefined ? [] : [countedOver(hours)]),
    ],
  };
}

const bySaving = (a: HourlyStatement, b: HourlyStatement): number => b.savedMs.point - a.savedMs.point;

function cellsOf({ title, calls, savedMs, walBytes }: HourlyStatement, layout: Layout): string[] {
  const { point, low, high } = savedMs;
  const added = { ...savedMs, point: -point, low: -high, high: -low };
  return [
    rowTitle(title, layout),
    count(Math.round(calls)),
    point > 0 ? longDurationText(savedMs) : '',
    point < 0 ? longDurationText(added) : point === 0 ? longDuration(0) : '',
    walBytes ? moreBytes(walBytes) : '',
  ];
}

/** "+12.3 MB", "-1.20 kB". */
function moreBytes({ before, after }: PerArm<number>): string {
  const more = Math.round(after - before);
  return `${more < 0 ? '-' : '+'}${bytes(Math.abs(more))}`;
}
