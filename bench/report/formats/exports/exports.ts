import { RunError } from '../../../model/errors.ts';
import type { Result } from '../../../model/result.ts';
import { renderBencher } from './bencher.ts';
import { renderGithubActionBenchmark } from './github-action-benchmark.ts';
import { renderPrComment } from './pr-comment.ts';
import { seriesOf } from './series.ts';

/** Formats for other programs: written to stdout only. */
export type ExportName = 'pr-comment' | 'github-action-benchmark' | 'bencher';

/**
 * @param page address of the whole report, if it has one
 * @throws RunError when there is nothing to track: trackers refuse an empty file
 */
export function renderExport(result: Result, name: ExportName, page: string | undefined): string {
  if (name === 'pr-comment') return renderPrComment(result, page);
  if (seriesOf(result).length === 0)
    throw new RunError('nothing was measured, so there is nothing to track', {
      remedy: 'See the report of the run for why.',
    });
  return name === 'bencher' ? renderBencher(result) : renderGithubActionBenchmark(result);
}
