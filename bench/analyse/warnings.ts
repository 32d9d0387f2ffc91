import type { Estimate } from '../model/estimate.ts';
import type { Timed } from '../model/measurement.ts';
import type { Warning } from '../model/outcome.ts';
import type { Pair } from '../model/pair.ts';
import { disturbanceWarnings } from './disturbance-warnings.ts';
import { clientDurations, logRatios } from './estimates.ts';
import { aimedHalfWidth, FIRST_LOOK, isPrecise, type PrecisionTarget } from './precision.ts';
import { drift, modes, outlyingStart } from './stability.ts';

const QUIETER = 'measure the item alone with --only, on a quieter machine';
const LONGER = `raise --budget, or ${QUIETER}`;

/**
 * What a reader has to know to judge the estimate of one row. Movements smaller than the target precision are left out:
 * they would change no decision.
 */
export function warningsOn(
  { pairs, disturbances }: Timed,
  speedup: Estimate,
  precision: PrecisionTarget,
): Warning[] {
  const ratios = logRatios(clientDurations(pairs));
  const noticeable = Math.log1p(aimedHalfWidth(speedup, precision));
  return [
    ...precisionWarning(ratios.length, speedup, precision),
    ...driftWarning(ratios, noticeable),
    ...modesWarning(ratios, noticeable),
    ...firstRunWarning(pairs, noticeable),
    ...disturbanceWarnings(disturbances),
  ];
}

/** A row with one of these has no single ratio. */
const UNSTABLE: readonly string[] = ['drift', 'two-modes'];

export const isUnstable = (warnings: readonly Warning[]): boolean =>
  warnings.some(({ code }) => UNSTABLE.includes(code));

/** A row with one of these has not reached the target precision. */
const LACKS_PRECISION: readonly string[] = ['too-few-rounds', 'imprecise'];

export const lacksPrecision = (warnings: readonly Warning[]): boolean =>
  warnings.some(({ code }) => LACKS_PRECISION.includes(code));

function precisionWarning(rounds: number, speedup: Estimate, precision: PrecisionTarget): Warning[] {
  if (rounds < FIRST_LOOK) {
    const cause = `the time, or the rows to write to, ran out before ${FIRST_LOOK} rounds`;
    return [{ code: 'too-few-rounds', cause, remedy: LONGER }];
  }
  if (isPrecise(speedup, precision)) return [];
  return [{ code: 'imprecise', cause: 'the interval is wider than the target precision', remedy: LONGER }];
}

function driftWarning(ratios: readonly number[], noticeable: number): Warning[] {
  const shift = drift(ratios);
  if (shift === undefined || Math.abs(shift) < noticeable) return [];
  const cause = `before / after changed by a factor of ${factor(shift)} from the first third of the pairs to the last`;
  const remedy = `the effect, or the machine, changes during the run: look at the pairs in result.json, ${QUIETER}`;
  return [{ code: 'drift', cause, remedy }];
}

function modesWarning(ratios: readonly number[], noticeable: number): Warning[] {
  const found = modes(ratios);
  if (!found || found.upper - found.lower < 2 * noticeable) return [];
  const cause = `before / after has two groups, around ${factor(found.lower)} and ${factor(found.upper)}`;
  const remedy = `executions differ in kind: look at the pairs in result.json, ${QUIETER}`;
  return [{ code: 'two-modes', cause, remedy }];
}

function firstRunWarning(pairs: readonly Pair[], noticeable: number): Warning[] {
  return (['before', 'after'] as const).flatMap((arm) => {
    const excess = outlyingStart(pairs.map((pair) => Math.log(pair[arm].medianMs)));
    if (excess === undefined || Math.abs(excess) < noticeable) return [];
    const cause = `the first block ${arm} took ${factor(excess)} times as long as the others`;
    const remedy = 'the median is not affected; if it happens again, look at the first execution';
    return [{ code: 'first-run', cause, remedy }];
  });
}

const factor = (logRatio: number): string => Math.exp(logRatio).toFixed(2);
