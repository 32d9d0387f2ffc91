import type { Estimate } from '../../../model/estimate.ts';
import { durationText, overheadText, ratioText } from '../../../format/quantity.ts';
import type { Result } from '../../../model/result.ts';
import { indexSizes, isFinite, seriesOf, type Series } from './series.ts';

interface Entry {
  name: string;
  unit: string;
  value: number;
  /** "± 0.012": the larger half of the interval. The tool converts it when the unit changes. */
  range?: string;
  /** Shown at the point of a chart. */
  extra?: string;
}

/**
 * The input of github-action-benchmark for the tool `customSmallerIsBetter`: durations and bytes after the candidate.
 * An array of `name`, `value`, `unit` and optionally `range` and `extra`; the tool refuses an empty array
 * (benchmark-action/github-action-benchmark: src/extract.ts; `range`: src/extractRangeInfo.ts). `range` holds one
 * number, so `extra` holds the interval.
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

/** Three digits: the tool does not parse a single digit. */
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
