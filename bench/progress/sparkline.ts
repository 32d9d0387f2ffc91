import type { Estimate } from '../model/estimate.ts';

const LEVELS = Array.from('▁▂▃▄▅▆▇█');

/** The last so many estimates are shown. */
const LENGTH = 12;

/**
 * How an estimate has settled: its points, oldest first, between the ends of the widest interval among them. What is
 * settled lies flat. Empty for fewer than two, which show nothing.
 */
export function sparkline(estimates: readonly Estimate[]): string {
  const shown = estimates.slice(-LENGTH);
  if (shown.length < 2) return '';
  const low = Math.min(...shown.map((estimate) => estimate.low));
  const high = Math.max(...shown.map((estimate) => estimate.high));
  return shown.map(({ point }) => LEVELS[level(point, low, high)] ?? '').join('');
}

function level(value: number, low: number, high: number): number {
  const middle = Math.floor(LEVELS.length / 2);
  const share = (value - low) / (high - low);
  if (!Number.isFinite(share)) return middle;
  return Math.max(0, Math.min(LEVELS.length - 1, Math.floor(share * LEVELS.length)));
}
