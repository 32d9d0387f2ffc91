import type { Estimate } from '../model/estimate.ts';
import { least } from '../model/extent.ts';
import type { MeasuredRead, MeasuredWrite } from '../model/item-result.ts';
import type { Warning } from '../model/outcome.ts';
import type { Result } from '../model/result.ts';
import type { SourceTime } from '../model/source.ts';
import { counted } from '../format/quantity.ts';

/** Another machine, or a cold cache, may make a difference of this factor; other work makes a larger one. */
const UNLIKE = 5;

/** Less than this may be planning, which the source's time leaves out. */
const NOTICEABLE_MS = 1;

/** What each statement of the source takes without the candidate, there and here, on the run's first baseline. */
export function sourceTimes({
  run,
  source,
  reads,
  writes,
}: Pick<Result, 'run' | 'source' | 'reads' | 'writes'>): SourceTime[] {
  const rows = [...reads, ...writes]
    .filter((row) => row.state === 'measured')
    .filter(({ baseline }) => baseline === run.baselines[0]);
  return (source?.statements.times ?? []).flatMap(({ sql, meanMs }) => {
    const ofStatement = rows.filter((row) => row.sql === sql);
    if (ofStatement.length === 0) return [];
    const hereMs = meanOf(ofStatement);
    return [{ sql, meanMs, hereMs, isUnlike: isUnlike(meanMs, hereMs) }];
  });
}

const isUnlike = (meanMs: number, { point, low, high }: Estimate): boolean =>
  Math.abs(point - meanMs) > NOTICEABLE_MS && (low > meanMs * UNLIKE || high < meanMs / UNLIKE);

/** Its ends are those of all rows at once. */
function meanOf(rows: readonly (MeasuredRead | MeasuredWrite)[]): Estimate {
  const times = rows.map(({ before, server }) => (server?.before ?? before).durationMs);
  const sum = rows.reduce((so, { weight }) => so + weight, 0);
  const shares = rows.map(({ weight }) => (sum > 0 ? weight / sum : 1 / rows.length));
  const mean = (end: 'point' | 'low' | 'high'): number =>
    times.reduce((so, time, place) => so + time[end] * (shares[place] ?? 0), 0);
  return {
    ...{ point: mean('point'), low: mean('low'), high: mean('high') },
    confidence: least(times.map(({ confidence }) => confidence)),
    n: least(times.map(({ n }) => n)),
    method: 'mean over keys by weight, all at the same end of their intervals',
  };
}

/** A statement that does other work here than there says little of the source. */
export function otherWork(times: readonly SourceTime[]): Warning[] {
  const unlike = times.filter(({ isUnlike }) => isUnlike).length;
  if (unlike === 0) return [];
  return [
    {
      code: 'other-work',
      cause: `${unlike} of ${counted(times.length, 'statement')} ${unlike === 1 ? 'takes' : 'take'} over ${UNLIKE} times as long as in the source, or less than a fifth ("Times in the source")`,
      remedy: 'its constants or keys may be others there: give those that count with --queries',
    },
  ];
}
