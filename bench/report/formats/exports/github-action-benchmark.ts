import type { Estimate } from '../../../model/estimate.ts';
import { durationText, overheadText, ratioText } from '../../../format/quantity.ts';
import type { Result } from '../../../model/result.ts';
import { indexSizes, isFinite, seriesOf, type Series } from './series.ts';

interface Entry {
  name: string;
  unit: string;
  value: number;
  /** "± 0.012": the farther end of the interval; the tool converts it when the unit changes. */
  range?: string;
  /** Shown beside the point of a chart. */
  extra?: string;
}

/**
 * What github-action-benchmark takes for the tool `customSmallerIsBetter`: durations and bytes after the candidate.
 * An array of `name`, `value`, `unit` and, where there is one, `range` and `extra`; an empty array is refused by it
 * (benchmark-action/github-action-benchmark: src/extract.ts; of `range` src/extractRangeInfo.ts). `range` has room for
 * one number, so the interval itself is in `extra`.
 */
export function renderGithubActionBenchmark(result: Result): string {
  const entries = [...seriesOf(result).flatMap(entriesOf), ...indexSizes(result).map(sizeEntry)];
  return `${JSON.stringify(entries, null, 2)}\n`;
}

function entriesOf(series: Series): Entry[] {
  const { name, title, row, walBytes } = series;
  const after = row.after.durationMs;
  const duration = {
    name,
    unit: 'ms',
    value: after.point,
    range: rangeOf(after),
    extra: [
      title,
      `after ${durationText(after)}, 95 % interval`,
      `before ${durationText(row.before.durationMs)}`,
      changeOf(series),
      row.verdict,
    ].join('\n'),
  };
  return [
    ...(isFinite(after) ? [duration] : []),
    ...(walBytes === undefined
      ? []
      : [
          { name: `${name} WAL`, unit: 'bytes', value: walBytes, extra: `${title}\nof one execution: exact` },
        ]),
  ];
}

/** In three digits: the tool takes one alone for no number. */
const rangeOf = ({ point, low, high }: Estimate): string =>
  `± ${Math.max(point - low, high - point).toPrecision(3)}`;

const changeOf = ({ kind, row }: Series): string =>
  kind === 'read' ? `speedup ${ratioText(row.estimate)}` : `overhead ${overheadText(row.estimate)}`;

const sizeEntry = ({ name, bytes }: { name: string; bytes: number }): Entry => ({
  name,
  unit: 'bytes',
  value: bytes,
  extra: 'all indexes, after: exact',
});
