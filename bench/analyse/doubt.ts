import type { CanaryResult } from '../model/item-result.ts';
import { isQuiet } from '../model/noise.ts';
import type { MixedStatement, MixedStatements } from './mixed-statements.ts';

/**
 * By what factor each time of a run may be wrong: 1 where the canaries are quiet, otherwise as far as the furthest of
 * their intervals reaches from 1.
 *
 * @returns undefined where a canary failed: nobody knows then
 */
export function doubtOf(canaries: readonly CanaryResult[]): number | undefined {
  const measured = canaries.filter((canary) => canary.state === 'measured');
  if (measured.length < canaries.length) return undefined;
  const noisy = measured.filter((canary) => !isQuiet(canary));
  return Math.max(1, ...noisy.flatMap(({ estimate: { low, high } }) => [1 / low, high]));
}

/** The same statements, where each time may be wrong by this factor. */
export const doubted = ({ reads, writes }: MixedStatements, factor: number): MixedStatements => ({
  reads: reads.map((statement) => doubtedSaving(statement, factor)),
  writes: writes.map((statement) => doubtedSaving(statement, factor)),
});

function doubtedSaving(statement: MixedStatement, factor: number): MixedStatement {
  const { before, saved } = statement;
  const wrongMs = (factor - 1) * Math.max(before.point, before.point - saved.point);
  return { ...statement, saved: { ...saved, low: saved.low - wrongMs, high: saved.high + wrongMs } };
}
