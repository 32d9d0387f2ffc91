import { least } from '../model/extent.ts';
import type { Baseline } from '../model/arm.ts';
import type { Estimate } from '../model/estimate.ts';
import type { Goal, Migration, MigrationVerdict, Mix } from '../model/migration.ts';
import { ratioText, significant } from '../model/quantity.ts';
import type { MeasuredRead, MeasuredWrite, Result } from '../model/result.ts';
import { inSentence } from '../model/title.ts';
import { noiseWarning } from './canary.ts';
import { costsOf, unasked, type Rows } from './migration-costs.ts';

type Found = Pick<Result, 'run' | 'reads' | 'writes' | 'canaries' | 'ledger'>;

/**
 * Judges the migration on the run's first baseline: on `shipped`, where it would be applied, unless only the other one
 * was asked for. It is to be shipped when the reads it is made for become faster and the whole mix does, too.
 */
export function judgeMigration(found: Found): Migration | undefined {
  const [baseline] = found.run.baselines;
  if (!baseline) return undefined;
  const rows: Rows = {
    reads: found.reads.filter((row) => row.state === 'measured').filter((row) => row.baseline === baseline),
    writes: found.writes.filter((row) => row.state === 'measured').filter((row) => row.baseline === baseline),
  };
  if (rows.reads.length + rows.writes.length === 0) return undefined;
  const { mix, goals } = found.run;
  const speedup = speedupOfMix(rows, mix);
  const missed = missedGoals(rows.reads, goals);
  const costs = costsOf(rows, found.ledger);
  const verdict = verdictOf({ missed, speedup, costs, isNoisy: isNoisyOn(baseline, found) });
  const reasons = [decisive(missed, speedup, mix), ...costs, ...unasked(found.ledger)];
  return { baseline, verdict, reasons, mix, ...(speedup && { speedup }) };
}

/** Canaries of another baseline say nothing of this one. */
const isNoisyOn = (baseline: Baseline, { canaries }: Found): boolean =>
  noiseWarning(canaries.filter((canary) => canary.baseline === baseline)).length > 0;

/** A goal that was measured, and not seen to be reached. */
interface MissedGoal {
  read: MeasuredRead;
  atLeast: number;
  /** Whether its whole interval lies below: it is missed for certain. */
  isRuledOut: boolean;
}

const missedGoals = (reads: readonly MeasuredRead[], goals: readonly Goal[]): MissedGoal[] =>
  goals.flatMap(({ read: id, atLeast }) => {
    const read = reads.find((row) => row.id === id);
    if (!read || (read.verdict === 'faster' && read.estimate.low >= atLeast)) return [];
    const isRuledOut = read.estimate.high < atLeast || read.verdict === 'no material difference';
    return [{ read, atLeast, isRuledOut }];
  });

interface Grounds {
  missed: readonly MissedGoal[];
  speedup: Estimate | undefined;
  costs: readonly string[];
  isNoisy: boolean;
}

function verdictOf({ missed, speedup, costs, isNoisy }: Grounds): MigrationVerdict {
  if (isNoisy || !speedup) return 'inconclusive';
  if (missed.some(({ isRuledOut }) => isRuledOut)) return 'do not ship';
  if (speedup.high < 1) return 'do not ship';
  if (missed.length > 0 || speedup.low <= 1) return 'inconclusive';
  return costs.length > 0 ? 'ship with cost' : 'ship';
}

/**
 * Time before / after of a statement drawn from the mix. The ends of the interval take every row at the same end of
 * its own: it covers when they all do, and is wider than it need be.
 */
function speedupOfMix({ reads, writes }: Rows, mix: Mix): Estimate | undefined {
  if (reads.length === 0 || writes.length === 0) return undefined;
  const share = { read: mix.reads / reads.length, write: mix.writes / writes.length };
  const total = (of: (row: MeasuredRead | MeasuredWrite, isRead: boolean) => number): number =>
    reads.reduce((sum, row) => sum + share.read * of(row, true), 0) +
    writes.reduce((sum, row) => sum + share.write * of(row, false), 0);
  const before = total(({ before }) => before.durationMs.point);
  const after = (readEnd: End, writeEnd: End): number =>
    total(({ before, estimate }, isRead) =>
      isRead
        ? before.durationMs.point / estimate[readEnd]
        : before.durationMs.point * (1 + estimate[writeEnd]),
    );
  const estimates = [...reads, ...writes].map(({ estimate }) => estimate);
  return {
    point: before / after('point', 'point'),
    low: before / after('low', 'high'),
    high: before / after('high', 'low'),
    confidence: least(estimates.map(({ confidence }) => confidence)),
    n: least(estimates.map(({ n }) => n)),
    method: 'sums of the ends of every interval',
  };
}

type End = 'point' | 'low' | 'high';

function decisive(missed: readonly MissedGoal[], speedup: Estimate | undefined, mix: Mix): string {
  const whole = speedup
    ? `a mix of reads and writes as ${mix.reads}:${mix.writes} runs ${ratioText(speedup)} as fast`
    : 'reads or writes were not measured, so that no mix of them can be judged';
  if (missed.length === 0) return whole;
  const ruledOut = missed.filter(({ isRuledOut }) => isRuledOut);
  const goals = (ruledOut.length > 0 ? ruledOut : missed).map(
    ({ read: { title, estimate }, atLeast }) =>
      `${inSentence(title)} is to gain ${significant(atLeast)}x and gains ${ratioText(estimate)}`,
  );
  const reached = ruledOut.length > 0 ? 'reached' : 'seen to be reached';
  return `what the suite asks of it is not ${reached}: ${goals.join(', ')}; ${whole}`;
}
