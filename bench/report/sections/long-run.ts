import { bytes, count, counted, milliseconds, ratio, seconds } from '../../format/quantity.ts';
import type { ArmSize, Latency, LoadedArm, LongRun } from '../../model/long-run.ts';
import type { Result } from '../../model/result.ts';
import { left, right, type Section } from './section.ts';

/** Both arms under the load of many sessions. */
export function longRunSection({ longRun, run }: Result): Section {
  return {
    title: 'Long run',
    tables: longRun ? [{ caption: undefined, columns: COLUMNS, rows: rowsOf(longRun) }] : [],
    remarks: longRun ? remarksOn(longRun, run) : [],
  };
}

const COLUMNS = [left(''), right('before'), right('after')];

const rowsOf = ({ before, after }: LongRun): string[][] =>
  FIGURES.map(([name, of]) => [name, of(before), of(after)]);

const latency =
  (which: keyof Latency) =>
  ({ latency: all }: LoadedArm): string =>
    milliseconds(all[which]);

const grown =
  (which: 'tableBytes' | 'indexBytes') =>
  ({ atStart, atEnd }: LoadedArm): string =>
    `${bytes(atStart[which])} -> ${bytes(atEnd[which])}`;

const FIGURES: readonly (readonly [string, (arm: LoadedArm) => string])[] = [
  ['statements a second', ({ executionsPerSecond }) => count(Math.round(executionsPerSecond))],
  ['seconds with less than a quarter of the median second', ({ stalledSeconds }) => count(stalledSeconds)],
  ['half of all statements within', latency('p50Ms')],
  ['95 % within', latency('p95Ms')],
  ['99 % within', latency('p99Ms')],
  ['longest pause of a session', latency('longestMs')],
  ['tables', grown('tableBytes')],
  ['indexes', grown('indexBytes')],
  ['dead rows at the end', ({ atEnd }: { atEnd: ArmSize }) => count(atEnd.deadRows)],
];

function remarksOn({ throughput, ...longRun }: LongRun, { mix }: Result['run']): string[] {
  const { sessions, baseline, stretches, settings, usedUp, leftOut } = longRun;
  const lasted = stretches[0]?.executions.length ?? 0;
  const arms = stretches.map(({ arm }) => arm).join(', ');
  const refused = stretches.reduce((sum, stretch) => sum + stretch.refused, 0);
  return [
    ...(throughput ? [throughputRemark(throughput)] : []),
    `${counted(sessions, 'session')} without a rest, on copies of ${baseline}: ${arms}, ${seconds(lasted)} each; the same statements in the same order, reads to writes ${mix.reads}:${mix.writes}`,
    `meanwhile, before and after: ${perArm(stretches, 'checkpoints')} checkpoints ended, ${perArm(stretches, 'vacuums')} visits of autovacuum; ${listed(settings)}`,
    'the shape of both curves can be compared; percentiles and pauses are those of these seconds, and others have others. An arm that does more grows more',
    ...(refused > 0
      ? [`${counted(refused, 'execution')} met a conflict with another session, and counted for nothing`]
      : []),
    ...(leftOut.length > 0 ? [`without what could not be measured: ${leftOut.join(', ')}`] : []),
    ...(usedUp.length > 0 ? [`without rows to write to before the end: ${usedUp.join(', ')}`] : []),
  ];
}

const throughputRemark = (throughput: NonNullable<LongRun['throughput']>): string => {
  const { point, interval } = ratio(throughput);
  return `throughput after / before: ${point} ${interval}, over ${throughput.n} batches of this run; another run may differ by more, and there is no verdict`;
};

/** "1 and 0". */
const perArm = (stretches: LongRun['stretches'], kind: 'checkpoints' | 'vacuums'): string =>
  (['before', 'after'] as const)
    .map(
      (arm) => stretches.filter((stretch) => stretch.arm === arm).flatMap((stretch) => stretch[kind]).length,
    )
    .map(count)
    .join(' and ');

const listed = (settings: LongRun['settings']): string =>
  Object.entries(settings)
    .map(([name, value]) => `${name} = ${value}`)
    .join(', ');
