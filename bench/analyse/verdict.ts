import type { Estimate, Verdict } from '../model/estimate.ts';
import type { Warning } from '../model/outcome.ts';
import { isUnstable } from './warnings.ts';

/** The chance, over all rows of a report, that identical arms are called faster or slower. */
const ALPHA = 0.05;

/** A difference of at most 10 % either way changes no decision. */
const IMMATERIAL = 1.1;

/** The smallest ratio that is called faster or slower. */
export const MATERIAL_READ = 1.05;
export const MATERIAL_WRITE = 1.02;

/**
 * Judges a speedup by its interval and its Holm-adjusted p-value, never by the point alone. Where neither decides,
 * `unstable` means that a longer run would not decide either.
 *
 * @param material the smallest ratio that counts as a difference, > 1
 */
export function verdictOn(
  speedup: Estimate,
  adjustedP: number,
  material: number,
  warnings: readonly Warning[],
): Verdict {
  if (adjustedP <= ALPHA && speedup.point >= material) return 'faster';
  if (adjustedP <= ALPHA && speedup.point <= 1 / material) return 'slower';
  const immaterial = speedup.low >= 1 / IMMATERIAL && speedup.high <= IMMATERIAL;
  if (immaterial) return 'no material difference';
  return isUnstable(warnings) ? 'unstable' : 'inconclusive';
}
