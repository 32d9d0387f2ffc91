import { ratio } from '../../format/quantity.ts';
import type { CanaryResult } from '../../model/item-result.ts';
import type { Result } from '../../model/result.ts';
import { decimal, left, right, rowTitle, type Layout, type Section } from './section.ts';
import { ratioCells } from './times.ts';

/** What the run measures where there is no difference. */
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
      'neither side has the candidate: an interval that reaches outside 0.95 to 1.05 makes every verdict on times noisy',
    ],
  };
}

function figures(canary: CanaryResult): string[] {
  if (canary.state === 'failed') return ['', '', '', '', `failed: ${canary.error.message}`];
  return [...ratioCells(canary, ratio), canary.isQuiet ? 'quiet' : 'noisy'];
}
