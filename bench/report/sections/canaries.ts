import { ratio } from '../../format/quantity.ts';
import type { CanaryResult, Result } from '../../model/result.ts';
import { decimal, left, right, rowTitle, type Layout, type Section } from './section.ts';
import { ratioCells } from './times.ts';

/** What the run makes of no difference at all. */
export function canariesSection({ canaries }: Result, layout: Layout): Section {
  const columns = [
    left('canary'),
    left('baseline'),
    decimal('one copy', 'ms'),
    decimal('another', 'ms'),
    right('ratio'),
    left('99 % interval'),
    left(''),
  ];
  const rows = canaries.map((canary) => [
    rowTitle(canary.title, layout),
    canary.baseline,
    ...figures(canary),
  ]);
  const table = { caption: undefined, columns, rows };
  return {
    title: 'Canaries',
    tables: rows.length > 0 ? [table] : [],
    remarks: [
      'both sides are without the candidate: an interval that leaves 0.95 to 1.05 makes every verdict on times noisy',
    ],
  };
}

function figures(canary: CanaryResult): string[] {
  if (canary.state === 'failed') return ['', '', '', '', `failed: ${canary.error.message}`];
  return [...ratioCells(canary, ratio), canary.isQuiet ? 'quiet' : 'noisy'];
}
