import type { Estimate } from '../model/estimate.ts';
import type { ItemProgress, Progress } from '../model/progress.ts';

export const sampleItem: ItemProgress = {
  ordinal: 41,
  total: 64,
  baseline: 'shipped',
  title: 'Example 2  recent activity',
  metric: 'speedup',
  secondsLeft: 39.2,
};

export const sampleEstimate: Estimate = {
  point: 3.1,
  low: 2.9,
  high: 3.4,
  confidence: 0.959,
  n: 20,
  method: 'median of paired log ratios',
};

/** Everything up to a measured read and a write that failed, while the next read is running. */
export function showSampleRun(progress: Progress): void {
  const write: ItemProgress = { ...sampleItem, ordinal: 42, title: 'INSERT leads', metric: 'overhead' };
  const next: ItemProgress = { ...sampleItem, ordinal: 43, baseline: 'bare', secondsLeft: 12 };
  progress.started('index-impact   suite sales-agent   candidate 007   scale 1   seed 42');
  progress.phaseStarted('server');
  progress.phaseFinished('server', 0.83, 'PostgreSQL 18.4');
  progress.phaseStarted('seed');
  progress.phaseFinished('seed', 4.12, '190,000 rows   114 MB   46,132 rows/s');
  progress.phaseStarted('measure');
  progress.itemStarted(sampleItem);
  progress.itemAdvanced(sampleItem, 12, [sampleEstimate]);
  progress.itemFinished({ ...sampleItem, secondsLeft: 38 }, undefined);
  progress.itemStarted(write);
  progress.itemFinished(write, 'failed: relation "leads" does not exist');
  progress.itemStarted(next);
  progress.itemAdvanced(next, 20, [sampleEstimate]);
}
